"""The types of the papers of a package, by cues, with calibrated probabilities and the right to abstain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.document_types.cues import CueText, Match, TypeCues, load_cues, match_cue
from intake.document_types.letters import letter_scores, read_letter
from intake.page_text import DocumentText
from intake.report import Part, TypedDocument
from ocr.document import Document, Grade

FALLBACK = "OTHER"
_TEMPERATURE = 0.65
"""Softness of the softmax over cue scores; fitted on labelled papers with 0, 3 and 8 % of their letters misread."""
_FALLBACK_SCORE = 0.8
"""What speaks for an unknown paper before any cue does; fitted together with the temperature."""
_SURE = 0.5
_COVERED = 0.95
_LARGEST_SET = 6
_OWN_PAGE_SCORE = 5.0
_OPENING_SCORE = 4.0
_OPENING_AFTER = 150
_OPENERS = frozenset({"STS", "PTS", "POLICY_OSAGO", "PASSPORT", "SNILS", "DKP"})
"""Papers small enough to share a page with another one."""
_GRADES: tuple[Grade, ...] = ("unreadable", "poor", "usable", "good")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """What a run of text is: `probabilities` of every type, best first; `title` = span of the cue that names it."""

    type: str
    probability: float
    probabilities: tuple[tuple[str, float], ...]
    score: float
    title: tuple[int, int] | None


def recognise(text: str, offset: int = 0) -> Recognised:
    """The type of one paper's text; spans are offsets in it plus `offset`. Never fails: no cue at all is OTHER."""
    cue_text = CueText(text, offset)
    scores: dict[str, float] = {}
    titles: dict[str, Match] = {}
    for kind in load_cues():
        matches = list(_matches(kind, cue_text))
        scores[kind.code] = sum(match.weight for match in matches)
        named = [match for match in matches if match.weight > 1.0 and match.where != "text"]
        if named:
            titles[kind.code] = max(named, key=lambda match: match.weight)
    scores[FALLBACK] = scores.get(FALLBACK, 0.0) + _FALLBACK_SCORE
    for code, added in letter_scores(read_letter(cue_text), scores).items():
        scores[code] += added
    top = max(scores.values())
    powers = {code: math.exp((score - top) / _TEMPERATURE) for code, score in scores.items()}
    whole = sum(powers.values())
    ranked = tuple(sorted(((code, power / whole) for code, power in powers.items()), key=lambda pair: -pair[1]))
    best = ranked[0][0]
    title = titles.get(best)
    return Recognised(
        type=best,
        probability=ranked[0][1],
        probabilities=ranked,
        score=scores[best],
        title=(title.start, title.end) if title else None,
    )


def _matches(kind: TypeCues, text: CueText) -> Iterator[Match]:
    for cue in kind.cues:
        match = match_cue(cue, text)
        if match is not None:
            yield match


def recognise_types(texts: Sequence[DocumentText]) -> tuple[TypedDocument, ...]:
    """The type of every document, in order; a document in which another paper begins has several `parts`.

    A document that failed or has no words has type None; the type of a document is that of its first part.
    """
    return tuple(_typed(text) for text in texts)


def _typed(text: DocumentText) -> TypedDocument:
    document = text.document
    if document.error is not None or not text.text.strip():
        return _document(document, None, ())
    runs = list(_runs(text))
    recognised = [found if found is not None else recognise(_text_of(text, run)) for run, found in runs]
    parts: list[Part] = []
    for (run, _), found in zip(runs, recognised, strict=True):
        pages = [number for number, _, _ in run]
        parts.append(Part(type=found.type, first_page=pages[0], last_page=pages[-1]))
        start, end = run[0][1], run[-1][2]
        parts.extend(
            Part(type=type_, first_page=page, last_page=page) for type_, page in _openings(text, start, end, found.type)
        )
    return _document(document, recognised[0], tuple(parts))


def _document(document: Document, found: Recognised | None, parts: tuple[Part, ...]) -> TypedDocument:
    grades = [page.grade for page in document.pages]
    return TypedDocument(
        id=document.id,
        path=document.path,
        name=document.name,
        copy_of=document.copy_of,
        type=found.type if found else None,
        type_probability=round(found.probability, 4) if found else None,
        type_set=_set_of(found) if found else (),
        type_abstained=found is None or found.probability < _SURE,
        parts=parts,
        pages=len(document.pages),
        grade=min(grades, key=_GRADES.index) if grades else None,
        error=document.error,
    )


def _set_of(found: Recognised) -> tuple[str, ...]:
    """The likeliest types that together hold 95 %."""
    chosen: list[str] = []
    covered = 0.0
    for code, probability in found.probabilities:
        chosen.append(code)
        covered += probability
        if covered >= _COVERED or len(chosen) == _LARGEST_SET:
            break
    return tuple(chosen)


_Pages = list[tuple[int, int, int]]


def _page_spans(text: DocumentText) -> _Pages:
    """Number, start and end of each page in the document's text."""
    spans: _Pages = []
    start = 0
    for number, piece in zip(text.pages, text.text.split("\f"), strict=True):
        spans.append((number, start, start + len(piece)))
        start += len(piece) + 1
    return spans


def _text_of(text: DocumentText, run: _Pages) -> str:
    return text.text[run[0][1] : run[-1][2]]


def _runs(text: DocumentText) -> Iterator[tuple[_Pages, Recognised | None]]:
    """Pages that belong together: a page that names itself as another paper begins a new one.

    A run of one page comes with what the page was recognised as.
    """
    run: _Pages = []
    alone: Recognised | None = None
    type_of_run = ""
    for page in _page_spans(text):
        found = recognise(_text_of(text, [page]))
        if not run:
            run, alone, type_of_run = [page], found, found.type
            continue
        names_itself = found.title is not None and found.score >= _OWN_PAGE_SCORE and found.probability >= 0.9
        if names_itself and found.type != type_of_run and found.type != FALLBACK:
            yield run, alone
            run, alone, type_of_run = [page], found, found.type
        else:
            run, alone = [*run, page], None
    if run:
        yield run, alone


def _openings(text: DocumentText, start: int, end: int, type_: str) -> Iterator[tuple[str, int]]:
    """Papers that begin lower on a page: a title in capitals at the beginning of a line, with its own cues below."""
    kinds = [kind for kind in load_cues() if kind.code in _OPENERS and kind.code != type_]
    seen: set[str] = set()
    line_start = start
    for line in text.text[start:end].split("\n"):
        here = line_start
        line_start += len(line) + 1
        letters = [char for char in line if char.isalpha()]
        capitals = sum(char.isupper() for char in letters)
        if here - start < _OPENING_AFTER or len(letters) < 12 or capitals < 0.6 * len(letters):
            continue
        below = CueText(text.text[here:end], here)
        for kind in kinds:
            if kind.code in seen:
                continue
            matches = list(_matches(kind, below))
            titled = any(m.where == "title" and m.weight >= _OPENING_SCORE and m.start <= here + 6 for m in matches)
            if titled and sum(match.weight for match in matches) >= _OWN_PAGE_SCORE:
                seen.add(kind.code)
                yield kind.code, _page_at(text, here)


def _page_at(text: DocumentText, place: int) -> int:
    for number, start, end in _page_spans(text):
        if start <= place <= end:
            return number
    return text.last_page
