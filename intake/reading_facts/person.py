"""Who complains: name, birth, address, telephone, e-mail, and in which capacity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from intake.evidence import Quote
from intake.facts import ApplicantType, Fact
from intake.reading_facts.sheets import DateAt, Sheet
from intake.reading_facts.words import Span
from text.look_alikes import digit_view
from text.normalise import fold
from text.values.contacts import find_contacts
from text.values.dates import find_dates
from text.values.names import NameValue, find_names

_ASSIGNMENT = ("уступлен*", "цессионари*", "право требования куплен*|перешло|приобретен*", "договор* уступки",
               "договор* цессии", "купившее долг", "купил* долг")  # fmt: skip
_PROXY = ("по доверенности", "представитель", "законный представитель", "в интересах")
_OTHER_PERSON = ("представител*", "цедент", "собственник", "судь*", "директор*", "виновник", "дочь", "сын")
_BIRTH = ("рожден*", "родил*", "рожд", "род", "уроженец", "уроженка", "г р", "гр")
_LEGAL = r"(?:ооо|о0о|ооо|ао|пао|зао|общество с ограниченной ответственностью)"
_OWN_ORGANISATION = re.compile(rf"\b{_LEGAL}\s*\"[^\",;\n]{{2,60}}\"?")
_SETTLEMENT = (
    r"(?:г|гор|город[аеу]?|с|село|селе|дер|деревн[яеи]|д|пос|поселок|поселке|п|пгт|рп|ст-ца|станиц[аеы]|ст|х|хутор[е]?"
    r"|аул[е]?|кишлак[е]?|м|слобод[аеы]|улус)"
)
_PLACE = re.compile(
    rf"(?<![а-я]){_SETTLEMENT}(?:\s?[.,]\s?|\s+)(?=[а-я])[а-я][а-я-]+(?:\s+[а-я][а-я-]+){{0,2}}?"
    r"(?=[\s,;.)(\[]|\Z)"
)
_REGION = re.compile(
    r"[\s,(]*(?:(?:[а-я-]+(?:ского|цкого|ской|цкой|ого|ской|ская|ский|ное|ной)\s+)?"
    r"(?:район[а-я]*|р-н[а]?|област[ьи]|обл\.?|кра[йяе]|республик[аи]\s+[а-я]+|респ\.?\s+[а-я]+|ссс?р|асср|[а-я]*асср|ао|округ[а]?))"
)
_FILLER = re.compile(
    r"(?:[\s,;:.(|«\"-]|\d{0}г\.?\s?р\b\.?|г\.?\s?рожд[а-я]*\.?|года?\s+рожд[а-я]*|рожд[а-я]*\.?|родил[а-я]+|урожен[а-я]+"
    r"|место\s+рожд[а-я]*|\bмр\b|\bв\b|\bво\b|г\.?\s?(?=\()|г\.?(?=\s+в\b)|года?(?=[\s,]))+"
)
_PLACE_LABEL = ("место рожден*", "уроженец", "уроженка", "родом из")
_STOP_PLACE = re.compile(
    r"[;|\n\f)\[]|,?\s*(?:\d{5,6}|жив[уе]|прож|адрес|зарегистр|тел|паспорт|фактич|регистр|+7|\bгражд|почта|индекс|моб|сот|снилс|инн|e-mail)".replace(
        "+7", r"\+7"
    )
)
_ADDRESS_STOP = re.compile(
    r"[;|\f]|,?\s*(?:\bтел\b|\bт\.\s?[8+]|телефон|\+\s?7|\b8[ (-]{1,2}\d{3}[ )-]|моб|сотов|связь|e-mail|эл\.?\s?поч"
    r"|электронн|@|инн\b|снилс|паспорт|финансов|страховщик|банк\b|организац|договор|на ооо|на ао|на пао)"
    r"|\n(?=\s*[а-я-]+(?:\s[а-я,-]+){0,4}\s?[:|])|\n(?=\s*\d{1,2}\s?[.)]\s)"
)
_LAST_NUMBER = re.compile(
    r"(?:\b(?:д|дом|кв|корп|к|стр|оф|офис|ком|литер)\.?\s?\d+[а-я]?(?:/\d+)?|(?<!\d)\d{1,4}[а-я]?(?:-\d{1,4})*)(?=[\s,.;|)]|\Z)"
)
_POSTCODE = re.compile(r"(?<![\d-])[1-6]\d{5}(?=[,.\s])")
_IMPOSSIBLE_YEAR = re.compile(r"(?<!\d)(\d\d)[.,](\d\d)[.,]([03-9]\d{3})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?г[а-я.]*\s+рожд[а-я]*\.?,?\s+(\d{1,2}\s+[а-я]{3,9})")
_LIKE_A_DATE = re.compile(r"(?<!\d)\d\d[.,]\d\d[.,]\d{4}(?!\d)")
_ADULT = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    name: Fact[str] | None
    type: Fact[ApplicantType] | None
    person: NameValue | None
    at: int  # where the name stands in the main letter

    @property
    def surname(self) -> str | None:
        return self.person.surname if self.person is not None else None


def read_applicant(main: Sheet, sheets: Sequence[Sheet]) -> Applicant:
    """The person (or the assignee's firm) that signs as applicant in the main letter.

    One misread letter in the letter's head must not give another person: of several spellings in the package the
    most frequent one near to the head's is taken.
    """
    names = [n for n in find_names(main.text.text) if n.form == "full"]
    chosen = _own_name(main, names)
    assigned = _is_assignee(main, sheets)
    firm = _firm(main) if assigned else None
    if firm is not None and (chosen is None or firm.start < chosen.start):
        value = " ".join(main.text.text[firm.start : firm.end].split())
        label = main.words.first(("заявитель", "лицо которому уступлено"), max(0, firm.start - 90), firm.start)
        shown = Span(label.start if label else firm.start, firm.end)
        quotes = main.quotes(shown)
        return Applicant(
            name=Fact(value=value, quotes=quotes),
            type=Fact(value="assignee", quotes=quotes),
            person=None,
            at=firm.start,
        )
    if chosen is None:
        return _from_elsewhere(main, sheets)
    spelled = _vote(chosen, sheets)
    entrepreneur = _entrepreneur(main, chosen)
    start = chosen.start
    label = main.words.first(("потребитель", "заявитель*", "фио", "фамилия имя отчество"), max(0, start - 40), start)
    shown = Span(label.start if label else start, chosen.end)
    value = f"ИП {spelled}" if assigned and entrepreneur is not None else spelled
    quotes = (*main.quotes(shown), *_elsewhere(spelled, main, sheets))
    if assigned:
        kind: ApplicantType = "assignee"
        type_quotes = main.quotes(shown)
    elif entrepreneur is not None:
        kind = "entrepreneur"
        type_quotes = main.quotes(Span(entrepreneur.start, max(chosen.end, entrepreneur.end)))
    elif (proxy := _signed_by_proxy(main)) is not None:
        kind, type_quotes = "representative", main.quotes(proxy)
    else:
        kind, type_quotes = "consumer", main.quotes(shown)
    return Applicant(
        name=Fact(value=value, quotes=quotes), type=Fact(value=kind, quotes=type_quotes), person=chosen, at=chosen.start
    )


def _entrepreneur(main: Sheet, name: NameValue) -> Span | None:
    """«ИП …», «Индивидуальный предприниматель …» before the name, or an ОГРНИП after it."""
    before = main.words.within(("=ип", "индивидуальн* предпринимател*"), max(0, name.start - 42), name.start)
    if before and name.start - before[-1].end <= 3:
        return Span(before[-1].start, name.end)
    after = main.words.first(("огрнип",), name.end, name.end + 140)
    return Span(name.start, after.end) if after is not None else None


def _own_name(main: Sheet, names: list[NameValue]) -> NameValue | None:
    own = [
        name
        for name in names
        if not main.words.has(_OTHER_PERSON, max(main.sentences.line(name.start).start, name.start - 30), name.start)
    ]
    if not own:
        return None
    # «от Нурмухаметова Ильдара…» or a line that begins with the name; the first in the head decides.
    head = [name for name in own if name.start < 700]
    return (head or own)[0]


def _is_assignee(main: Sheet, sheets: Sequence[Sheet]) -> bool:
    if any(sheet.type == "CESSION" for sheet in sheets):
        return True
    return main.words.has(_ASSIGNMENT, gap=1)


def _firm(main: Sheet) -> Span | None:
    for match in _OWN_ORGANISATION.finditer(main.folded[:900]):
        before = main.folded[max(0, match.start() - 90) : match.start()]
        if re.search(r"заявител|уступлен|цессионари|\bот\s*\Z", before):
            return Span(*match.span())
    return None


def _from_elsewhere(main: Sheet, sheets: Sequence[Sheet]) -> Applicant:
    """The letter's head could not be read: the name that most other papers bear."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[Sheet, NameValue]] = {}
    for sheet in sheets:
        for value in {n.value: n for n in find_names(sheet.text.text) if n.form == "full"}.values():
            counted[value.value] += 1
            first.setdefault(value.value, (sheet, value))
    if not counted:
        return Applicant(name=None, type=None, person=None, at=0)
    spelled, times = counted.most_common(1)[0]
    sheet, name = first[spelled]
    initials = main.words.first((fold(name.surname)[:6] + "*",))
    if times < 2 and initials is None:
        return Applicant(name=None, type=None, person=None, at=0)
    quotes = sheet.quotes(Span(name.start, name.end))
    return Applicant(
        name=Fact(value=spelled, quotes=quotes),
        type=Fact(value="consumer", quotes=quotes),
        person=name,
        at=initials.start if initials else 0,
    )


def _vote(chosen: NameValue, sheets: Sequence[Sheet]) -> str:
    """Of the spellings near to the one in the head, the one most papers have; the head's own when they are even."""
    spellings: Counter[str] = Counter()
    for sheet in sheets:
        for name in find_names(sheet.text.text):
            if name.form == "full" and name.gender == chosen.gender:
                value = _titled(name.value)
                if Levenshtein.normalized_similarity(fold(value), fold(_titled(chosen.value))) >= 0.86:
                    spellings[value] += 1
    spellings[_titled(chosen.value)] += 1
    best, times = spellings.most_common(1)[0]
    return best if times > spellings[_titled(chosen.value)] else _titled(chosen.value)


def _titled(name: str) -> str:
    return " ".join(
        "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")) if word.isupper() else word
        for word in name.split()
    )


