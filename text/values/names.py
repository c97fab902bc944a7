"""Names of people: found by shape, brought to the nominative by the patronymic's own case and by morphology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Literal

from text.look_alikes import word_view
from text.normalise import fold

Gender = Literal["male", "female"]
NameForm = Literal["full", "surname_given", "initials", "given_patronymic"]
Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameValue:
    """text[start:end] is a person's name; `value` in the nominative: «Фамилия Имя Отчество» or «Фамилия И.О.».

    `gender` None when nothing in the name shows it; `case` is the case it stood in, None when unknown.
    """

    start: int
    end: int
    value: str
    surname: str
    given: str
    patronymic: str
    gender: Gender | None
    case: Case | None
    form: NameForm


_MALE_PATRONYMIC = re.compile(r"^(.{2,}?(?:ович|евич|ьич|ич|ыч))(а|у|ем|ом|е|)$")
_FEMALE_PATRONYMIC = re.compile(r"^(.{2,}?(?:овн|евн|ичн|ишн|ньевн))(а|ы|е|у|ой|ою)$")
_MALE_CASES: dict[str, Case] = {"": "nomn", "а": "gent", "у": "datv", "ем": "ablt", "ом": "ablt", "е": "loct"}
_FEMALE_CASES: dict[str, Case] = {"а": "nomn", "ы": "gent", "е": "datv", "у": "accs", "ой": "ablt", "ою": "ablt"}
_TURKIC = {
    "оглы": "male",
    "оглу": "male",
    "улы": "male",
    "уулу": "male",
    "кызы": "female",
    "гызы": "female",
    "кизи": "female",
}

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?"
_GAP = r"(?:[ \t]{1,3}|[ \t]?\n[ \t]{0,8})"
_RUN = re.compile(
    rf"(?<![А-Яа-яЁё\-])(?:{_WORD})(?:{_GAP}(?:{_WORD})){{1,11}}(?:{_GAP}(?:оглы|кызы|ОГЛЫ|КЫЗЫ))?(?![А-Яа-яЁё])"
)
_TURKIC_TAIL = re.compile(r"[ \t\-](оглы|оглу|улы|уулу|кызы|гызы|кизи)(?![а-яё])", re.IGNORECASE)
_INITIALS = re.compile(
    r"(?<![А-Яа-яЁё\-])(?P<surname>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{3,})[ \t]{1,2}"
    r"(?P<first>[А-ЯЁ])\s?[.,]\s?(?:(?P<second>[А-ЯЁ])\s?[.,]?)?(?![А-Яа-яЁё])"
)
_INITIALS_FIRST = re.compile(
    r"(?<![А-Яа-яЁё.])(?P<first>[А-ЯЁ])\s?\.\s?(?:(?P<second>[А-ЯЁ])\s?\.)?[ \t]{0,2}"
    r"(?P<surname>[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{3,})(?![А-Яа-яЁё])"
)
# words that begin a line in capitals beside names but are no part of them, and abbreviations of forms and streets
_NOT_NAME = frozenset(
    re.findall(
        r"\w+",
        """
        ооо ао пао зао оао ип мкк мфк кпк нпф ано сао спао ск со банк страхователь собственник заявитель заявительница
        заемщик клиент паспорт владелец водитель получатель плательщик истец ответчик генеральный директор начальник
        руководитель главный заместитель управляющий гражданин гражданка уважаемый уважаемая от кому россия российская
        федерация область край республика город улица проспект цедент цессионарий пайщик член выдан выдано фамилия имя
        отчество телефон адрес подпись дата полис договор обращение претензия заявление решение суд судья эксперт
        инспектор техник г ул д кв пр корп оф тел моб вх исх сумма итого всего ооо мвд гибдд уфмс загс осаго каско дтп
        застрахованный выгодоприобретатель страховщик продавец покупатель доверитель поверенный нотариус пострадавший
        умерший наследник ребенок мать отец опекун потерпевший потерпевшая лицо принял приняла агент представитель
        специалист категория модель мощность марка цвет тип год масса двигатель шасси кузов назначение операция
        """,
    )
)
_GIVEN_ENDINGS_FEMALE = (("ии", "ия"), ("ию", "ия"), ("ией", "ия"), ("ье", "ья"), ("ью", "ья"), ("ьей", "ья"),
                         ("ьи", "ья"), ("ы", "а"), ("у", "а"), ("ой", "а"), ("е", "а"), ("ей", "я"), ("ю", "я"),
                         ("и", "я"))  # fmt: skip


@cache
def _morphology() -> Any:
    """pymorphy3's analyser: 0.3 s and 30 MB, so it is loaded by the first name only."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def _titled(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def _patronymic(word: str) -> tuple[str, Gender, Case] | None:
    """Nominative, gender and case of a patronymic, or None when the word is none."""
    folded = word_view(fold(word))
    match = _FEMALE_PATRONYMIC.match(folded)
    if match:
        return _keep_case(word, match[1] + "а", match[1]), "female", _FEMALE_CASES[match[2]]
    match = _MALE_PATRONYMIC.match(folded)
    if match and len(match[1]) >= 5:
        return _keep_case(word, match[1], match[1]), "male", _MALE_CASES[match[2]]
    return None


