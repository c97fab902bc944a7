"""Names of people in a decision: by form and morphology, by a neural model, and again wherever a surname recurs.

The model is slovnet's NER with navec vectors, which lie as data in the natasha wheel: natasha itself is never
imported (it wants a package that no longer exists), its files are opened by path.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from library.errors import NamesModelMissing
from text.normalise import fold
from text.values.names import NameValue, find_names, is_given_name, same_person

_NER_FILE = "model/slovnet_ner_news_v1.tar"
_VECTORS_FILE = "emb/navec_news_v1_1B_250K_300d_100q.tar"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """text[start:end] names a person; `person` counts persons from 0 by first appearance. `official`: the ombudsman,
    whose name stays."""

    start: int
    end: int
    person: int
    official: bool


_WORD = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]*(?:-[А-ЯЁ]?[А-ЯЁа-яё]+)*")
_CAPITALS = re.compile(r"[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})*")
_INITIAL = re.compile(r"(?<![А-Яа-яЁё])[А-ЯЁ]\s?\.(?:\s?-?[А-ЯЁ]\s?\.)?")
_INITIALS = re.compile(
    r"(?:(?<![А-Яа-яЁё\-])(?P<before>[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)?)[ ,]{1,2})?"
    r"(?<![А-Яа-яЁё.])(?P<first>[А-ЯЁ])\. ?(?P<second>(?:-?[А-ЯЁ]\. ?){1,2})?"
    r"(?:\n?(?P<after>[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)?)(?![А-Яа-яЁё]))?"
)
_OFFICIAL = re.compile(
    r"Уполномоченн[а-я]+ по правам потребителей[^.;(]{0,260}?"
    r"(?=[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+|[А-ЯЁ]\. ?[А-ЯЁ]\.)|"
    r"(?:Главн[а-я]+ ф|Ф)инансов[а-я]+ уполномоченн[а-я]+\s{1,60}(?=[А-ЯЁ][А-ЯЁа-яё.-]+)"
)
"""Before the ombudsman's name: its end is where the name begins."""
_OFFICIAL_AFTER = re.compile(r"\s?\(далее [–—-] Финансовый\s+уполномоченный\)")
_TAIL = re.compile(r"[ \-](?:оглы|оглу|улы|уулу|кызы|гызы|кизи)(?![а-яё])", re.IGNORECASE)
_FORMER_NAME = re.compile(r"фамили[яию][^«».;]{0,70}[«(„\"](?P<surname>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)[»)“\"]")
_OF_ORGANISATION = re.compile(
    r"(?:ООО|АО|ПАО|МКК|МФК|КПК|НПФ|Общество|Банк|банк|компания|Ломбард|ломбард|фонд)[^«»]{0,40}«[^»]*$"
)
_NEVER = frozenset(
    re.findall(
        r"\w+",
        """
        заявитель заявительница финансовая финансовый организация уполномоченный обращение договор общество банк россия
        российская федерация закон гк рф ко апк гпк служба решение взыскать требование страховщик потерпевший верховный
        суд пленум правительство министерство транспортное средство единая методика дтп осаго каско ломбард кооператив
        фонд положение правила европротокол госуслуги интернет москва область край республика кусп увд овд мвд гибдд
        """,
    )
)
_ROLE = re.compile(
    r"(?:заявител|заемщи|займодав|кредитор|должни|страховщи|страховател|потерпевш|пайщи|вкладчи|клиент|водител|"
    r"собственни|владел|наследни|выгодоприобретател|застрахованн|получател|плательщи|опекун|покупател|продав|цесси|цедент)"
)


@cache
def _recogniser() -> Any:
    """slovnet's NER: 30 MB and a second to load. Raises NamesModelMissing."""
    spec = importlib.util.find_spec("natasha")
    folder = Path(spec.origin).parent / "data" if spec is not None and spec.origin else None
    if folder is None or not (folder / _NER_FILE).is_file() or importlib.util.find_spec("slovnet") is None:
        raise NamesModelMissing
    from navec import Navec
    from slovnet import NER

    recogniser = NER.load(folder / _NER_FILE)
    recogniser.navec(Navec.load(folder / _VECTORS_FILE))
    return recogniser


@cache
def _morphology() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def _titled(text: str) -> str:
    """Capitals in names as small letters, length kept: the model was trained on news and knows no shouting."""

    def title(match: re.Match[str]) -> str:
        return "-".join(part[:1] + part[1:].lower() for part in match.group().split("-"))

    return _CAPITALS.sub(lambda match: title(match) if len(match.group()) > 3 else match.group(), text)


