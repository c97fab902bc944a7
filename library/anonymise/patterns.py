"""Personal data that has a form: numbers with check digits or labels, contacts, dates of birth.

The parsers of `text.values` know the forms and the check digits; this module knows which of their finds are a
person's and which are public (an organisation's ИНН, the number of a law, of the decision, of the case file).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.anonymise.personal import Personal, PersonalClass
from text.normalise import fold
from text.values.contacts import find_contacts
from text.values.dates import find_dates
from text.values.identifiers import find_identifiers, inn_is_valid
from text.values.vehicle import find_vehicle_numbers

_OF_IDENTIFIERS: dict[str, PersonalClass] = {
    "ogrnip": "ogrnip", "snils": "snils", "account": "account", "card": "card", "passport": "passport",
    "passport_code": "passport", "uin": "case_number", "case_uid": "case_number", "court_case": "case_number",
    "policy_number": "policy",
}  # fmt: skip
_OF_VEHICLES: dict[str, PersonalClass] = {
    "vin": "vin", "plate": "plate", "sts": "vehicle_doc", "pts": "vehicle_doc", "epts": "vehicle_doc",
}  # fmt: skip

_CARD = re.compile(r"(?<![\d.])\d{4}[ \-]?[\d*хХxX•]{4}[ \-]?[\d*хХxX•]{4}[ \-]?\d{4}(?!\d)")
_MASKED_CARD = re.compile(r"(?<![\d.])(?:\d{4,6}[ \-]?)?(?:[*•хХxX]{2,4}[ \-]?){1,4}\d{4}(?!\d)")
_ACCOUNT = re.compile(r"(?<![\d])(?:4[0-9]{2}|30[0-9])\d{2} ?[0-9]{3} ?\d(?: ?\d){11}(?!\d)")
_LOOSE_SNILS = re.compile(r"снилс[\s:№]{0,4}(\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2})(?!\d)")
_TWELVE_DIGITS = re.compile(r"(?<![\d\-/№])\d{12}(?![\d\-/])")
_LABELLED_INN = re.compile(r"(?<![а-я])инн(?: [а-я]+){0,2}[ :№]{1,3}(\d{12})(?!\d)")
_FOREIGN_PASSPORT = re.compile(r"загран[а-я]* паспорт[а-я]*[^.;\d]{0,40}(\d{2} ?(?:№ ?)?\d{7})(?!\d)")
_CADASTRAL = re.compile(r"(?<![\d:])\d{2}:\d{2}:\d{6,7}:\d+(?![\d:])")
_CITY_PHONE = re.compile(r"(?<!\d)\(\d{3,5}\) ?\d{1,3}-\d{2}-\d{2}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_ANY_SERIES = re.compile(r"(?<![\d\-/.])\d{2} ?(?:\d{2}|[А-ЯA-Z]{2}) ?(?:№ ?)?\d{6}(?!\d)")
_VIN = re.compile(r"(?<![A-Za-zА-Яа-я0-9])(?=[A-ZА-Я]*\d)[A-HJ-NPR-ZАВЕКМНОРСТУХ0-9]{17}(?![A-Za-zА-Яа-я0-9])")
_PLATE = re.compile(
    r"(?<![А-Яа-яA-Za-z0-9])[АВЕКМНОРСТУХABEKMHOPCTYX] ?\d{3} ?[АВЕКМНОРСТУХABEKMHOPCTYX]{2} ?/? ?\d{2,3}(?!\d)"
)
_BIRTH_BEFORE = re.compile(r"(?:дат[а-я]{0,2} рождения|родил[а-я]{2,4}|рожд\.|род\.)[\s:–-]{0,4}$")
_BIRTH_AFTER = re.compile(r"\s?(?:г(?:ода?|\.)?\s?)?,?\s?(?:рождения|г\. ?р\.|г/р|рожд\.|р\.(?=[,;)\s]))")
_YEAR_WORD = re.compile(r" (?:года|г\.)(?! рожд)")
_BIRTH_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?= (?:года|г\.) рождения)")
_NOT_ABBREVIATED = "".join(
    rf"(?<!\b{short})"
    for short in ("г", "с", "д", "п", "х", "ст", "рп", "пгт", "гор", "пос", "дер", "обл", "респ", "стц")
)
_BIRTH_PLACE = re.compile(
    r"(?:мест[оа] рождения|урожен(?:ец|ка|ца|ки)|родил(?:ся|ась)(?: \d\d\.\d\d\.\d{4}(?: г(?:\.|ода))?)?,? в)"
    rf"[\s:–-]{{1,4}}([^;,()\n]{{2,80}}?)(?=[;,()\n]|{_NOT_ABBREVIATED}\.(?= ?[А-ЯЁа-яё]{{4,}})|\.?$)"
)

# A number after «№» or «номер»: which paper it is the number of is said by the nearest word before it.
_NUMBER = re.compile(
    r"(?:№|(?<![A-Za-z])N(?= ?\d)|(?<![а-яё])номер(?:а|ом|у)?(?: (?:убытка|дела|события|заявки|договора|полиса))?)"
    r"(?: ?[:–—-])? ?№? ?"
    r"(?P<number>(?:[А-ЯЁA-Z]{1,4}[ \-/]?)?(?:\d[\w/\-–]*|[А-ЯЁA-Z][А-ЯЁA-Z\w]*[/\-–][\w/\-–]*)"
    r"(?: ?[\-/] ?\d[\w/\-–]*)*)"
)
_SERIES = re.compile(
    r"(?P<word>полис[а-я]*|доверенност[а-я]*|билет[а-я]*|договор[а-я]*)(?: сери[яи])? "
    r"(?P<number>(?:\d{2} )?[А-ЯЁA-Z]{2,3} ?(?:№ ?)?\d{6,10}(?!\d)|[А-ЯЁA-Z]{1,4}[-/]?\d[\d/\-]{5,}\d)"
)
_KUSP = re.compile(r"(?<![А-Я])КУСП(?:[- ]?\d*)? ?(?:№ ?)?(?P<number>\d[\d/\-]*)")
_CIVIL_ACT = re.compile(r"(?<![A-Za-z])[IVXIІУХ]{1,5}-[А-ЯЁ]{2} ?(?:№ ?)?\d{6}(?!\d)")
_PUBLIC = "public"
_PAPERS: tuple[tuple[str, str], ...] = (
    (r"закон|-фз|положени|пленум|обзор|указани|приказ[а-я]*(?! ?№? ?\d-)|кодекс|лицензи|"
     r"реестр(?![а-я]* (?:№|номер))|приложени|пункт|стать|"
     r"обращени|уведомлени|правил|форм[аеыу]\b|тариф|исх\.|вх\.|письм|запрос|заключени|отчет|протокол[а-я]* заседани|"
     r"(?<![а-я])(?:инн|огрн|огрнип|бик|кпп|рпо|шпи)(?![а-я])|"
     r"постановлени[а-я]* правительств|методик|решени[а-я]* (?:финансов|от)|конституционн", _PUBLIC),
    (r"водительск", "driver_licence"),
    (r"свидетельств[а-я]* о (?:рождени|смерт|брак|заключени|расторжени)|актов", "civil_act"),
    (r"свидетельств[а-я]* о регистрации|(?<![а-я])стс|(?<![а-я])э?птс|паспорт[а-я]* (?:тс|транспортн)", "vehicle_doc"),
    (r"паспорт|удостоверени[а-я]* личност|документ[а-я]*, удостоверя", "passport"),
    (r"доверенност|реестр[а-я]* (?:№|номер)|в реестре (?:№|нотари)", "poa"),
    (r"полис|сертификат|договор[а-я]* (?:добровольн[а-я]* |обязательн[а-я]* |ипотечн[а-я]* )?страхован", "policy"),
    (r"убыт|выплатно|страхов[а-я]{2,3} (?:событи|случа)|событи[а-я]* присвоен|заявлени[а-я]* зарегистр|"
     r"материал[а-я]* по событи[а-я]*", "claim_number"),
    (r"медицинск|амбулаторн|стационар|истори[а-я]* болезн|выписк|эпикриз|мсэ|инвалидност|листк", "medical_number"),
    (r"(?<![а-я])дел[оауе](?![а-я])|производств|постановлени|определени|куп?сп|(?<![а-я])уин(?![а-я])|протокол|"
     r"материал[а-я]*(?! по событи)|исполнительн|приговор|судебн|идентификатор|иск|талон|уголовн", "case_number"),
    (r"договор|соглашени|билет|книжк|анкет|заявк|кредит|займ|вклад|абонент|счет", "contract"),
)  # fmt: skip
_PAPER = re.compile("|".join(f"(?P<p{index}>{pattern})" for index, (pattern, _) in enumerate(_PAPERS)))
_LOOK_BACK = 110
_SENTENCE_END = re.compile(r"[;\n]|(?<=[а-яё]{3})\. ?(?=[А-ЯЁ])|(?<=\d)\. (?=[А-ЯЁ])")
_LAW_NUMBER = re.compile(r"\d+-(?:ФЗ|П|У|И|О|1|ФКЗ|Т)(?![\w])|У ?-\d{2}-\d{3,6}(?:/[\d\-]+)?$")


def find_patterns(text: str) -> list[Personal]:
    """Personal data with a form in joined `text` (see `library.anonymise.joined`), surest first."""
    return [
        *_labelled_series(text),
        *_identifiers(text),
        *_vehicles(text),
        *_contacts(text),
        *_births(text),
        *_papers(text),
    ]


def _identifiers(text: str) -> Iterator[Personal]:
    for item in find_identifiers(text):
        if item.kind == "inn" and len(item.value) == 12:  # ten digits are an organisation's
            yield Personal(kind="inn", start=item.start, end=item.end)
        elif item.kind in _OF_IDENTIFIERS:
            yield Personal(kind=_OF_IDENTIFIERS[item.kind], start=item.start, end=item.end)
    patterns: tuple[tuple[PersonalClass, re.Pattern[str]], ...] = (
        ("card", _CARD), ("card", _MASKED_CARD), ("account", _ACCOUNT), ("cadastral", _CADASTRAL),
    )  # fmt: skip
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Personal(kind=kind, start=match.start(), end=match.end())
    for match in _TWELVE_DIGITS.finditer(text):
        if inn_is_valid(match.group()):
            yield Personal(kind="inn", start=match.start(), end=match.end())
    for match in _LABELLED_INN.finditer(fold(text)):
        yield Personal(kind="inn", start=match.start(1), end=match.end(1))
    for match in _FOREIGN_PASSPORT.finditer(fold(text)):
        yield Personal(kind="passport", start=match.start(1), end=match.end(1))
    for match in _LOOSE_SNILS.finditer(fold(text)):
        yield Personal(kind="snils", start=match.start(1), end=match.end(1))


def _labelled_series(text: str) -> Iterator[Personal]:
    """Four characters and six: a passport, a licence or a vehicle's paper, as the words before them say."""
    folded = fold(text)
    for match in _ANY_SERIES.finditer(text):
        paper = _paper_before(text, folded, match.start())
        if paper is not None and paper in ("driver_licence", "vehicle_doc", "passport"):
            yield Personal(kind=paper, start=match.start(), end=match.end())


