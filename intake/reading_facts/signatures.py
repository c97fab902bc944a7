"""Whether a paper is signed, how, and by whom: marks on the page, «(подпись)» in texts, words of electronic signing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.evidence import Quote
from intake.facts import Signed
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span
from ocr.document import Box, Line, Mark

SURE_MARK = 0.5
_TAIL = 420
_REACH = 90

_KINDS_OF_ELECTRONIC = (
    "электронн*",
    "пэп",
    "укэп",
    "унэп",
    "кэп",
    "эп",
    "эцп",
    "есиа",
    "госуслуг*",
    "госключ*",
    "госключом",
    "усиленн*",
)
_SIGNING = ("подпис*", "подписан*", "подписано", "пэп", "укэп", "унэп", "кэп", "эп", "эцп", "госключ*")
_PORTAL = ("через портал", "через личный кабинет", "через госуслуги", "кодом из приложения", "кодом из смс", "код* из")
_WRITTEN = re.compile(r"\(\s*(?:личная\s+)?(?:подп[а-я]{2,4}|росп[а-я]{2,4})[^)\n]{0,40}\)")
_HAND_ON_SCAN = ("подпись от руки", "подпись в прикрепленном", "подпись собственноручн*")
_EMPTY = re.compile(r"(?:_\s?){4,}|(?:[-—.]\s?){8,}")
# Ink over a printed «подпись» is read as foreign letters («Подпись Annan», «подпись \\MMZ»): print leaves none there.
_INK_AS_LETTERS = re.compile(r"[a-z][a-z|\\]+")
_SPECKS = re.compile(r"[a-z©®<>\\`~°]")
_EMPTY_LABEL = re.compile(r"подп[а-я]{2,4}\s*[:/]?\s*(?:_\s?){2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    signed: Signed
    who: str | None
    quotes: tuple[Quote, ...]


def signature_of(sheet: Sheet, surname: str | None = None) -> Signature:
    """How the paper is signed.

    A mark that looks like a signature decides for paper; next come the literal «(подпись)» of a text, words of an
    electronic signature at the end of the paper, an empty printed line. `surname`: whose signature is looked for.
    """
    electronic = _electronic(sheet)
    marks = [(page, mark) for page, mark in sheet.marks if mark.kind == "signature" and mark.confidence >= SURE_MARK]
    written = _last(_WRITTEN, sheet.folded) or _misread_signature(sheet)
    if written is not None and not _is_counterparty(sheet, written, surname):
        span = _with_name(sheet, written)
        return Signature(signed="handwritten", who=_words(sheet, span), quotes=sheet.quotes(span))
    if electronic is not None:
        return Signature(signed="electronic", who=_words(sheet, electronic), quotes=sheet.quotes(electronic))
    hand = sheet.words.first(_HAND_ON_SCAN)
    if hand is not None:
        return Signature(signed="handwritten", who=None, quotes=sheet.quotes(hand))
    if marks:
        return _from_marks(sheet, marks, surname)
    label = _label_with(sheet, _INK_AS_LETTERS)
    if label is not None:
        return Signature(signed="handwritten", who=_words(sheet, label), quotes=sheet.quotes(label))
    if not sheet.readable or _label_with(sheet, _SPECKS) is not None:
        return Signature(signed="unknown", who=None, quotes=())
    empty = _last(_EMPTY_LABEL, sheet.folded) or _last(_EMPTY, sheet.folded, max(0, len(sheet.folded) - _TAIL))
    if empty is not None:
        span = sheet.sentences.line(empty.start)
        return Signature(signed="empty_line", who=None, quotes=sheet.quotes(span))
    name = _name_at_end(sheet, surname)
    bare = _bare_label(sheet, surname)
    if bare is not None:
        return Signature(signed="empty_line", who=None, quotes=sheet.quotes(bare))
    # On a picture a faint stroke may be missed: beside a printed «подпись» it is looked for with a closer eye
    # (`ocr.marks_labels`), elsewhere "not found" is no proof of "not there".
    pictured = any(page.source in ("ocr", "mixed") for page in sheet.text.document.pages)
    return Signature(signed="unknown" if pictured else "unsigned", who=None, quotes=sheet.quotes(name))


def _bare_label(sheet: Sheet, surname: str | None) -> Span | None:
    """The line of a printed «подпись» with nothing behind it but the signer's name: its ruled line is not read."""
    for label in sheet.words.within(("подпись",), max(0, len(sheet.folded) - _TAIL)):
        line = sheet.sentences.line(label.end - 1)
        behind = re.sub(r"[^а-яa-z]+", " ", sheet.folded[label.end : line.end]).split()
        stem = stem_of_surname(surname).rstrip("*") if surname else None
        if not behind or (stem is not None and behind[0].startswith(stem) and len(behind) <= 3):
            return line
    return None


def _misread_signature(sheet: Sheet) -> Span | None:
    """«(подпнсь)»: the word in parentheses with a letter misread."""
    for label in reversed(sheet.words.within(("подпись", "роспись"), max(0, len(sheet.folded) - _TAIL))):
        if sheet.folded[max(0, label.start - 2) : label.start].strip().endswith("("):
            return Span(label.start - 1, min(len(sheet.folded), label.end + 1))
    return None


