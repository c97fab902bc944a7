"""Numbers that have a check digit or a fixed shape: tax and registry numbers, accounts, cards, passports, cases.

Formulas: ИНН, ОГРН, ОГРНИП — orders of the Federal Tax Service; СНИЛС — the Pension Fund's rule (two digits, modulo
101, only above 001-001-998); accounts — Bank of Russia's key of a settlement account (weights 7, 1, 3); cards —
Luhn, ISO/IEC 7812; postal tracking — the letters of S10 and the 14-digit domestic number with its control digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from text.look_alikes import DIGIT_READINGS, digit_readings, digit_view, to_cyrillic
from text.normalise import fold

Kind = Literal[
    "inn", "ogrn", "ogrnip", "snils", "kpp", "bik", "account", "corr_account", "card", "passport", "passport_code",
    "uin", "tracking", "case_uid", "court_case", "fu_number", "policy_number", "postcode",
]  # fmt: skip
Check = Literal["passed", "failed", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentifierValue:
    """text[start:end] is a number of `kind`, `value` its normal form (digits only; cards masked).

    `check`: passed or failed by its check digits, none where the number has none. `repaired`: some character was
    taken for the digit it resembles, and the check digits then agreed in exactly one way (or the number has none).
    `labelled`: its name («ИНН», «р/с») stands before it.
    """

    kind: Kind
    start: int
    end: int
    value: str
    check: Check
    repaired: bool
    labelled: bool


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def inn_is_valid(digits: str) -> bool:
    """ИНН of an organisation (10 digits) or a person (12)."""
    if len(digits) == 10:
        return _weighted(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(digits[9])
    if len(digits) == 12:
        tail = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
        return _weighted(digits, tail[1:]) % 11 % 10 == int(digits[10]) and _weighted(digits, tail) % 11 % 10 == int(
            digits[11]
        )
    return False


def ogrn_is_valid(digits: str) -> bool:
    """ОГРН (13 digits, modulo 11) or ОГРНИП (15 digits, modulo 13)."""
    modulus = {13: 11, 15: 13}.get(len(digits))
    return modulus is not None and int(digits[:-1]) % modulus % 10 == int(digits[-1])


def snils_is_valid(digits: str) -> bool:
    if len(digits) != 11:
        return False
    if int(digits[:9]) <= 1001998:  # the oldest numbers carry no control number
        return True
    return _weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100 == int(digits[9:])


def _key_is_valid(digits: str) -> bool:
    return sum(int(digit) * weight % 10 for digit, weight in zip(digits, (7, 1, 3) * 8, strict=False)) % 10 == 0


def account_is_valid(account: str, bik: str) -> bool:
    """A settlement account against the last three digits of its bank's БИК."""
    return len(account) == 20 and len(bik) == 9 and _key_is_valid(bik[-3:] + account)


def corr_account_is_valid(account: str, bik: str) -> bool:
    """A correspondent account against «0» and digits 5–6 of the БИК."""
    return len(account) == 20 and len(bik) == 9 and _key_is_valid("0" + bik[4:6] + account)


def luhn_is_valid(digits: str) -> bool:
    total = 0
    for position, char in enumerate(reversed(digits)):
        doubled = int(char) * (2 if position % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return 13 <= len(digits) <= 19 and total % 10 == 0


def tracking_is_valid(digits: str) -> bool:
    """A domestic postal number: 13 digits and a control digit (odd places thrice, even once, up to a ten)."""
    return (
        len(digits) == 14
        and (
            sum(int(digit) * (1 if position % 2 else 3) for position, digit in enumerate(digits[:13])) + int(digits[13])
        )
        % 10
        == 0
    )


def mask_card(digits: str) -> str:
    """First six and last four digits stay: a whole card number is never kept."""
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]


_ANY = "0-9" + re.escape("".join(key for key in DIGIT_READINGS))
_SEP = r"[ \-|.]{0,3}"


def _digits_pattern(count: int) -> str:
    return rf"[{_ANY}](?:{_SEP}[{_ANY}]){{{count - 1}}}"