_CONTRACT_TYPES = ("POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT", "ADDON_CERT",
                   "SCHEDULE")  # fmt: skip


def _elsewhere(spelled: str, main: Sheet, sheets: Sequence[Sheet]) -> tuple[Quote, ...]:
    """The same name as party of the contract: «Страхователь: …», with its label."""
    quotes: list[Quote] = []
    for sheet in sheets:
        if sheet is main or sheet.type not in _CONTRACT_TYPES:
            continue
        for name in find_names(sheet.text.text):
            if name.form == "full" and Levenshtein.normalized_similarity(fold(name.value), fold(spelled)) >= 0.8:
                line = sheet.sentences.line(name.start)
                start = line.start if name.start - line.start <= 45 else name.start
                quotes += sheet.quotes(Span(start, name.end))
                break
    return tuple(quotes[:2])


_REPRESENTED = re.compile(
    r"(?:представля(?:ет|ют)|действу[а-я]+|в лице|подает|подано|обращается)"
    r"[^.;]{0,70}?(?:по|на основании)[^.;]{0,20}?доверенност[а-я]+"
)


def _signed_by_proxy(main: Sheet) -> Span | None:
    tail = max(0, len(main.folded) - 260)
    signed = main.words.first(("по доверенности", "представитель по", "законный представитель"), tail)
    if signed is not None:
        return main.sentences.line(signed.start)
    standing_in = main.words.first(("представитель",), tail)
    if standing_in is not None:
        line = main.sentences.line(standing_in.start)
        if "подпис" in main.folded[line.start : line.end]:
            return line
    represented = _REPRESENTED.search(main.flat_folded, 0, 900)
    if represented is not None:
        return Span(represented.start(), represented.end())
    named = main.words.first(("представитель", "законный представитель"), 0, 700)
    if named is not None:
        line = main.sentences.line(named.start)
        if named.start - line.start < 4:
            return Span(named.start, min(line.end, named.start + 80))
    return None