def find_person_names(text: str) -> list[PersonName]:
    """Every name in joined `text`, grouped by person. Raises NamesModelMissing."""
    values = _found(text)
    values += _again(text, values)
    values.sort(key=lambda value: value.start)
    return _by_person(text, values)


def names_by_model_alone(text: str) -> list[tuple[int, int]]:
    """What the model calls a person in `text` as it stands: the peer our own finding is measured against."""
    spans = []
    for start, end in _paragraphs(text):
        spans += [
            (start + span.start, start + span.stop)
            for span in (_recogniser()(text[start:end]).spans if text[start:end].strip() else ())
            if span.type == "PER"
        ]
    return spans


def _found(text: str) -> list[NameValue]:
    """Names by form first: they know the parts of a name; then what the model sees beside them."""
    kept: list[NameValue] = []
    by_form = [value for value in find_names(text) if value.form != "initials"]
    known = frozenset(_stem(value.surname) for value in by_form)
    for value in [*by_form, *_of_initials(text, known), *_of_model(text), *_former(text)]:
        value = _with_tail(text, value)
        if _is_public_word(value) or _inside_organisation(text, value):
            continue
        crossing = [other for other in kept if value.start < other.end and other.start < value.end]
        if not crossing:
            kept.append(value)
        elif len(crossing) == 1 and value.start <= crossing[0].start and value.end >= crossing[0].end:
            kept[kept.index(crossing[0])] = replace(crossing[0], start=value.start, end=value.end)
    return kept


def _with_tail(text: str, value: NameValue) -> NameValue:
    tail = _TAIL.match(text, value.end)
    return replace(value, end=tail.end()) if tail else value


def _of_initials(text: str, known: frozenset[str]) -> Iterator[NameValue]:
    """Surnames with initials on either side: of «Службы Б.Г. Мухаметшарипов» the word that can be a surname.

    `known`: stems of surnames that stand with a full name elsewhere in the text.
    """

    def likeness(word: str) -> int:
        return 4 if _stem(word) in known else _surname_likeness(word)

    for match in _INITIALS.finditer(text):
        before, after = match["before"], match["after"]
        if before is None and after is None:
            continue
        chosen = "before" if before is not None else "after"
        if before is not None and after is not None and likeness(after) > likeness(before):
            chosen = "after"
        if fold(match[chosen]) in _NEVER or (match["second"] is None and likeness(match[chosen]) < 2):
            continue  # «А. Документы», «г. Москва»: one initial proves little
        start = match.start("before") if chosen == "before" else match.start("first")
        initials_end = match.end("second") if match["second"] else match.end("first") + 1
        end = match.end("after") if chosen == "after" else start + len(text[start:initials_end].rstrip())
        yield _name(start, end, match[chosen], match["first"], (match["second"] or "").strip(" -.")[:1])


@lru_cache(maxsize=8192)
def _surname_likeness(word: str) -> int:
    """3: the dictionary knows a surname; 2: it does not know the word; 1: a noun that may be one; 0: no surname."""
    if fold(word) in _NEVER:
        return 0
    parses = [parse for parse in _morphology().parse(word.lower()) if parse.is_known]
    if not parses:
        return 2
    if any("Surn" in parse.tag for parse in parses):
        return 3
    return 1 if "NOUN" in parses[0].tag or "ADJF" in parses[0].tag else 0


def _former(text: str) -> Iterator[NameValue]:
    for match in _FORMER_NAME.finditer(text):
        yield _name(*match.span("surname"), match["surname"])


def _of_model(text: str) -> Iterator[NameValue]:
    places = [(start, end) for start, end in _paragraphs(text) if _WORD.search(text, start, end)]
    answers = _recogniser().map(_titled(text[start:end]) for start, end in places)
    for (start, _), answer in zip(places, answers, strict=True):
        for span in answer.spans:
            if span.type != "PER":
                continue
            words = [
                word
                for word in _WORD.finditer(text, start + span.start, start + span.stop)
                if len(word.group()) > 1 and not _ROLE.match(fold(word.group()))
            ]
            if all(_is_common_word(part) for word in words for part in word.group().split("-")):
                continue
            if len(words) == 1 and _agrees_with_next(text, words[0]):
                continue
            surname = words[0].group() if len(words) < 3 and not is_given_name(words[0].group()) else words[-1].group()
            if len(words) == 3:
                surname = words[0].group()
            initials = _INITIAL.search(text, start + span.start, start + span.stop)
            yield _name(start + span.start, start + span.stop, surname, initials.group()[0] if initials else "")


