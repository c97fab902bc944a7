"""Day and place of birth of the applicant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from intake.evidence import Quote
from intake.facts import Fact
from intake.reading_facts.misread_dates import misread_dates
from intake.reading_facts.person import Applicant, bears_name, name_place
from intake.reading_facts.sheets import DateAt, Sheet
from intake.reading_facts.words import Span
from text.values.dates import find_dates
from text.values.names import find_names

_BIRTH = ("рожден*", "родил*", "родивш*", "рожд", "род", "уроженец", "уроженка", "г р", "гр", "=д =р")
_SETTLEMENT = (
    r"(?:г|гор|город[аеу]?|с|село|селе|дер|деревн[яеи]|д|пос|поселок|поселке|п|пгт|рп|ст-ца|станиц[аеы]|ст|х|хутор[е]?"
    r"|аул[е]?|кишлак[е]?|м|слобод[аеы]|улус)"
)
_PLACE = re.compile(
    rf"(?<![а-я]){_SETTLEMENT}(?:\s?[.,_]{{1,3}}\s?|\s+)(?:[=_~©°-]\s)?(?=[а-я])[а-я][а-я-]+(?:\s+[а-я][а-я-]+){{0,2}}?"
    r"(?=[\s,;.)(\[]|\Z)"
)
_REGION = re.compile(
    r"[\s,(]*(?:(?:[а-я-]+(?:ского|цкого|ской|цкой|ого|ской|ская|ский|ное|ной)\s+)?"
    r"(?:район[а-я]*|р-н[а]?|област[ьи]|обл\.?|кра[йяе]|республик[аи]\s+[а-я]+|респ\.?\s+[а-я]+|ссс?р|асср|[а-я]*асср|ао|округ[а]?))"
)
_FILLER = re.compile(
    r"(?:[\s,;:.(|/«\"-]|\d{0}г\.?\s?р\b\.?|г\.?\s?рожд[а-я]*\.?|года?\s+рожд[а-я]*|рожд[а-я]*\.?|родил[а-я]+|урожен[а-я]+"
    r"|место\s+рожд[а-я]*|\bмр\b|\bв\b|\bво\b|г\.?\s?(?=\()|г\.?(?=\s+в\b)|года?(?=[\s,]))+"
)
_PLACE_LABEL = ("место рожден*", "=м =р", "=мр", "уроженец", "уроженка", "родом из")
_PLACE_LABEL_IN_FULL = "место рождения"
_STOP_PLACE = re.compile(
    r"[;|\n\f)\[]|,?\s*(?:\d{5,6}|жив[уе]|прож|адрес|зарегистр|тел|паспорт|фактич|регистр|+7|\bгражд|почта|индекс|моб|сот|снилс|инн|e-mail)".replace(
        "+7", r"\+7"
    )
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?г[а-я.]*\s+рожд[а-я]*(?:\s[а-я]{1,4})?[.,]?\s+(\d{1,2}\s+[а-я]{3,9})"
)
_BORN_AFTER = re.compile(r"\s*(?:г\.?\s?р\b|года?\s+рожд|г\.?\s?рожд|рожд)")
_LIKE_A_DATE = re.compile(r"(?<!\d)\d\d[.,]\d\d[.,]\d{4}(?!\d)")
_ADULT = 18
_OLDEST, _YOUNGEST = 110, 14  # years of an applicant whose day of birth was misread
_BESIDE_THE_NAME = 4
_NEAR = 160  # characters from the name to a day without a label
_FURTHEST = 400  # characters between the name and the day or place of birth
_SEEN = re.compile(r"[\d$©?][\d$©?a-zа-я.,:;_ ]{4,11}\d")


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
        if sheet is main or not bears_name(sheet, applicant):
            continue
        at = name_place(sheet, applicant)
        other = _birth_date(sheet, at)
        if born_fact is None and other is not None:
            born_fact = Fact(value=other.value, quotes=sheet.quotes(_with_label(sheet, other)))
        same = other is not None and born_fact is not None and other.value == born_fact.value
        if place_fact is None and (same or _place_labels(sheet)):
            place_fact = _place_fact(sheet, _birth_place(sheet, other, at))
    return born_fact, place_fact


def _with_label(sheet: Sheet, born: DateAt) -> Span:
    before = sheet.words.within(_BIRTH, max(0, born.start - 26), born.start)
    after = re.match(r"\s*(?:г\.?\s?р\.?|года?\s+рожд[а-я]*|г\.\s?рожд[а-я]*)", sheet.folded[born.end :])
    start = before[-1].start if before else born.start
    return Span(start, born.end + (after.end() if after else 0))


def _birth_date(sheet: Sheet, at: int) -> DateAt | None:
    candidates: list[tuple[int, DateAt]] = []
    named = _end_of_name(sheet, at)
    for item in sheet.dates:
        age = (sheet.reference - item.value).days / 365.25
        if not 5 < age < 110 or item.guessed:
            continue
        labelled = _is_labelled(sheet, Span(item.start, item.end)) or 0 <= item.start - named <= _BESIDE_THE_NAME
        near = at <= item.start <= at + _NEAR
        if labelled and abs(item.start - at) < _FURTHEST:
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


def _end_of_name(sheet: Sheet, at: int) -> int:
    """The end of the full name that begins at `at`, or `at`."""
    return next((name.end for name in find_names(sheet.spelled) if name.start <= at < name.end), at)


def _misread_birth_date(sheet: Sheet, at: int) -> DateAt | None:
    """«1958 года рождения, 30 ноября»; «дата рождения 27.12.4989», «18.07.1$73»: a day that one sign hides."""
    turned = _YEAR_FIRST.search(sheet.flat_folded, at, at + _NEAR)
    if turned is not None:
        told = next((d.value for d in find_dates(turned[2] + " " + turned[1]) if d.value is not None), None)
        if told is not None:
            return DateAt(start=turned.start(), end=turned.end(), value=told, guessed=True)
    reference = sheet.reference
    earliest, latest = date(reference.year - _OLDEST, 1, 1), date(reference.year - _YOUNGEST, 1, 1)
    low, high = max(0, at - _FURTHEST), at + _FURTHEST
    days = misread_dates(sheet.flat_folded, earliest, latest, low, high)
    labelled = [(span, day) for span, day in days if _is_labelled(sheet, span)]
    near = [(span, day) for span, day in days if at <= span.start <= at + _NEAR]
    for span, day in (*labelled, *near):
        return DateAt(start=span.start, end=span.end, value=day, guessed=True)
    return None


def _is_labelled(sheet: Sheet, day: Span) -> bool:
    """«дата рождения» before the day, «г.р.» after it."""
    return (
        sheet.words.has(_BIRTH, max(0, day.start - 34), day.start)
        or _BORN_AFTER.match(sheet.folded[day.end : day.end + 24]) is not None
    )


def birth_date_unread(main: Sheet, applicant: Applicant) -> tuple[Quote, ...]:
    """Where a day of birth stands that could not be read; nothing where none is seen."""
    text = main.flat_folded
    for match in _SEEN.finditer(text, max(0, applicant.at - _FURTHEST), applicant.at + _FURTHEST):
        span = Span(*match.span())
        if _is_labelled(main, span):
            return main.quotes(_with_label(main, DateAt(start=span.start, end=span.end, value=date.min, guessed=True)))
    return ()


def _place_labels(sheet: Sheet) -> list[Span]:
    found = {*sheet.words.within(_PLACE_LABEL), *sheet.words.near(_PLACE_LABEL_IN_FULL)}
    return sorted(found, key=lambda span: (span.end, span.start))


def _birth_place(sheet: Sheet, born: DateAt | None, at: int) -> Span | None:
    """What follows the day of birth or the words «место рождения»: a settlement with its region."""
    starts: list[tuple[int, bool]] = []
    for label in _place_labels(sheet):
        if abs(label.start - at) < _FURTHEST + 100:
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
        born_before = sheet.words.has(_BORN_BEFORE, max(0, start - 45), start)
        place = _PLACE.match(text, begin)
        if place is None:
            place = _PLACE.match(text, _after_comma(text, start))
        if place is None and (labelled or born_before):
            place = _PLACE_REGION_FIRST.match(text, begin)
        if place is not None:
            end = _with_capitals(sheet, place.end())
            region = _REGION.match(text, end)
            tail = _grown(text, place.start(), region.end() if region else end)
            return Span(place.start(), tail)
        if labelled or (born_before and _IN_A_PLACE.match(text, start)):
            stop = _STOP_PLACE.search(sheet.folded, begin)
            end = min(stop.start() if stop else begin + 60, begin + 60)
            comma = sheet.folded.find(",", begin, end)
            end = comma if comma >= 0 else end
            if re.search(r"[а-я]{3}", sheet.folded[begin:end]) and not re.search(r"\d{3}", sheet.folded[begin:end]):
                return Span(begin, end)
    return None


_BORN_BEFORE = ("родил*", "родивш*", "уроженец", "уроженка", "род")
_IN_A_PLACE = re.compile(r"[\s,.]*(?:г(?:ода)?\b)?[\s,.]*во?\s")
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
    text = place_value(sheet.text.text[span.start : span.end])
    if len(text) < 3:
        return None
    return Fact(value=text, quotes=sheet.quotes(span))


_WITHOUT_DOT = re.compile(r"(?<![\w.-])(г|гор|с|дер|пос|ул|кв|обл)(?=\s[А-ЯЁ\d])")
_STRAY_SIGN = re.compile(r"(?<=\s)[=_~©°|]\s")
_NOMINATIVE = {"селе": "село", "городе": "город", "деревне": "деревня", "посёлке": "посёлок", "поселке": "поселок",
               "станице": "станица", "хуторе": "хутор"}  # fmt: skip
_CLOSING_DOT = re.compile(r"\b(?:обл|респ|р-н|окр)\.[\s,;]*\Z")


def place_value(printed: str) -> str:
    """A place or an address on one line: the dots of «г.», «ул.», «кв.» that a scan loses, no stray signs."""
    text = _STRAY_SIGN.sub("", " ".join(printed.split()))
    text = re.sub(r"\A(?:селе|городе|деревне|посёлке|поселке|станице|хуторе)\b", lambda m: _NOMINATIVE[m[0]], text)
    closing = "." if _CLOSING_DOT.search(text) else ""
    return _WITHOUT_DOT.sub(r"\1.", text.strip(" ,;.")) + closing


def is_minor(born: Fact[date] | None, on: date) -> bool:
    """Whether the applicant had not yet turned eighteen on the day of filing."""
    if born is None:
        return False
    day = born.value
    return (on.year - day.year - ((on.month, on.day) < (day.month, day.day))) < _ADULT
