"""How well anonymisation and anatomy do on decisions whose truth is known.

A span counts as found when every letter and digit of it was replaced, whatever class the replacement has: what is
hidden is hidden. A replacement counts as right when it touches a span of the truth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from library.anatomy import Anatomy
from library.anonymise.pseudonyms import Anonymised


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueSpan:
    """text[start:end] is personal data of class `kind`; «public» where it must stay."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AnonymisationScore:
    """Of one document. By class: spans there, of them hidden; replacements made, of them right.

    `public`, `destroyed`: public spans, of them touched. `missed`, `wrong`: the texts, for the eye.
    """

    there: Mapping[str, int]
    hidden: Mapping[str, int]
    made: Mapping[str, int]
    right: Mapping[str, int]
    public: int
    destroyed: int
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]


def score_anonymisation(text: str, truth: Iterable[TrueSpan], answer: Anonymised) -> AnonymisationScore:
    covered = {place for one in answer.replacements for place in range(one.start, one.end)}
    personal: set[int] = set()
    there: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    missed = []
    public = destroyed = 0
    wrong = []
    for span in truth:
        places = range(span.start, span.end)
        if span.kind == "public":
            public += 1
            if not covered.isdisjoint(places):
                destroyed += 1
                wrong.append(("public", text[span.start : span.end]))
            continue
        personal.update(places)
        there[span.kind] += 1
        if all(place in covered for place in places if text[place].isalnum()):
            hidden[span.kind] += 1
        else:
            missed.append((span.kind, text[max(0, span.start - 30) : span.end]))
    made: Counter[str] = Counter(one.kind for one in answer.replacements)
    right: Counter[str] = Counter()
    for one in answer.replacements:
        if personal.isdisjoint(range(one.start, one.end)):
            wrong.append((one.kind, text[one.start : one.end]))
        else:
            right[one.kind] += 1
    return AnonymisationScore(
        there=there,
        hidden=hidden,
        made=made,
        right=right,
        public=public,
        destroyed=destroyed,
        missed=tuple(missed),
        wrong=tuple(wrong),
    )


_MARK = re.compile(r"⟦(?P<kind>[a-z_]+):(?P<text>[^⟧]*)⟧")


def marked_text(marked: str) -> tuple[str, tuple[TrueSpan, ...]]:
    """A text written as «… ⟦name:Петров А.А.⟧ …»: the text without marks, and its spans."""
    pieces = []
    spans = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        start = length + len(before)
        spans.append(TrueSpan(kind=match["kind"], start=start, end=start + len(match["text"])))
        pieces += [before, match["text"]]
        length = spans[-1].end
        position = match.end()
    pieces.append(marked[position:])
    return "".join(pieces), tuple(spans)


def total(scores: Sequence[AnonymisationScore], field: str, kind: str | None = None) -> int:
    """The sum of a count over documents, of one class or of all."""
    counted: int = sum(
        sum(getattr(score, field).values()) if kind is None else getattr(score, field).get(kind, 0) for score in scores
    )
    return counted


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueAnatomy:
    """`sections`: name → start; claims in the order of the decision: (outcome, claimed, awarded)."""

    sections: Mapping[str, int]
    number: str | None
    date: str | None
    outcome: str | None
    claims: tuple[tuple[str, float | None, float | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnatomyScore:
    """Right of all: sections that begin within three characters of the truth, the head's facts, the claims' parts."""

    sections: tuple[int, int]
    facts: tuple[int, int]
    claim_outcomes: tuple[int, int]
    claim_amounts: tuple[int, int]


def score_anatomy(truth: TrueAnatomy, found: Anatomy) -> AnatomyScore:
    starts = {place.name: place.start for place in found.sections}
    near = sum(abs(starts.get(name, -99) - start) <= 3 for name, start in truth.sections.items())
    head = (truth.number, truth.date, truth.outcome)
    said = (found.number, found.date.isoformat() if found.date else None, found.outcome)
    outcomes = amounts = 0
    if len(found.claims) == len(truth.claims):
        for (outcome, claimed, awarded), claim in zip(truth.claims, found.claims, strict=True):
            outcomes += outcome == claim.outcome
            amounts += _same(claimed, claim.amount_claimed) and _same(awarded, claim.amount_awarded)
    return AnatomyScore(
        sections=(near, len(truth.sections)),
        facts=(sum(a == b for a, b in zip(head, said, strict=True)), len(head)),
        claim_outcomes=(outcomes, len(truth.claims)),
        claim_amounts=(amounts, len(truth.claims)),
    )


def _same(truth: float | None, found: object) -> bool:
    return truth is found is None or (truth is not None and found is not None and abs(truth - float(str(found))) < 0.01)