_BETWEEN = r"[\s:№|#.,(]{0,6}"
_LABELS: dict[Kind, str] = {
    "inn": r"и ?н ?н(?:\s?/\s?кпп)?",
    "ogrnip": r"о ?г ?р ?н ?и ?п",
    "ogrn": r"о ?г ?р ?н(?! ?и ?п)",
    "snils": r"с ?н ?и ?л ?с|страхов(?:ой|ого) номер[а-я]*(?: \(снилс\))?|(?:номер )?(?:лс|илс)",
    "kpp": r"к ?п ?п",
    "bik": r"[б6] ?и ?к",
    "account": r"р/с(?:ч[её]т)?|р\.? ?с(?:ч[её]т)?\."
    r"|(?:расч[её]тн|текущ|лицев|банковск|ссудн)[а-я]* (?:сч[её]т|сч\.)[а-я]*"
    r"|сч[её]т[а-я]*|сч\.|текущий|вклад[а-я]*|л/с",
    "corr_account": r"к/с(?:ч[её]т)?|кор(?:р|респондентск)?[а-я.]* ?(?:/|\.)? ?сч[её]?т?[а-я.]*",
    "uin": r"у ?и ?н",
    "passport": r"паспорт[а-я]*(?: гражданина)?(?: р(?:ф|оссийской федерации))?"
    r"|сери[яи](?:\s?[/,и]{1,2}\s?номер)?|документ[а-я]*",
    "passport_code": r"(?:код(?: подразделения)?|к\.? ?п\.?|к/п|подр[а-я.]*)",
    "tracking": r"рпо|шпи|(?:почтов[а-я]* )?(?:идентификатор|отправлени[ея])[а-я]*(?: номер)?|трек[а-я\-]*(?: номер)?"
    r"|письм[ао][а-я ]{0,12}",
}  # fmt: skip
_COUNTS: dict[Kind, tuple[int, ...]] = {
    "inn": (12, 10), "ogrnip": (15,), "ogrn": (13,), "snils": (11,), "bik": (9,), "account": (20,),
    "corr_account": (20,), "uin": (25, 20), "tracking": (14,),
}  # fmt: skip
_VALID: dict[Kind, Callable[[str], bool]] = {
    "inn": inn_is_valid, "ogrn": ogrn_is_valid, "ogrnip": ogrn_is_valid, "snils": snils_is_valid,
    "tracking": tracking_is_valid,
}  # fmt: skip
_LABELLED: dict[Kind, re.Pattern[str]] = {
    kind: re.compile(
        rf"(?<![а-яa-z])(?:{_LABELS[kind]}){_BETWEEN}(?P<number>"
        + "|".join(rf"(?:{_digits_pattern(count)})(?![{_ANY}])" for count in counts)
        + ")",
        re.IGNORECASE,
    )
    for kind, counts in _COUNTS.items()
}
_BARE: dict[Kind, re.Pattern[str]] = {
    "account": re.compile(r"(?<!\d)(?:40[5-8]|42[0-9]|455|408|474|706)\d{2}[ .]?810[ .]?\d(?:[ .]?\d){11}(?!\d)"),
    "corr_account": re.compile(r"(?<!\d)30101[ .]?810[ .]?\d(?:[ .]?\d){11}(?!\d)"),
    "bik": re.compile(r"(?<!\d)04\d{7}(?!\d)"),
    "snils": re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ \-]\d{2}(?!\d)"),
    "tracking": re.compile(r"(?<![\d/])[3-9]\d{13}(?!\d)"),
    "uin": re.compile(r"(?<!\d)188\d{17}(?!\d)"),
    "inn": re.compile(r"(?:(?<=\()|(?<=номер ))(?:\d{12}|\d{10})(?!\d)"),
    "passport_code": re.compile(r"(?<![\d\-])\d{3}-\d{3}(?![\d\-])"),
}
_KPP = re.compile(r"(?<![а-яa-z])к ?п ?п[\s:№|]{0,4}(\d{4}[0-9A-Z]{2}\d{3})(?!\d)", re.IGNORECASE)
_KPP_AFTER_INN = re.compile(r"инн\s?/\s?кпп[\s:№|]{0,4}\d{10}\s?/\s?(\d{4}[0-9a-z]{2}\d{3})(?!\d)")
_PASSPORT = re.compile(
    rf"(?P<label>(?<![а-я])(?:{_LABELS['passport']})(?:\s?рф)?[\s:№|,.]{{0,6}}(?:сери[яи])?[\s:№]{{0,3}})?"
    r"(?P<number>(?<![\d\-])(?P<a>\d\d) ?(?P<b>\d\d)[ ,]{0,2}(?:№|n|номер)?\s{0,2}(?P<c>\d{3} ?\d{3}))(?![\d])"
)
_PASSPORT_CODE = re.compile(rf"(?:{_LABELS['passport_code']})[\s:№|]{{0,4}}(\d{{3}}) ?- ?(\d{{3}})(?![\d\-])")
_CARD = re.compile(r"(?<![\d.])[245689]\d{3}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?!\d)")
_CASE_UID = re.compile(
    r"(?<![\dа-яa-z])(\d{2})\s?([а-яa-z]{2})\s?(\d{4}) ?- ?(\d{2}) ?- ?(\d{4}) ?- ?(\d{6}) ?- ?(\d{2})(?!\d)"
)
_COURT_CASE = re.compile(
    r"(?:дел[оауе](?! об адм)[а-я ]{0,14}|производств[а-я]* )№? ?"
    r"((?:[2-9]|1[0-3]|33|88|а\d{1,2})а?-\d{1,6}(?:-\d{1,3})?/(?:20)?\d{2,4})(?!\d)"
)
_FU_NUMBER = re.compile(
    r"(?<![а-яa-z\d])[уy] ?[-–—] ?(\d{2}) ?[-–—] ?(\d{1,6})(?: ?/ ?(\d{4}) ?[-–—] ?(\d{3}))?(?!\d)", re.I
)
_POLICY_IN_DIGITS = re.compile(
    r"(?:полис[а-я]*|серия|№)\s{0,2}(?:№\s?)?(?P<series>111|"
    r"777)\s?(?:№\s?)?(?P<number>\d{10})(?!\d)"
)
_POLICY = re.compile(
    r"(?<![а-яa-z])(?P<series>[xhtaebcmkopaехтасвнмкорхtэеу]{3})\s{0,2}(?:№|n|номер|no|нe|"
    r"м)?[\s.:]{0,3}(?P<number>[\dозoо]{10})(?![\d])",
    re.IGNORECASE,
)