def read_birth(
    main: Sheet, applicant: Applicant, sheets: Sequence[Sheet]
) -> tuple[Fact[date] | None, Fact[str] | None]:
    """Day and place of birth, from the letter's head, else from any paper beside the applicant's name."""
    born = _birth_date(main, applicant.at)
    place = _birth_place(main, born, applicant.at)
    born_fact = None if born is None else Fact(value=born.value, quotes=main.quotes(_with_label(main, born)))
    place_fact = _place_fact(main, place)
    if born_fact is not None and place_fact is not None:
        return born_fact, place_fact
    for sheet in sheets:
        if sheet is main or not _bears_name(sheet, applicant):
            continue
        at = _name_place(sheet, applicant)
        other = _birth_date(sheet, at)
        if born_fact is None and other is not None:
            born_fact = Fact(value=other.value, quotes=sheet.quotes(_with_label(sheet, other)))
        same = other is not None and born_fact is not None and other.value == born_fact.value
        if place_fact is None and (same or sheet.words.has(_PLACE_LABEL)):
            place_fact = _place_fact(sheet, _birth_place(sheet, other, at))
    return born_fact, place_fact


def _with_label(sheet: Sheet, born: DateAt) -> Span:
    before = sheet.words.within(_BIRTH, max(0, born.start - 26), born.start)
    after = re.match(r"\s*(?:г\.?\s?р\.?|года?\s+рожд[а-я]*|г\.\s?рожд[а-я]*)", sheet.folded[born.end :])
    start = before[-1].start if before else born.start
    return Span(start, born.end + (after.end() if after else 0))