def _keep_case(word: str, nominative: str, stem: str) -> str:
    """The nominative with the letters (ё) of the word as written where they are the same."""
    return _titled(word[: len(stem)] + nominative[len(stem) :])


@lru_cache(maxsize=8192)
def is_given_name(word: str) -> bool:
    """Whether the dictionary knows `word`, in any case, as a given name."""
    return any("Name" in parse.tag for parse in _morphology().parse(word.lower()) if parse.is_known)


@lru_cache(maxsize=8192)
def _given_gender(word: str) -> Gender | None:
    genders: set[Gender] = {
        "male" if "masc" in parse.tag else "female"
        for parse in _morphology().parse(word.lower())
        if "Name" in parse.tag and parse.is_known and ("masc" in parse.tag or "femn" in parse.tag)
    }
    return next(iter(genders)) if len(genders) == 1 else None


@lru_cache(maxsize=8192)
def _given(word: str, gender: Gender | None, case: Case | None) -> str:
    if case in (None, "nomn"):
        return _titled(word)
    wanted = {"male": "masc", "female": "femn"}.get(gender or "")
    for parse in _morphology().parse(word.lower()):
        if "Name" in parse.tag and parse.is_known and (wanted is None or wanted in parse.tag) and "sing" in parse.tag:
            if case not in parse.tag and not (
                case in ("gent", "accs") and ("gent" in parse.tag or "accs" in parse.tag)
            ):
                continue
            nominative = parse.inflect({"nomn", "sing"})
            if nominative is not None:
                return _with_yo(word, str(nominative.word))
    lower = word.lower()
    if gender == "female":
        for ending, nominative_ending in _GIVEN_ENDINGS_FEMALE:
            if lower.endswith(ending) and len(lower) > len(ending) + 1:
                return _titled(lower[: -len(ending)] + nominative_ending)
        return _titled(lower)
    for ending, nominative_ending in (("ия", "ий"), ("ию", "ий"), ("ием", "ий"), ("я", "й"), ("ю", "й"), ("ем", "й"),
                                      ("ом", ""), ("а", ""), ("у", ""), ("е", "")):  # fmt: skip
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return _titled(lower[: -len(ending)] + nominative_ending)
    return _titled(lower)


def _with_yo(word: str, nominative: str) -> str:
    """Keep the writer's е or ё: the dictionary answers with ё («Фёдора» and «Федора» both give «фёдор»)."""
    same = "ё" in word.lower()
    return _titled(nominative if same else nominative.replace("ё", "е"))