def _readings(raw: str, valid: Callable[[str], bool] | None, counts: tuple[int, ...]) -> tuple[str, Check, bool] | None:
    compact = re.sub(r"[ \-|.]", "", raw)
    if len(compact) not in counts:
        return None
    if compact.isdigit() and compact.isascii():
        return compact, ("none" if valid is None else "passed" if valid(compact) else "failed"), False
    readings = digit_readings(compact)
    if valid is None:
        return (readings[0], "none", True) if len(readings) == 1 else None
    passing = [reading for reading in readings if valid(reading)]
    if len(passing) == 1:
        return passing[0], "passed", True
    return (readings[0], "failed", True) if readings else None


def _shorter(text: str, start: int, kind: Kind) -> tuple[int, tuple[str, Check, bool]] | None:
    """A right number of fewer digits at `start`, with its end; None when there is none."""
    for count in _COUNTS[kind][1:]:
        number = re.compile(rf"{_digits_pattern(count)}(?!\d)", re.IGNORECASE).match(text, start)
        reading = _readings(number.group(), _VALID.get(kind), _COUNTS[kind]) if number is not None else None
        if number is not None and reading is not None and reading[1] == "passed":
            return number.end(), reading
    return None


def _labelled(text: str, folded: str) -> Iterator[IdentifierValue]:
    for kind, pattern in _LABELLED.items():
        for match in pattern.finditer(folded):
            start, end = match.span("number")
            digits = sum(char.isdigit() for char in folded[start:end])
            if digits * 2 < len(re.sub(r"[ \-|.]", "", folded[start:end])):
                continue
            reading = _readings(text[start:end], _VALID.get(kind), _COUNTS[kind])
            if reading is None or (reading[1] == "failed" and reading[2]):
                shorter = _shorter(text, start, kind)  # «ИНН 7826478925 от …»: a word after the number is no digit
                if shorter is not None:
                    end, reading = shorter
            if reading is None:
                continue
            value, check, repaired = reading
            if kind == "bik" and not value.startswith("04"):
                continue
            if kind == "account" and value.startswith("301"):
                kind_here: Kind = "corr_account"
            else:
                kind_here = kind
            yield IdentifierValue(
                kind=kind_here, start=start, end=end, value=value, check=check, repaired=repaired, labelled=True
            )


def _bare(view: str, text: str) -> Iterator[IdentifierValue]:
    for kind, pattern in _BARE.items():
        for match in pattern.finditer(view):
            value = re.sub(r"\D", "", match.group())
            valid = _VALID.get(kind)
            passed = None if valid is None else valid(value)
            if passed is False and kind != "snils":
                continue
            start, end = match.span()
            yield IdentifierValue(
                kind=kind, start=start, end=end, value=value,
                check="none" if passed is None else "passed" if passed else "failed",
                repaired=view[start:end] != text[start:end], labelled=False,
            )  # fmt: skip