def _birth_date(sheet: Sheet, at: int) -> DateAt | None:
    candidates: list[tuple[int, DateAt]] = []
    for item in sheet.dates:
        age = (sheet.reference - item.value).days / 365.25
        if not 5 < age < 110 or item.guessed:
            continue
        labelled = sheet.words.has(_BIRTH, max(0, item.start - 34), item.start) or re.match(
            r"\s*(?:г\.?\s?р\b|года?\s+рожд|г\.?\s?рожд|рожд)", sheet.folded[item.end : item.end + 24]
        )
        near = at <= item.start <= at + 160
        if labelled and abs(item.start - at) < 400:
            candidates.append((0, item))
        elif (
            near
            and age > 14
            and not sheet.words.has(("от", "договор*", "полис*", "выдан*"), item.start - 8, item.start)
        ):
            candidates.append((1, item))
    if not candidates:
        return _misread_birth_date(sheet, at)
    return min(candidates, key=lambda pair: (pair[0], abs(pair[1].start - at)))[1]


def _misread_birth_date(sheet: Sheet, at: int) -> DateAt | None:
    """«дата рождения 27.12.4989»: a labelled day whose year cannot be, in this or the last century."""
    turned = _YEAR_FIRST.search(sheet.flat_folded, at, at + 160)
    if turned is not None:
        day = next((d for d in find_dates(turned[2] + " " + turned[1]) if d.value is not None), None)
        if day is not None and day.value is not None:
            return DateAt(start=turned.start(), end=turned.end(), value=day.value, guessed=True)
    for match in _IMPOSSIBLE_YEAR.finditer(sheet.flat_folded):
        labelled = sheet.words.has(_BIRTH, max(0, match.start() - 34), match.start())
        if not labelled or abs(match.start() - at) > 400:
            continue
        century = 1900 if match[3][1] != "0" else 2000
        try:
            value = date(century + int(match[3][2:]), int(match[2]), int(match[1]))
        except ValueError:
            continue
        return DateAt(start=match.start(), end=match.end(), value=value, guessed=True)
    return None