def _surname(word: str, gender: Gender | None, case: Case | None) -> str:
    if case in (None, "nomn") or gender is None or len(word) < 2:
        return _titled(word)
    if "-" in word:
        return "-".join(_surname(part, gender, case) for part in word.split("-"))
    lower = word.lower()
    if gender == "female":
        for stem in ("ов", "ев", "ёв", "ин", "ын"):
            for ending in ("ой", "ою", "у", "ы", "е"):
                if lower.endswith(stem + ending):
                    return _titled(lower[: -len(ending)] + "а")
        for ending in ("ской", "скую", "цкой", "цкую"):
            if lower.endswith(ending):
                return _titled(lower[:-2] + "ая")
        if lower.endswith(("ой", "ую")) and len(lower) > 5:
            return _titled(lower[:-2] + "ая")
        if lower.endswith("ей") and case in ("gent", "datv", "ablt") and len(lower) > 5:
            return _titled(lower)  # «Соловей» does not decline for women
        return _by_dictionary(lower, "femn", case)
    for stem in ("ов", "ев", "ёв", "ин", "ын"):
        for ending in ("ым", "а", "у", "е"):
            if lower.endswith(stem + ending):
                return _titled(lower[: -len(ending)])
    for ending, nominative in (("ского", "ский"), ("скому", "ский"), ("ским", "ский"), ("цкого", "цкий"),
                               ("цкому", "цкий"), ("ого", "ой"), ("ому", "ой"), ("его", "ий"),
                               ("ему", "ий")):  # fmt: skip
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return _titled(lower[: -len(ending)] + nominative)
    return _by_dictionary(lower, "masc", case)


def _by_dictionary(lower: str, gender: str, case: Case) -> str:
    vowels = "аеёиоуыэюя"
    for parse in _morphology().parse(lower):
        if "Surn" in parse.tag and gender in parse.tag and case in parse.tag:
            nominative = parse.inflect({"nomn", "sing"})
            if nominative is not None:
                return _titled(str(nominative.word))
    if gender == "femn":
        # a woman's surname on a consonant, -о or -ых does not decline; on -а it does
        if lower[-1] in "ыуе" and lower[-2] not in vowels:
            return _titled(lower[:-1] + "а")
        return _titled(lower[:-2] + "а") if lower.endswith("ой") and len(lower) > 4 else _titled(lower)
    if case == "ablt":
        for ending in ("ом", "ем"):
            if lower.endswith(ending):
                return _titled(lower[:-2])
    if case in ("gent", "accs", "datv") and lower[-1] in "ау" and lower[-2] not in vowels:
        return _titled(lower[:-1])
    if lower.endswith(("ья", "ью")):
        return _titled(lower[:-2] + "ей")
    if lower[-1] in "яю" and lower[-2] in vowels:
        return _titled(lower[:-1] + "й")
    if lower[-1] in "яю":
        return _titled(lower[:-1] + "ь")
    return _titled(lower)


def nominative(words: tuple[str, str, str], gender: Gender | None, case: Case | None) -> tuple[str, str, str]:
    """Surname, given name and patronymic brought from `case` to the nominative."""
    surname, given, patronymic = words
    found = _patronymic(patronymic) if patronymic else None
    return _surname(surname, gender, case), _given(given, gender, case), found[0] if found else _titled(patronymic)


def _is_word(word: str) -> bool:
    return fold(word) not in _NOT_NAME


def _full(text: str) -> Iterator[NameValue]:
    for run in _RUN.finditer(text):
        words = [
            (run.start() + match.start(), run.start() + match.end(), match.group())
            for match in re.finditer(r"[А-Яа-яЁё\-]+", run.group())
        ]
        position = 0
        while position < len(words):
            step = 1
            for item, used in _full_at(text, words, position):
                yield item
                step = used
                break
            position += step


def _full_at(text: str, words: list[tuple[int, int, str]], at: int) -> Iterator[tuple[NameValue, int]]:
    """A name whose first word is words[at]: surname given patronymic, given patronymic surname, given patronymic."""
    here = [word for _, _, word in words[at : at + 3]]
    if len(here) < 2 or not all(_is_word(word) for word in here[:2]):
        return
    if len(here) == 3 and _is_word(here[2]):
        tail = _TURKIC_TAIL.match(text, words[at + 2][1])
        third = _patronymic(here[2])
        if tail is not None:
            gender: Gender = "male" if _TURKIC[tail[1].lower()] == "male" else "female"
            yield (
                NameValue(
                    start=words[at][0], end=tail.end(), surname=_titled(here[0]), given=_titled(here[1]),
                    patronymic=f"{_titled(here[2])} {tail[1].lower()}", gender=gender, case=None, form="full",
                    value=f"{_titled(here[0])} {_titled(here[1])} {_titled(here[2])} {tail[1].lower()}",
                ),
                3,
            )  # fmt: skip
            return
        if third is not None and _patronymic(here[1]) is None:
            parts = nominative((here[0], here[1], here[2]), third[1], third[2])
            yield _named(words[at][0], words[at + 2][1], parts, third[1], third[2], "full"), 3
            return
    second = _patronymic(here[1])
    if second is not None and is_given_name(here[0]):
        if len(here) == 3 and _is_word(here[2]) and "\n" not in text[words[at + 1][1] : words[at + 2][0]]:
            parts = nominative((here[2], here[0], here[1]), second[1], second[2])
            yield _named(words[at][0], words[at + 2][1], parts, second[1], second[2], "full"), 3
            return
        parts = nominative(("", here[0], here[1]), second[1], second[2])
        yield _named(words[at][0], words[at + 1][1], parts, second[1], second[2], "given_patronymic"), 2