def _shaped(text: str, view: str, folded: str) -> Iterator[IdentifierValue]:
    def make(
        kind: Kind, start: int, end: int, value: str, check: Check = "none", labelled: bool = True
    ) -> IdentifierValue:
        return IdentifierValue(
            kind=kind, start=start, end=end, value=value, check=check, labelled=labelled,
            repaired=view[start:end] != text[start:end],
        )  # fmt: skip

    for pattern in (_KPP, _KPP_AFTER_INN):
        for match in pattern.finditer(folded):
            yield make("kpp", *match.span(1), match[1].upper())
    for match in _PASSPORT.finditer(folded):
        grouped = " " in match["number"].strip() and len(match["c"]) >= 6
        label = (match["label"] or "").strip()
        if not label and not re.fullmatch(r"\d\d \d\d (?:№ ?)?\d{6}", match["number"]):
            continue
        if not grouped and not label.startswith(("паспорт", "сери")):
            continue
        yield make(
            "passport",
            *match.span("number"),
            match["a"] + match["b"] + match["c"].replace(" ", ""),
            labelled=bool(label),
        )
    for match in _PASSPORT_CODE.finditer(folded):
        yield make("passport_code", match.start(1), match.end(2), match[1] + match[2])
    for match in _CARD.finditer(view):
        digits = re.sub(r"\D", "", match.group())
        if luhn_is_valid(digits):
            yield make("card", *match.span(), mask_card(digits), "passed", False)
    for match in _CASE_UID.finditer(folded):
        court = to_cyrillic(match[2].upper())
        court = {"КЅ": "RS", "РЅ": "RS", "R5": "RS", "МЅ": "MS"}.get(court, match[2].upper())
        yield make(
            "case_uid", *match.span(), f"{match[1]}{court}{match[3]}-{match[4]}-{match[5]}-{match[6]}-{match[7]}"
        )
    for match in _COURT_CASE.finditer(folded):
        yield make("court_case", *match.span(1), match[1].upper())
    for match in _FU_NUMBER.finditer(view):
        tail = f"/{match[3]}-{match[4]}" if match[3] else ""
        yield make("fu_number", *match.span(), f"У-{match[1]}-{match[2]}{tail}")
    for match in _POLICY_IN_DIGITS.finditer(folded):  # ТТТ read as 111
        yield IdentifierValue(
            kind="policy_number", start=match.start("series"), end=match.end(), value="ТТТ" + match["number"],
            check="none", labelled=True, repaired=True,
        )  # fmt: skip
    for match in _POLICY.finditer(text):
        series = to_cyrillic(match["series"].upper())
        number = digit_view("0" + match["number"])[1:]
        if number.isdigit() and re.fullmatch(r"[А-Я]{3}", series):
            start, end = match.span()
            yield IdentifierValue(
                kind="policy_number", start=start, end=end, value=series + number, check="none", labelled=True,
                repaired=number != match["number"],
            )  # fmt: skip


def find_identifiers(text: str) -> list[IdentifierValue]:
    """Every number of a known kind in `text`, in order; where kinds overlap the labelled and checked one stays.

    A settlement account is checked when exactly one БИК of the text confirms it; without a БИК its check is "none".
    """
    view = digit_view(text)
    folded = fold(view)
    found = [*_labelled(text, fold(text)), *_bare(view, text), *_shaped(text, view, folded)]
    order = {"passed": 0, "none": 1, "failed": 2}
    found.sort(key=lambda item: (order[item.check], not item.labelled, -(item.end - item.start), item.start))
    kept: list[IdentifierValue] = []
    for item in found:
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    kept.sort(key=lambda item: item.start)
    biks = tuple(dict.fromkeys(item.value for item in kept if item.kind == "bik"))
    return [_account_checked(item, biks) for item in kept]


def _account_checked(item: IdentifierValue, biks: tuple[str, ...]) -> IdentifierValue:
    if item.kind not in ("account", "corr_account") or not biks:
        return item
    valid = account_is_valid if item.kind == "account" else corr_account_is_valid
    passed = any(valid(item.value, bik) for bik in biks)
    return IdentifierValue(
        kind=item.kind, start=item.start, end=item.end, value=item.value, repaired=item.repaired,
        labelled=item.labelled, check="passed" if passed else "failed" if len(biks) == 1 else "none",
    )  # fmt: skip