@lru_cache(maxsize=8192)
def _is_common_word(word: str) -> bool:
    """A word of the dictionary that is nobody's name: «Заявительница», «Отклонён»."""
    parses = [parse for parse in _morphology().parse(word.lower()) if parse.is_known]
    return bool(parses) and not any(tag in parse.tag for parse in parses for tag in ("Name", "Surn", "Patr"))


def _agrees_with_next(text: str, word: re.Match[str]) -> bool:
    """«Автогражданская ответственность»: an adjective, if one no dictionary knows, before a noun it agrees with."""
    after = re.match(r" ([а-яё]{4,})", text[word.end() : word.end() + 40])
    if after is None or "-" in word.group():
        return False
    nouns = [parse.tag for parse in _morphology().parse(after[1]) if parse.is_known and "NOUN" in parse.tag]
    guesses = [parse.tag for parse in _morphology().parse(word.group().lower()) if "ADJF" in parse.tag]
    return any(a.case == b.case and a.number == b.number for a in guesses for b in nouns)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n|(?<=[а-яё0-9»)]{2}[.;]) (?=[А-ЯЁ–])", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _name(start: int, end: int, surname: str, first: str = "", second: str = "") -> NameValue:
    return NameValue(
        start=start, end=end, value=surname, surname=surname, given=first, patronymic=second, gender=None, case=None,
        form="initials",
    )  # fmt: skip


def _is_public_word(value: NameValue) -> bool:
    return fold(value.surname) in _NEVER or value.surname in ("", "ФИО")


def _inside_organisation(text: str, value: NameValue) -> bool:
    return bool(_OF_ORGANISATION.search(text[max(0, value.start - 90) : value.start]))


def _stem(surname: str) -> str:
    """What stays of a surname in every case: «Мороза» and «Морозу» → «мороз»; short ones keep all but a vowel."""
    folded = fold(surname)
    cut = re.sub(r"(?:ого|его|ому|ему|ыми|ими|ой|ою|ей|ым|им|ом|ем|ых|их|ая|яя|ую|юю|ы|и|а|я|у|ю|е|о|ь|й)$", "", folded)
    return cut if len(cut) >= 3 else folded


def _again(text: str, found: Iterable[NameValue]) -> list[NameValue]:
    """Surnames that were found as part of a name, standing alone: «бывшая супруга Доли», «Кравец, жительница …»."""
    stems = {_stem(value.surname) for value in found if len(value.surname) > 2 and not value.surname.endswith(".")}
    taken = [(value.start, value.end) for value in found]
    again = []
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < 3 or _stem(word) not in stems or _begins_sentence_as_common_word(text, match):
            continue
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        value = _name(match.start(), match.end(), word)
        if not _is_public_word(value) and not _inside_organisation(text, value):
            again.append(value)
    return again


def _begins_sentence_as_common_word(text: str, match: re.Match[str]) -> bool:
    """«Мороз повредил трубы»: a word the dictionary knows as no surname, where a capital says nothing."""
    before = text[: match.start()].rstrip(' «„"(–—-')
    begins = not before or before[-1] in ".!?:;\n"
    if not begins:
        return False
    parses = _morphology().parse(match.group().lower())
    return bool(parses) and "Surn" not in parses[0].tag and "NOUN" not in parses[0].tag


def _by_person(text: str, values: list[NameValue]) -> list[PersonName]:
    persons: list[list[NameValue]] = []
    officials: set[int] = set()
    signed = {match.end() for match in _OFFICIAL.finditer(text)}
    which: list[int] = []
    for value in values:
        fitting = [number for number, known in enumerate(persons) if all(_may_be_one(value, other) for other in known)]
        exact = [number for number in fitting if _stem(persons[number][0].surname) == _stem(value.surname)]
        number = exact[0] if exact else fitting[0] if fitting else len(persons)
        if number == len(persons):
            persons.append([])
        persons[number].append(value)
        which.append(number)
        if value.start in signed or _OFFICIAL_AFTER.match(text, value.end):
            officials.add(number)
    return [
        PersonName(start=value.start, end=value.end, person=number, official=number in officials)
        for value, number in zip(values, which, strict=True)
    ]


def _may_be_one(first: NameValue, second: NameValue) -> bool:
    return same_person(first, second) and _stem(first.surname)[:4] == _stem(second.surname)[:4]
