"""Passages, stock phrases, parsing and telling terms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.backends.contract import TermStatistics
from search.boilerplate import without_boilerplate
from search.decision import Decision, Section
from search.parse import LONGEST, parse
from search.passages import MOST_PASSAGES, decision_passages, passages, query_segments, sentences
from search.telling_terms import telling_terms


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def test_abbreviations_do_not_end_sentences() -> None:
    text = "Взыскать 100 руб. 50 коп. по ст. 15 ГК РФ. Отказать в ч. 2. Заявитель А. Б. Иванов прав!\nКонец"
    assert cut(text) == [
        "Взыскать 100 руб. 50 коп. по ст. 15 ГК РФ.",
        "Отказать в ч. 2.",
        "Заявитель А. Б. Иванов прав!",
        "Конец",
    ]


@given(st.text(alphabet="аб .\n!?АБ", max_size=400), st.integers(1, 9))
def test_passages_cover_every_word_in_order(text: str, words: int) -> None:
    spans = passages(text, words)
    joined = " ".join(text[span.start : span.end] for span in spans)
    assert joined.split() == text.split()
    assert all(len(text[span.start : span.end].split()) <= words for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_passages_are_even() -> None:
    text = " ".join(f"Слово{number}." for number in range(120))
    lengths = [len(text[span.start : span.end].split()) for span in passages(text, 110)]
    assert lengths == [60, 60]


def test_a_long_decision_keeps_its_facts_and_findings() -> None:
    long = " ".join(["слово"] * 110 * 9)
    decision = Decision(
        id="1", sections=tuple(Section(name=name, text=long) for name in ("header", "established", "findings"))
    )
    kept = decision_passages(decision)
    assert len(kept) == MOST_PASSAGES
    assert {passage.section for passage in kept} == {"established", "findings"}
    assert kept[0].start == 0
    assert kept[-1].end == len(long)


def test_a_query_has_at_most_two_segments_the_beginning_and_the_most_telling() -> None:
    part = " ".join(["слово"] * 179) + "."
    telling = " ".join(["слово"] * 170 + ["трасология"] * 9) + "."
    text = f"{part} {part} {telling} {part}".replace("слово.", "слово. А")
    first, second = query_segments(text, {"трасология": 5.0})
    assert first.start == 0
    assert "трасология" in text[second.start : second.end]
    assert len(query_segments("Коротко.", {})) == 1
    assert len(query_segments("", {})) == 1


def test_stock_phrases_are_blanked_in_place() -> None:
    text = "Здравствуйте! Мне отказали. Заранее спасибо, С уважением, Иван"
    blanked = without_boilerplate(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["Мне", "отказали.", "Иван"]


@pytest.mark.parametrize(
    "text",
    [
        '"износ',
        "«износ",
        "износ)(*[",
        "износ' OR 1=1; --",
        "износ AND NOT",
        "title:износ^9~",
        "(?:износ)+$",
        "износ\x00",
    ],
)
def test_whatever_is_typed_is_words(text: str) -> None:
    assert "износ" in parse(text).lemmas


def test_a_query_of_stop_words_alone_keeps_them() -> None:
    assert parse("и не о том").lemmas
    assert parse("").lemmas == ()
    assert parse("«период охлаждения» по кредиту").quoted == {"период", "охлаждение"}
    assert len(parse("а" * 200_000).text) == LONGEST


def test_the_telling_terms_are_the_rare_and_repeated_ones_that_occur() -> None:
    statistics = TermStatistics(
        decisions=100,
        mean_lemmas=10,
        mean_grams=10,
        frequency={("lemma", "суд"): 90, ("lemma", "утс"): 3, ("lemma", "дверь"): 3},
    )
    found = telling_terms("lemma", ["суд", "утс", "утс", "дверь", "нетакого"], statistics, 2)
    assert [term.text for term in found] == ["утс", "дверь"]
    assert found[0].weight > found[1].weight == 1.0
