from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.page_text import DocumentText
from intake.reading_facts.echoes import with_echoes
from ocr.document import Box, Document, Line, Page, Quad, Word

from .facts_factory import APPEAL, CLAIM, POLICY, REPLY, SOUND, fact, paper, sign

TEXTS = {
    APPEAL: "Заявление подала 25.12.2025, полис от 02.03.2026.\nПретензию вручила, отказали 02.03.2026 письмом.",
    CLAIM: "ПРЕТЕНЗИЯ\n16.02.2026",
    REPLY: "Исх. № 77 от 02.03.2026",
    POLICY: "СТРАХОВОЙ ПОЛИС\nЦель использования: личная\nКБМ",
    4: "СТС",
}


def text(index: int, words: str) -> DocumentText:
    pieces: list[Word] = []
    lines: list[Line] = []
    for number, line in enumerate(words.split("\n")):
        first = len(pieces)
        for order, word in enumerate(line.split()):
            box = Box(0.05 * order, 0.1 * number, 0.05 * order + 0.04, 0.1 * number + 0.05)
            pieces.append(Word(text=word, box=box, quad=Quad.of(box), confidence=1.0, line=number))
        lines.append(Line(text=line, box=Box(0, 0, 1, 1), words=(first, len(pieces) - 1), block=0))
    page = Page(
        number=1,
        width=100,
        height=100,
        source="ocr",
        source_reason="",
        grade="good",
        text=words,
        words=tuple(pieces),
        lines=tuple(lines),
    )
    return DocumentText(index, Document(id=str(index), path="", name="", pages=(page,)))


ALL = [text(index, words) for index, words in TEXTS.items()]


def test_the_appeals_own_clause_on_a_day_is_added_after_the_letters_and_the_telling_one_is_taken() -> None:
    found = with_echoes(SOUND, ALL)
    assert found.reply_date is not None
    assert [(quote.document, quote.text) for quote in found.reply_date.quotes] == [
        (REPLY, "2026-03-02"),
        (APPEAL, "отказали 02.03.2026 письмом."),
    ]
    assert found.reply_date.value == date(2026, 3, 2)


def test_a_day_the_appeal_is_already_quoted_for_or_does_not_tell_stays_as_it_is() -> None:
    found = with_echoes(SOUND, ALL)
    assert found.initial_application_date == SOUND.initial_application_date
    assert found.claim_date == SOUND.claim_date


def test_a_policy_for_private_use_is_shown_beside_the_consumer_and_not_beside_a_trader() -> None:
    found = with_echoes(SOUND, ALL)
    assert found.applicant_type is not None
    assert [quote.text for quote in found.applicant_type.quotes] == [
        "Иванова Анна Петровна",
        "Цель использования: личная",
    ]
    trader = replace(SOUND, applicant_type=fact("entrepreneur"))
    assert with_echoes(trader, ALL).applicant_type == trader.applicant_type


def test_nothing_but_quotes_changes() -> None:
    facts = replace(SOUND, signs=(sign("court_mention", "суд"),), papers=(*SOUND.papers, paper(4, "OTHER")))
    found = with_echoes(facts, ALL)
    assert replace(found, reply_date=facts.reply_date, applicant_type=facts.applicant_type) == facts
