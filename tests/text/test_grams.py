import pytest

from text.grams import word_grams


def test_grams_lie_inside_padded_words() -> None:
    assert word_grams("Суд ОСАГО") == ["_суд", "суд_", "_оса", "осаг", "саго", "аго_"]


@pytest.mark.parametrize(("text", "grams"), [("в", ["_в_"]), ("по", ["_по_"]), ("", []), ("—", [])])
def test_a_short_word_is_one_gram(text: str, grams: list[str]) -> None:
    assert word_grams(text) == grams


def test_yo_is_ye_and_repeats_stay() -> None:
    assert word_grams("ёлка елка") == ["_елк", "елка", "лка_"] * 2


def test_a_misread_letter_leaves_most_grams_alone() -> None:
    right, wrong = set(word_grams("возмещение")), set(word_grams("возмешение"))
    assert len(right & wrong) >= len(right) / 2


def test_length_of_grams_is_chosen() -> None:
    assert word_grams("суд", n=3) == ["_су", "суд", "уд_"]


def test_letter_and_mark_are_one_letter() -> None:
    assert word_grams("е\u0308лка") == word_grams("елка")