def _birth_place(sheet: Sheet, born: DateAt | None, at: int) -> Span | None:
    """What follows the day of birth or the words «место рождения»: a settlement with its region."""
    starts: list[tuple[int, bool]] = []
    for label in sheet.words.within(_PLACE_LABEL, 0, None):
        if abs(label.start - at) < 500:
            starts.append((label.end, True))
    if born is not None:
        starts.append((born.end, False))
    for like in _LIKE_A_DATE.finditer(sheet.flat_folded):
        if abs(like.start() - at) < 400 and sheet.words.has(_BIRTH, max(0, like.start() - 34), like.start()):
            starts.append((like.end(), False))  # a misread day still stands before the place
    text = sheet.flat_folded
    for start, labelled in starts:
        filler = _FILLER.match(text, start)
        begin = filler.end() if filler else start
        if (
            begin < len(text)
            and text[begin - 1 : begin] != " "
            and re.match(r"г\.?\s", text[max(start, begin - 3) : begin])
        ):
            begin = start
        if text[start:begin].count(";") and not labelled:
            continue
        place = _PLACE.match(text, begin)
        if place is None:
            place = _PLACE.match(text, _after_comma(text, start))
        if place is None and (labelled or _BORN_BEFORE.search(text, max(0, start - 45), start)):
            place = _PLACE_REGION_FIRST.match(text, begin)
        if place is not None:
            end = _with_capitals(sheet, place.end())
            region = _REGION.match(text, end)
            tail = _grown(text, place.start(), region.end() if region else end)
            return Span(place.start(), tail)
        if labelled:
            stop = _STOP_PLACE.search(sheet.folded, begin)
            end = min(stop.start() if stop else begin + 60, begin + 60)
            comma = sheet.folded.find(",", begin, end)
            end = comma if comma >= 0 else end
            if re.search(r"[а-я]{3}", sheet.folded[begin:end]) and not re.search(r"\d{3}", sheet.folded[begin:end]):
                return Span(begin, end)
    return None


_BORN_BEFORE = re.compile(r"родил|урожен|\bрод\.")
_PLACE_REGION_FIRST = re.compile(
    r"(?:(?:республика|респ\.?)\s+[а-я-]+|[а-я-]+(?:ая|ий|ой)\s+(?:область|обл\.?|край)|рсо-[а-я]+)\s?,?\s+"
    r"(?:[а-я-]+(?:ий|ый|ой)\s+(?:район|р-н)\s?,?\s+)?"
    rf"{_SETTLEMENT}(?:\s?[.,]\s?|\s+)[а-я][а-я-]+"
    r"(?![^\n]{0,12}(?:ул\.|улица|пр-|проспект|пер\.|д\.\s?\d))"
)
"""«Республика Мордовия, с. Дубёнки»; with a street behind it, it is where someone lives."""


def _with_capitals(sheet: Sheet, end: int) -> int:
    """«Вышний Волочёк», «Старый Кырлай»: further capitalised words of the name, up to the region's adjective."""
    for _ in range(2):
        word = re.match(r"\s([А-ЯЁ][а-яё-]+)(?=[\s,;.)]|\Z)", sheet.flat[end:])
        if word is None or re.search(r"(?:ого|ой|ая|ий|ое|ую)\Z", word.group(1)):
            break
        if re.match(r"(?:Живу|Прож|Адрес|Тел|Республик|Паспорт|Зарег|Обл)", word.group(1)):
            break
        end += word.end()
    return end


def _after_comma(text: str, start: int) -> int:
    match = re.match(r"[^\d;]{0,22}?[,(]\s*(?:в\s|урожен[а-я]+\s|родил[а-я]+\s(?:в\s)?)*", text[start:])
    return start + match.end() if match else start


def _grown(text: str, start: int, end: int) -> int:
    """The place grows over further parts: «… Дзун-Хемчикского района Республики Тыва»."""
    stop = _STOP_PLACE.search(text, start)
    limit = min(stop.start() if stop else len(text), start + 90)
    while True:
        region = _REGION.match(text, end)
        if region is None or region.end() > limit or region.end() == end:
            break
        end = region.end()
    return end


def _place_fact(sheet: Sheet, span: Span | None) -> Fact[str] | None:
    if span is None:
        return None
    text = " ".join(sheet.text.text[span.start : span.end].split()).strip(" ,;.")
    if len(text) < 3:
        return None
    return Fact(value=text, quotes=sheet.quotes(span))


def _bears_name(sheet: Sheet, applicant: Applicant) -> bool:
    return applicant.surname is not None and sheet.words.has((fold(applicant.surname)[:7] + "*",))


def _name_place(sheet: Sheet, applicant: Applicant) -> int:
    found = sheet.words.first((fold(applicant.surname or "")[:7] + "*",))
    return found.start if found else 0


