"""Cues of document types as dated data, and their matching against noisy text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from rapidfuzz import fuzz

from text.look_alikes import word_view
from text.normalise import fold

Where = Literal["start", "title", "text"]

START_CHARS = 260
"""The beginning: the addressee's lines or the letterhead."""
TITLE_CHARS = 520
"""The first lines: as far as a title stands from the top under an addressee, a letterhead and a stamp."""
_FUZZY_FROM = 12
_FUZZY_RATIO = 84.0
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
        keep = [True] * len(folded)
        for match in _SPACED.finditer(folded):
            for place in range(match.start(), match.end()):
                if folded[place] == " ":
                    keep[place] = False
        shown: list[str] = []
        self.origin: list[int] = []
        for place, char in enumerate(folded):
            if not keep[place]:
                continue
            blank = char in " \t"
            if char == "\f":
                char = "\n"
            if blank and shown and shown[-1] in " \n":
                continue
            if char == "\n" and shown and shown[-1] == " ":
                shown.pop()
                self.origin.pop()
            shown.append(" " if blank else char)
            self.origin.append(place + offset)
        self.lines = "".join(shown)
        self.flat = self.lines.replace("\n", " ")

    def end_of(self, where: Where) -> int:
        return {"start": START_CHARS, "title": TITLE_CHARS, "text": len(self.flat)}[where]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of flat[start:end]."""
        if not self.origin or start >= len(self.origin):
            return 0, 0
        return self.origin[start], self.origin[min(end, len(self.origin)) - 1] + 1


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
