"""Cues of document types as dated data, and their matching against noisy text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from intake.dictionary import is_word
from text.look_alikes import word_view
from text.normalise import fold

Where = Literal["start", "title", "text"]

START_CHARS = 260
"""The beginning: the addressee's lines or the letterhead."""
TITLE_CHARS = 520
"""The first lines: as far as a title stands from the top under an addressee, a letterhead and a stamp."""
_FUZZY_FROM = 12
_FUZZY_RATIO = 84.0
_LONG_WORD = re.compile(r"[а-яa-z0-9][а-яa-z0-9$©'’]{4,}")
_SPLIT_WORD = re.compile(r"(?<![а-я])(?=([а-я]{2,}) ([а-я]{2,})(?![а-я]))")
_JOINED_FROM = 8  # letters of a word that a blank inside hides
_LONGEST_ENDING = 4
_TITLE_FROM = 8  # letters of a word alone on its line, of which two may be misread
_SPACED = re.compile(r"(?<![^\s])(?:[^\W\d_] ){3,}[^\W\d_](?![^\s])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """One phrase (`find`) or `pattern`; `weight` is what it adds to the log-odds of its type."""

    find: str | None
    pattern: re.Pattern[str] | None
    where: Where
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeCues:
    code: str
    name: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A cue that was found: its share of the score and its place in the original text."""

    weight: float
    where: Where
    start: int
    end: int


class CueText:
    """A text as cues see it: folded, spaced-out titles joined, runs of blanks as one; `origin` leads back."""

    def __init__(self, text: str, offset: int = 0) -> None:
        folded = word_view(fold(text))
        spaced = {
            place
            for match in _SPACED.finditer(folded)
            for place in range(match.start(), match.end())
            if folded[place] == " "
        }
        shown: list[str] = []
        origin: list[int] = []
        for place, char in enumerate(folded):
            if place in spaced:
                continue
            blank = char in " \t"
            if blank and shown and shown[-1] in " \n":
                continue
            if char in "\n\f" and shown and shown[-1] == " ":
                shown.pop()
                origin.pop()
            shown.append(" " if blank else "\n" if char == "\f" else char)
            origin.append(place + offset)
        self.lines, self.origin = _spelled(*_joined("".join(shown), origin))
        self.flat = self.lines.replace("\n", " ")

    def end_of(self, where: Where) -> int:
        return {"start": START_CHARS, "title": TITLE_CHARS, "text": len(self.flat)}[where]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of flat[start:end]."""
        if not self.origin or start >= len(self.origin):
            return 0, 0
        return self.origin[start], self.origin[min(end, len(self.origin)) - 1] + 1


def _spelled(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """`text` with the beginnings of misread long words as the cues spell them; `origin` follows the new letters."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for match in _LONG_WORD.finditer(text):
        if 2 * sum("а" <= char <= "я" for char in match.group()) < len(match.group()):
            continue
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        stem = _stem_like(match.group(), before in ("", "\n") and after in ("", "\n"))
        if stem is None:
            continue
        known, length = stem
        start, end = match.start(), match.start() + length
        pieces += [text[last:start], known]
        places += origin[last:start]
        places += [origin[min(start + number, end - 1)] for number in range(len(known))]
        last = end
    pieces.append(text[last:])
    places += origin[last:]
    return "".join(pieces), places


def _joined(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """`text` without the blank inside a word of the cues: «пре тензия», «дове ренность»."""
    stems = _stems()
    dropped = set()
    for match in _SPLIT_WORD.finditer(text):
        word = match[1] + match[2]
        if any(
            word[:length] in known
            for length, known in stems.items()
            if max(_JOINED_FROM, len(match[1]) + 1) <= length <= len(word) <= length + _LONGEST_ENDING
        ):
            dropped.add(match.end(1))
    kept = [place for place in range(len(text)) if place not in dropped]
    return "".join(text[place] for place in kept), [origin[place] for place in kept]


@lru_cache(maxsize=65536)
def _stem_like(word: str, alone: bool) -> tuple[str, int] | None:
    """The cue stem that `word` begins with but for a misread letter (two in ten letters, or in a word `alone` on its
    line, as titles are), and how much of the word it takes.

    None when the word begins as some stem does, is another word of Russian («выпуск» is no «выписка»), or resembles no
    stem.
    """
    if is_word(word):
        return None
    stems = _stems()
    if any(word[:length] in known for length, known in stems.items()):
        return None
    best: tuple[int, int, str] | None = None
    for length in sorted(stems, reverse=True):
        if len(word) < length - 1:
            continue
        allowed = 2 if length >= 10 or (alone and length >= _TITLE_FROM) else 1
        beginning = word[:length]
        found = process.extractOne(beginning, stems[length], scorer=Levenshtein.distance, score_cutoff=allowed)
        if found is not None and (best is None or (found[1], -length) < (best[0], -best[1])):
            best = (int(found[1]), length, str(found[0]))
    return (best[2], min(best[1], len(word))) if best is not None else None


@cache
def _stems() -> dict[int, frozenset[str]]:
    """The words and beginnings of words that cues are made of, by length, from six letters on."""
    words = {
        word
        for kind in load_cues()
        for cue in kind.cues
        for source in (cue.find or "", cue.pattern.pattern if cue.pattern else "")
        for word in re.findall(r"[а-я]{6,}", source)
    }
    return {length: frozenset(w for w in words if len(w) == length) for length in {len(word) for word in words}}


@cache
def load_cues() -> tuple[TypeCues, ...]:
    """All types with their cues, in the order of the file."""
    raw = tomllib.loads((files("intake.document_types") / "cues.toml").read_text(encoding="utf-8"))
    return tuple(
        TypeCues(
            code=entry["code"],
            name=entry["name"],
            cues=tuple(
                Cue(
                    find=cue.get("find"),
                    pattern=re.compile(cue["pattern"]) if "pattern" in cue else None,
                    where=cue["where"],
                    weight=float(cue["weight"]),
                )
                for cue in entry["cues"]
            ),
        )
        for entry in raw["type"]
    )


def match_cue(cue: Cue, text: CueText) -> Match | None:
    """Where `cue` stands in its zone of `text`, exactly or with a few letters misread; None when it does not."""
    zone_end = min(text.end_of(cue.where), len(text.flat))
    if cue.pattern is not None:
        # a line break may stand where the paper's author put a blank, so both forms are tried
        found = cue.pattern.search(text.lines, 0, zone_end) or cue.pattern.search(text.flat, 0, zone_end)
        if found is None:
            return None
        start, end = text.span(*found.span())
        return Match(weight=cue.weight, where=cue.where, start=start, end=end)
    phrase = cue.find or ""
    zone = text.flat[:zone_end]
    place = zone.find(phrase)
    if place >= 0:
        start, end = text.span(place, place + len(phrase))
        return Match(weight=cue.weight, where=cue.where, start=start, end=end)
    if len(phrase) < _FUZZY_FROM or len(zone) < len(phrase):
        return None
    near = fuzz.partial_ratio_alignment(phrase, zone, score_cutoff=_FUZZY_RATIO)
    if near is None:
        return None
    start, end = text.span(near.dest_start, near.dest_end)
    return Match(weight=cue.weight * near.score / 100, where=cue.where, start=start, end=end)
