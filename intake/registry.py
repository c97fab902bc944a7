"""The registry of financial organisations as values: pure data, handed in by the caller.

Reading a snapshot and resolution of a name or ИНН against it live here too; storage lives in `cases.organisations`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz.distance import Levenshtein

from intake.errors import (
    RegistryColumnsMissing,
    RegistryColumnsUneven,
    RegistryDuplicate,
    RegistryNotText,
    RegistryRejected,
    RegistryValueInvalid,
)
from text.errors import ErrorNote
from text.normalise import fold
from text.values.identifiers import inn_is_valid, ogrn_is_valid

Resolution = Literal["found", "ambiguous", "absent"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """One row of a registry snapshot. `services` are product codes; it answers from `interaction_from` on."""

    inn: str
    ogrn: str
    name: str
    short_name: str
    kind: str
    services: tuple[str, ...]
    interaction_from: date
    licence_revoked: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """A snapshot; `as_of` None means that no registry has been imported."""

    as_of: date | None
    organisations: tuple[Organisation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    organisation: Organisation
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """The answer to "who is this?": `matches` best first; exactly one when `resolution` is "found"."""

    resolution: Resolution
    matches: tuple[Match, ...]


# --- reading a snapshot -------------------------------------------------------------------------------------------

_COLUMNS = ("name", "short_name", "inn", "ogrn", "kind", "services", "interaction_from", "licence_revoked")
_KINDS = ("insurer", "bank", "mfo", "pawnshop", "kpk", "npf")
_MAY_BE_EMPTY = ("short_name", "licence_revoked")


def read_registry_csv(data: bytes, as_of: date) -> Registry:
    """The snapshot of `as_of` from a `;`-separated file: name;short_name;inn;ogrn;kind;services;interaction_from;
    licence_revoked (columns in any order, further ones ignored).

    Raises `RegistryNotText`, `RegistryColumnsMissing`, or `RegistryRejected` with every problem of every line:
    a registry that silently lost a line would refuse that organisation's consumers.
    """
    reader = csv.reader(io.StringIO(_decoded(data), newline=""), delimiter=";")
    header = [title.strip().lower() for title in next(reader, [])]
    missing = [column for column in _COLUMNS if column not in header]
    if missing:
        raise RegistryColumnsMissing(columns=", ".join(missing))
    organisations: list[Organisation] = []
    problems: list[ErrorNote] = []
    lines_of_inn: dict[str, int] = {}
    for values in reader:
        line = reader.line_num
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(header):
            problems.append(RegistryColumnsUneven(line=line, found=len(values), expected=len(header)).note())
            continue
        row = dict(zip(header, (value.strip() for value in values), strict=True))
        wrong = [column for column in _COLUMNS if not _is_valid(column, row[column])]
        problems += [RegistryValueInvalid(line=line, column=column, value=row[column]).note() for column in wrong]
        if wrong:
            continue
        if row["inn"] in lines_of_inn:
            problems.append(RegistryDuplicate(line=line, inn=row["inn"], first_line=lines_of_inn[row["inn"]]).note())
            continue
        lines_of_inn[row["inn"]] = line
        organisations.append(
            Organisation(
                inn=row["inn"],
                ogrn=row["ogrn"],
                name=row["name"],
                short_name=row["short_name"],
                kind=row["kind"],
                services=tuple(service.strip() for service in row["services"].split(",") if service.strip()),
                interaction_from=_as_date(row["interaction_from"]),
                licence_revoked=_as_date(row["licence_revoked"]) if row["licence_revoked"] else None,
            )
        )
    if problems:
        raise RegistryRejected(tuple(problems), count=len(problems), first=problems[0].message)
    return Registry(as_of=as_of, organisations=tuple(organisations))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RegistryNotText()


def _is_valid(column: str, value: str) -> bool:
    if not value:
        return column in _MAY_BE_EMPTY
    if column == "inn":
        return len(value) == 10 and inn_is_valid(value)
    if column == "ogrn":
        return len(value) == 13 and ogrn_is_valid(value)
    if column == "kind":
        return value in _KINDS
    if column == "services":
        return all(re.fullmatch(r"[A-Z_]+", service.strip()) for service in value.rstrip(",").split(","))
    if column in ("interaction_from", "licence_revoked"):
        try:
            _as_date(value)
        except ValueError:
            return False
    return True


def _as_date(value: str) -> date:
    if re.fullmatch(r"\d\d\.\d\d\.\d{4}", value):
        value = f"{value[6:]}-{value[3:5]}-{value[:2]}"
    return date.fromisoformat(value)


# --- who is this? -------------------------------------------------------------------------------------------------

_LEGAL_FORMS = re.compile(
    r"\b(?:публичное акционерное общество|непубличное акционерное общество|открытое акционерное общество"
    r"|закрытое акционерное общество|акционерное общество|общество с ограниченной ответственностью"
    r"|пао|нао|оао|зао|ао|ооо)\b"
)
# What a name says about the kind of organisation: told apart from the name proper, because letters write
# «Страховая компания „X“», the policy «СК „X“» and the applicant just «X».
_KIND_WORDS = (
    ("npf", re.compile(r"\bнегосударственн\w+ пенсионн\w+ фонд\w*\b|\bнпф\b")),
    (
        "kpk",
        re.compile(
            r"\bкредитн\w+ потребительск\w+ кооператив\w*(?: граждан)?\b|\bкредитн\w+ кооператив\w*\b|\bкпкг?\b"
        ),
    ),
    ("mfo", re.compile(r"\bмикро(?:кредитн|финансов)\w+ (?:компани|организаци)\w+\b|\b(?:мкк|мфк|мфо)\b")),
    ("pawnshop", re.compile(r"\bломбард\w*\b")),
    ("bank", re.compile(r"\b(?:акционерн\w+ )?коммерческ\w+ банк\w*\b|\bбанк(?:а|у|ом|е)?\b|\bакб\b|\bкб\b")),
    (
        "insurer",
        re.compile(r"\b(?:пере)?страхов\w+ (?:компани|обществ|акционерн|групп|дом)\w*\b|\b(?:ск|со|сао|спао|осао)\b"),
    ),
)
_LIFE = re.compile(r"\b(?:страховани\w+ )?жизн[ьи]\b")
_BRANCH = re.compile(
    r"(?:\b\w+(?:ск|цк)(?:ий|ого|ом|ому|им|ое|ая|ой)\s+)?"
    r"\b(?:филиал|отделени|представительств|доп\w*\W+офис|операционн\w+ офис|в лице)\w*\b.*|\(.*?\)"
)
_WORD = re.compile(r"[a-zа-я0-9]+")
_SAME_NAME = 0.8  # share of letters that agree; two misread letters in a name of eleven
_NEAR_NAME = 0.62  # a badly misread name of a known organisation: never "absent"
_SAME_WORD = 0.75
_MISREAD_DIGITS = 2
_PLAIN_KINDS = ("банк", "ломбард", "страховая", "страховое", "компания", "общество")
_SCRAP = 2  # what is left of a badly read «АО» or «СК» before the name
_LONGEST_ENDING = 3  # letters of a case ending: «Семейного Амбара» is «Семейный Амбар»


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    kinds: frozenset[str]
    has_form: bool

    @property
    def joined(self) -> str:
        return "".join(self.words)


def resolve(registry: Registry, name: str | None, inn: str | None) -> Resolved:
    """Who is meant by a name, an ИНН or an ОГРН (given as `inn`) as they stand in a document.

    A number with a right check digit decides; a misread one says nothing. A name is compared without quotes, legal
    form and kind of organisation, letters forgiving OCR. A name that several organisations could bear, or that only
    partly agrees, or a misread number near a known one, is "ambiguous": a person decides. `Match.score` is 0..1.
    """
    digits = re.sub(r"\D", "", inn or "")
    for organisation in registry.organisations:
        if digits and digits in (organisation.inn, organisation.ogrn):
            return Resolved(resolution="found", matches=(Match(organisation=organisation, score=1.0),))
    by_name = _resolve_name(registry.organisations, name) if name else Resolved(resolution="absent", matches=())
    sound = inn_is_valid(digits) or ogrn_is_valid(digits)
    if by_name.resolution == "absent" and digits and not sound:
        return _resolve_misread(registry.organisations, digits)
    if sound and by_name.resolution == "found":
        # The number is sound and not in the registry, the name is: a namesake or a misread digit that passes.
        return Resolved(resolution="ambiguous", matches=by_name.matches)
    return by_name


def _resolve_name(organisations: Sequence[Organisation], name: str) -> Resolved:
    asked = _name_of(name)
    if not asked.words:
        return Resolved(resolution="absent", matches=())
    whole: list[Match] = []
    partial: list[Match] = []
    near: list[Match] = []
    for organisation in organisations:
        if asked.kinds and organisation.kind not in asked.kinds:
            continue
        known = [_name_of(organisation.name), _name_of(organisation.short_name)]
        score = max(_likeness(asked, other) for other in known)
        if score >= _SAME_NAME:
            whole.append(Match(organisation=organisation, score=round(score, 4)))
        elif any(_contains(other.words, asked.words) or _contains(asked.words, other.words) for other in known):
            partial.append(Match(organisation=organisation, score=round(score, 4)))
        elif score >= _NEAR_NAME:
            near.append(Match(organisation=organisation, score=round(score, 4)))
    candidates = sorted(whole + partial or near, key=lambda match: (-match.score, match.organisation.inn))
    if not candidates:
        return Resolved(resolution="absent", matches=())
    if len(whole) == 1 and (not partial or _told_apart(asked, whole[0], partial)):
        return Resolved(resolution="found", matches=tuple(whole))
    return Resolved(resolution="ambiguous", matches=tuple(candidates))


def _resolve_misread(organisations: Sequence[Organisation], digits: str) -> Resolved:
    """Organisations whose number is one or two digits from one whose check digit is wrong: a person decides."""
    near = [
        Match(organisation=organisation, score=round(Levenshtein.normalized_similarity(digits, number), 4))
        for organisation in organisations
        for number in (organisation.inn, organisation.ogrn)
        if Levenshtein.distance(digits, number, score_cutoff=_MISREAD_DIGITS) <= _MISREAD_DIGITS
    ]
    return Resolved(resolution="ambiguous" if near else "absent", matches=tuple(near))


def _told_apart(asked: _Name, whole: Match, partial: Sequence[Match]) -> bool:
    """With a legal form the kind is part of the name, and it stands in the agreeing name and in no other candidate.

    Without one («Страховая компания „X“») people call every insurer so.
    """
    if len(asked.words) > 1 and all(
        _contains(asked.words, _name_of(match.organisation.short_name).words) for match in partial
    ):
        return True  # «Янтарный Щит Жизнь» holds «Янтарный Щит» and is not it
    named = _name_of(whole.organisation.name).kinds & asked.kinds
    return (
        asked.has_form and bool(named) and not any(_name_of(match.organisation.name).kinds & named for match in partial)
    )


def _likeness(asked: _Name, other: _Name) -> float:
    letters = Levenshtein.normalized_similarity(asked.joined, other.joined)
    if len(asked.words) == len(other.words) and all(map(_is_same_word, asked.words, other.words)):
        return max(letters, _SAME_NAME)
    return letters


def _is_same_word(first: str, second: str) -> bool:
    if Levenshtein.normalized_similarity(first, second) >= _SAME_WORD:
        return True
    stem = min(len(first), len(second)) - _LONGEST_ENDING + 1
    return stem > _LONGEST_ENDING and first[:stem] == second[:stem] and abs(len(first) - len(second)) < _LONGEST_ENDING


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """All words of `part` in `words` one after another, each forgiving a misread letter; a lone short word never."""
    if len("".join(part)) < 5 or len(part) >= len(words):
        return False
    return any(
        all(map(_is_same_word, words[start : start + len(part)], part)) for start in range(len(words) - len(part) + 1)
    )


def _name_of(name: str) -> _Name:
    folded = _BRANCH.sub(" ", fold(name).replace('"', " "))
    folded = re.sub(r"[-.,;:/]+", " ", folded)
    folded = _LIFE.sub(" жизнь ", re.sub(r"\s+", " ", folded))
    folded, forms = _LEGAL_FORMS.subn(" ", folded)
    folded = re.sub(r"\s+", " ", folded)
    folded = _WORD.sub(_kind_word_read_badly, folded)
    kinds = set()
    for kind, pattern in _KIND_WORDS:
        folded, found = pattern.subn(" ", folded)
        if found:
            kinds.add(kind)
    words = _WORD.findall(folded)
    while len(words) > 1 and len(words[0]) <= _SCRAP:
        del words[0]
    return _Name(tuple(words), frozenset(kinds), forms > 0)


def _kind_word_read_badly(match: re.Match[str]) -> str:
    """«Ванк» is a bank: no name of an organisation is one letter from these words."""
    word = match.group()
    return next((kind for kind in _PLAIN_KINDS if Levenshtein.distance(word, kind, score_cutoff=1) <= 1), word)