def _label_with(sheet: Sheet, scraps: re.Pattern[str]) -> Span | None:
    """The line of a printed «подпись» that is followed by such scraps; a ruled line after it is none."""
    for label in sheet.words.within(("подпись",), max(0, len(sheet.folded) - _TAIL)):
        line = sheet.sentences.line(label.end - 1)
        if scraps.search(sheet.folded, label.end, line.end):
            return line
    return None


def _electronic(sheet: Sheet) -> Span | None:
    start = max(0, len(sheet.folded) - _TAIL)
    words = sheet.words
    best: Span | None = None
    for signing in words.within(_SIGNING, start):
        line = sheet.sentences.line(signing.start)
        low, high = max(start, signing.start - _REACH), signing.end + _REACH
        kinds = list(words.within((*_KINDS_OF_ELECTRONIC, *_PORTAL), low, high))
        if not kinds:
            continue
        near = min(kinds, key=lambda k: abs(k.start - signing.start))
        span = Span(min(signing.start, near.start), max(signing.end, near.end))
        if span.start >= line.start and span.end <= line.end and line.end - line.start <= 110:
            span = line
        else:
            tail = re.match(r"[^.\n]{0,40}\)", sheet.folded[span.end :])
            span = Span(span.start, span.end + (tail.end() if tail else 0))
        best = span
    if best is None:
        portal = words.first(("подписано через", "подписано кодом", "подтверждено кодом"), start)
        if portal is not None:
            best = sheet.sentences.line(portal.start)
    return best


def _last(pattern: re.Pattern[str], text: str, start: int = 0) -> Span | None:
    found = None
    for match in pattern.finditer(text, start):
        found = Span(*match.span())
    return found


def _is_counterparty(sheet: Sheet, written: Span, surname: str | None) -> bool:
    """«Гаврилова (подпись)» under an appeal of another person is that person's signature only if it is the last."""
    return False if surname is None else sheet.type == "APPEAL_FU" and written.start < len(sheet.folded) // 3


def _with_name(sheet: Sheet, written: Span) -> Span:
    """The signature with the name before (or after) it on its line."""
    line = sheet.sentences.line(written.start)
    before = re.search(r"((?:по доверенности\s+)?[^\s\d|]+(?:\s+[а-яa-z]\s?\.\s?(?:[а-яa-z]\s?\.)?)?)\s*\Z",
                       sheet.folded[line.start : written.start])  # fmt: skip
    if before is not None and re.search(r"[а-я]{3}", before.group(1)):
        return Span(line.start + before.start(1), written.end)
    return Span(written.start, max(written.end, min(line.end, written.end + 30)))


def _words(sheet: Sheet, span: Span) -> str:
    return " ".join(sheet.text.text[span.start : span.end].split())


def _name_at_end(sheet: Sheet, surname: str | None) -> Span | None:
    if not surname:
        return None
    found = sheet.words.within((stem_of_surname(surname),), max(0, len(sheet.folded) - _TAIL))
    if not found:
        return None
    return sheet.sentences.line(found[-1].start)


def stem_of_surname(surname: str) -> str:
    """A cue that matches the surname in any case: «Вострецова» gives «вострецов*»."""
    folded = surname.lower().replace("ё", "е")
    bare = re.sub(r"(?:ого|ому|ыми|ым|ой|ою|ый|ий|ая|ую|а|у|ы|е|о|я|ю|и)\Z", "", folded) if len(folded) > 4 else folded
    return f"{bare}*"


def _from_marks(sheet: Sheet, marks: list[tuple[int, Mark]], surname: str | None) -> Signature:
    """The mark nearest to the name at the end of the paper, shown together with that line."""
    name = _name_at_end(sheet, surname)
    line = _page_line(sheet, name) if name is not None else None
    best_page, best = max(marks, key=lambda item: (item[0], item[1].box.y1))
    if line is not None:
        line_page, line_box = line
        same_page = [mark for page, mark in marks if page == line_page]
        if same_page:
            best = min(same_page, key=lambda mark: abs(_middle(mark.box) - _middle(line_box)))
            best_page = line_page
            if abs(_middle(best.box) - _middle(line_box)) < 0.06 and name is not None:
                text = _words(sheet, name)
                quote = Quote(document=sheet.document, page=best_page, boxes=(line_box, best.box), text=text)
                return Signature(signed="handwritten", who=text, quotes=(quote,))
    near = _line_near(sheet, best_page, best.box)
    text = near.text if near is not None else "[подпись]"
    boxes = (best.box,) if near is None else (near.box, best.box)
    return Signature(
        signed="handwritten",
        who=near.text if near is not None else None,
        quotes=(Quote(document=sheet.document, page=best_page, boxes=boxes, text=text),),
    )


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _page_line(sheet: Sheet, span: Span) -> tuple[int, Box] | None:
    quote = sheet.quote(span.start, span.end)
    return None if quote is None or not quote.boxes else (quote.page, quote.boxes[-1])


def _line_near(sheet: Sheet, number: int, box: Box) -> Line | None:
    """The printed line at the height of the mark."""
    for page in sheet.text.document.pages:
        if page.number != number:
            continue
        lines = [line for line in page.lines if line.box.y0 - 0.01 <= _middle(box) <= line.box.y1 + 0.01]
        return min(lines, key=lambda line: abs(_middle(line.box) - _middle(box)), default=None)
    return None