def _vehicles(text: str) -> Iterator[Personal]:
    for item in find_vehicle_numbers(text):
        yield Personal(kind=_OF_VEHICLES[item.kind], start=item.start, end=item.end)
    patterns: tuple[tuple[PersonalClass, re.Pattern[str]], ...] = (("vin", _VIN), ("plate", _PLATE))
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Personal(kind=kind, start=match.start(), end=match.end())
    for match in _ANY_SERIES.finditer(text):
        if match.group()[:5].replace(" ", "").isdigit() and " " in match.group():
            yield Personal(kind="passport", start=match.start(), end=match.end())


def _contacts(text: str) -> Iterator[Personal]:
    for match in _EMAIL.finditer(text):
        yield Personal(kind="email", start=match.start(), end=match.end())
    for match in _CITY_PHONE.finditer(text):
        yield Personal(kind="phone", start=match.start(), end=match.end())
    for item in find_contacts(text):
        yield Personal(kind=item.kind, start=item.start, end=item.end)


def _births(text: str) -> Iterator[Personal]:
    folded = fold(text)
    for item in find_dates(text):
        before = folded[max(0, item.start - 30) : item.start]
        if not item.complete:
            continue
        if _BIRTH_BEFORE.search(before):
            year = _YEAR_WORD.match(folded, item.end)
            yield Personal(kind="birth_date", start=item.start, end=year.end() if year else item.end)
        elif _BIRTH_AFTER.match(folded, item.end):
            yield Personal(kind="birth_date", start=item.start, end=item.end)
    for match in _BIRTH_YEAR.finditer(folded):
        yield Personal(kind="birth_date", start=match.start(), end=match.end())
    for match in _BIRTH_PLACE.finditer(folded):
        yield Personal(kind="birth_place", start=match.start(1), end=match.end(1))