def _named(
    start: int, end: int, parts: tuple[str, str, str], gender: Gender | None, case: Case | None, form: NameForm
) -> NameValue:
    surname, given, patronymic = parts
    return NameValue(
        start=start, end=end, surname=surname, given=given, patronymic=patronymic, gender=gender, case=case, form=form,
        value=" ".join(part for part in parts if part),
    )  # fmt: skip


def _with_initials(text: str) -> Iterator[NameValue]:
    for pattern in (_INITIALS, _INITIALS_FIRST):
        for match in pattern.finditer(text):
            surname = match["surname"]
            if not _is_word(surname) or len(surname) < 3:
                continue
            second = match["second"] or ""
            initials = f"{match['first']}." + (f"{second}." if second else "")
            end = match.end()
            while text[end - 1].isspace() or text[end - 1] == ",":
                end -= 1
            yield NameValue(
                start=match.start(), end=end, value=f"{_titled(surname)} {initials}", surname=_titled(surname),
                given=match["first"] + ".", patronymic=f"{second}." if second else "", gender=None, case=None,
                form="initials",
            )  # fmt: skip


def _two_words(text: str) -> Iterator[NameValue]:
    """Surname and given name without a patronymic: «Гладышев Роман», «Марина Шелухина»."""
    for run in _RUN.finditer(text):
        words = list(re.finditer(r"[А-Яа-яЁё\-]+", run.group()))
        for first, second in pairwise(words):
            pair = (first.group(), second.group())
            if "\n" in run.group()[first.end() : second.start()] or not all(
                _is_word(word) and len(word) > 2 for word in pair
            ):
                continue
            given = [is_given_name(word) and _looks_surname(pair[1 - index]) for index, word in enumerate(pair)]
            if given[1]:
                surname, name = pair
            elif given[0]:
                name, surname = pair
            else:
                continue
            gender = _given_gender(name)
            yield NameValue(
                start=run.start() + first.start(), end=run.start() + second.end(), surname=_titled(surname),
                given=_titled(name), patronymic="", gender=gender, case=None, form="surname_given",
                value=f"{_titled(surname)} {_titled(name)}",
            )  # fmt: skip


@lru_cache(maxsize=8192)
def _looks_surname(word: str) -> bool:
    lower = word.lower()
    if re.search(
        r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|енко|ук|юк|ян|дзе|швили|ых|их|ой)$", lower
    ):
        return not any("Geox" in parse.tag for parse in _morphology().parse(lower) if parse.is_known)
    return any("Surn" in parse.tag for parse in _morphology().parse(lower)[:3])


def find_names(text: str) -> list[NameValue]:
    """Names of people in order: full, in capitals, in any case, with -оглы/-кызы, with initials, and pairs of words.

    A patronymic fixes gender and case, from which surname and given name are brought to the nominative; initials
    stay as written. Overlapping finds: the fuller form stays.
    """
    kept: list[NameValue] = []
    for finder in (_full, _with_initials, _two_words):
        for item in finder(text):
            if all(item.end <= other.start or item.start >= other.end for other in kept):
                kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def same_person(first: NameValue, second: NameValue) -> bool:
    """Whether two readings can be one person: surnames alike (any case, one letter), initials not in conflict."""
    a, b = fold(first.surname), fold(second.surname)
    stem = min(len(a), len(b), max(3, min(len(a), len(b)) - 2))
    if not a or not b or a[:stem] != b[:stem] or abs(len(a) - len(b)) > 3:
        return False
    pairs = ((first.given, second.given), (first.patronymic, second.patronymic))
    return all(not x or not y or fold(x)[0] == fold(y)[0] for x, y in pairs)
