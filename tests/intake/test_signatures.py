"""Signed by hand, electronically, or not: texts, marks on the page, ink read as letters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.page_text import DocumentText
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.signatures import signature_of
from ocr.document import Box, Mark
from tests.factories import document_from_text
from tests.intake.papers import FILED, sheet

BODY = "Финансовому уполномоченному\nОбращение\nПрошу взыскать 5 000 рублей.\n"


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("20.05.2026 Рябинина (подпись)", "handwritten"),
        ("Директор Ярыгин В.Д. (подпись, печать)", "handwritten"),
        ("Рябинина (роспись)", "handwritten"),
        ("Подписано простой электронной подписью через ЕСИА: Рябинина О.П.", "electronic"),
        ("20.05.2026, УНЭП «Госключ»", "electronic"),
        ("подпись: простая электронная (ЕСИА)", "electronic"),
        ("20.05.2026 подписано через Госуслуги", "electronic"),
        ("Рябинина О.П., ЭП", "electronic"),
        ("20.05.2026 ____________________ / Рябинина О.П.", "empty_line"),
        ("подпись ______ Рябинина", "empty_line"),
        ("20.05.2026 Рябинина О.П.", "unknown"),
        ("20.05.2026 Рябинина О.П.\nподпись", "empty_line"),
        ("20.05.2026\nПодпись / Рябинина О.П. /", "empty_line"),
        ("моя подпись на договоре подделана, 20.05.2026 Рябинина", "unknown"),
        ("Рябинина Подпись Annan", "handwritten"),
        ("Рябинина Подпись ©", "unknown"),
    ],
)
def test_how_the_paper_ends(ending: str, signed: str) -> None:
    assert signature_of(sheet(BODY + ending), "Рябинина").signed == signed


def test_an_electronic_signature_of_the_contract_in_the_story_signs_nothing() -> None:
    story = "Договор подписан простой электронной подписью, которой я не ставила. " + "Так было дело. " * 40
    assert signature_of(sheet(BODY + story + "\n20.05.2026 Рябинина"), "Рябинина").signed == "unknown"


def test_a_text_without_a_signature_is_unsigned_a_picture_may_hide_one() -> None:
    document = document_from_text(BODY + "20.05.2026 Рябинина О.П.")
    digital = replace(document, pages=(replace(document.pages[0], source="text_layer"),))
    paper = replace(sheet(BODY), text=DocumentText(0, digital))
    assert signature_of(paper, "Рябинина").signed == "unsigned"


def _with_mark(text: str, confidence: float) -> Sheet:
    document = document_from_text(text)
    line = document.pages[0].lines[-1].box
    mark = Mark(kind="signature", box=Box(0.6, line.y0 - 0.01, 0.75, line.y1 + 0.01), confidence=confidence)
    return replace(sheet(text), text=DocumentText(0, document), marks=((1, mark),), reference=FILED)


def test_a_mark_beside_the_name_is_shown_with_it() -> None:
    found = signature_of(_with_mark(BODY + "20.05.2026 Рябинина", 0.9), "Рябинина")
    assert found.signed == "handwritten"
    assert found.who == "20.05.2026 Рябинина"
    assert Box(0.6, found.quotes[0].boxes[-1].y0, 0.75, found.quotes[0].boxes[-1].y1) in found.quotes[0].boxes


def test_a_doubtful_mark_signs_nothing() -> None:
    assert signature_of(_with_mark(BODY + "20.05.2026 Рябинина", 0.2), "Рябинина").signed == "unknown"


def test_an_unreadable_paper_is_neither_signed_nor_unsigned() -> None:
    assert signature_of(replace(sheet(BODY), readable=False), "Рябинина").signed == "unknown"