def read_address(main: Sheet, applicant: Applicant, sheets: Sequence[Sheet]) -> Fact[str] | None:
    """The applicant's address: the first postcode after the name, else what stands after «адрес», «проживаю»."""
    for start in _postcodes(main, applicant.at):
        span = _address(main, start)
        if span is not None and not _is_organisations(main, span, applicant):
            return _address_fact(main, span)
        if main.folded[applicant.at : start].count("\n") > 12:
            break
    labelled = main.words.first(
        ("адрес регистрации", "адрес", "место жительства", "прож*", "живу", "зарегистрирован*"), applicant.at
    )
    if labelled is not None:
        begin = re.match(r"(?:[\s:,|]|регистрации|он же|для писем|в\b|по адресу)*", main.folded[labelled.end :])
        span = _address(main, labelled.end + (begin.end() if begin else 0))
        if span is not None:
            return _address_fact(main, span)
    for sheet in sheets:
        if (
            sheet is main
            or sheet.type not in ("REPLY_FO", "CLAIM_FO", "CLAIM_STD")
            or not _bears_name(sheet, applicant)
        ):
            continue
        at = _name_place(sheet, applicant)
        for start in _postcodes(sheet, at):
            span = _address(sheet, start) if start <= at + 120 else None
            if span is not None:
                return _address_fact(sheet, span)
    return None


def _postcodes(sheet: Sheet, at: int) -> list[int]:
    return [match.start() for match in _POSTCODE.finditer(digit_view(sheet.flat), at)]


def _address_fact(sheet: Sheet, span: Span) -> Fact[str]:
    value = " ".join(sheet.text.text[span.start : span.end].split()).strip(" ,;.")
    return Fact(value=value, quotes=sheet.quotes(span))


def _address(sheet: Sheet, start: int) -> Span | None:
    stop = _ADDRESS_STOP.search(sheet.folded, start + 6)
    limit = min(stop.start() if stop else len(sheet.folded), start + 170)
    window = sheet.flat_folded[start:limit]
    numbers = [m for m in _LAST_NUMBER.finditer(window) if m.start() > 6]
    if not numbers:
        return None
    end = numbers[0].end()
    for match in numbers[1:]:
        if len(window[end : match.start()].split()) > 4:
            break
        end = match.end()
    return Span(start, start + end)


def _is_organisations(main: Sheet, span: Span, applicant: Applicant) -> bool:
    """An address right after the name of an organisation (or of the ombudsman) is not the applicant's."""
    before = main.folded[max(applicant.at, span.start - 60) : span.start]
    if applicant.person is None:
        return False
    return bool(re.search(r"(?:уполномоченн|\"[^\"а-я]*,?\s*\Z|инн\s*\d{8,12}\W*\Z)", before)) and not re.search(
        r"адрес|прож|жив|зарегистр|почта", before
    )


def read_contacts(
    main: Sheet, applicant: Applicant, sheets: Sequence[Sheet]
) -> tuple[Fact[str] | None, Fact[str] | None]:
    """Telephone and e-mail of the letter; those of the organisation stand after its name and are left out."""
    phone = email = None
    for item in find_contacts(main.text.text):
        if item.kind == "phone" and main.words.has(("паспорт",), max(0, item.start - 12), item.start):
            continue
        if item.kind == "phone" and phone is None:
            line = main.sentences.line(item.start)
            label = main.words.within(
                ("тел", "телефон", "т", "моб", "сотовый"), max(line.start, item.start - 16), item.start
            )
            phone = Fact(value=item.value, quotes=main.quotes(Span(label[-1].start if label else item.start, item.end)))
        if item.kind == "email" and email is None:
            email = Fact(value=item.value, quotes=main.quotes(Span(item.start, item.end)))
    if email is None:
        for sheet in sheets:
            if sheet.type in ("CLAIM_STD", "CLAIM_FO") and sheet is not main:
                for item in find_contacts(sheet.text.text):
                    beside = sheet.folded[max(0, item.start - 14) : item.start]
                    if item.kind == "email" and re.search(r"(?:от|from|контакты)\s*[:|]?\s*\Z", beside):
                        email = Fact(value=item.value, quotes=sheet.quotes(Span(item.start, item.end)))
                        break
    del applicant
    return phone, email


def is_minor(born: Fact[date] | None, on: date) -> bool:
    """Whether the applicant had not yet turned eighteen on the day of filing."""
    if born is None:
        return False
    day = born.value
    return (on.year - day.year - ((on.month, on.day) < (day.month, day.day))) < _ADULT