def _papers(text: str) -> Iterator[Personal]:
    folded = fold(text)
    for match in _KUSP.finditer(text):
        yield Personal(kind="case_number", start=match.start(), end=match.end())
    for match in _CIVIL_ACT.finditer(text):
        yield Personal(kind="civil_act", start=match.start(), end=match.end())
    for match in _SERIES.finditer(text):
        kind = _paper_before(text, folded, match.start("number"))
        if kind is not None:
            yield Personal(kind=kind, start=match.start("number"), end=match.end("number"))
    for match in _NUMBER.finditer(text):
        start, end = match.span("number")
        number = match["number"]
        if _LAW_NUMBER.match(number):
            continue
        kind = _paper_before(text, folded, start)
        long_enough = sum(char.isdigit() for char in number) >= (1 if kind == "poa" else 3)
        if kind is not None and long_enough:
            yield Personal(kind=kind, start=start, end=end)


def _paper_before(text: str, folded: str, at: int) -> PersonalClass | None:
    """Whose number stands at `at`: said by the last paper named before it in the sentence."""
    begin = max(0, at - _LOOK_BACK)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, at)]
    if ends:
        begin = ends[-1]
    found: PersonalClass | None = None
    for match in _PAPER.finditer(folded, begin, at):
        kind = _PAPERS[int((match.lastgroup or "p0")[1:])][1]
        found = None if kind == _PUBLIC else kind  # type: ignore[assignment]
    return found
