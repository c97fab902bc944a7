import itertools
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from text.lemmas import lemma_spans, lemmas, stop_lemmas


def test_words_become_their_dictionary_forms() -> None:
    assert lemmas("Выплаченного страхового возмещения по полису ОСАГО") == [
        "выплатить", "страховой", "возмещение", "по", "полис", "осаго",
    ]  # fmt: skip


def test_yo_is_ye_in_text_and_in_the_dictionary() -> None:
    assert lemmas("счёта") == lemmas("счета") == ["счет"]
    assert lemmas("ещё") == ["еще"]


def test_numbers_and_latin_words_stay_as_they_are() -> None:
    assert lemmas("ст. 333.1 ГК, VIN, SWIFT") == ["ст", "333", "1", "гк", "vin", "swift"]


def test_latin_look_alikes_inside_a_russian_word_do_not_hide_it() -> None:
    assert lemmas("дoгoвopу") == ["договор"]


def test_letter_and_mark_are_one_letter() -> None:
    assert lemmas("страховои\u0306") == ["страховой"]


def test_hyphens_cut_words_but_join_them_at_a_lines_end() -> None:
    assert lemmas("интернет-банка") == ["интернет", "банк"]
    assert lemmas("по дого-\n  вору") == ["по", "договор"]
    assert lemmas("дого\u00adвору") == ["договор"]
    assert lemmas("Мамин-\nСибиряк")[1] == "сибиряк"


def test_spans_say_where_a_word_stands_in_the_text_as_given() -> None:
    text = "По «дого-\nвору» № 15: счётом\u00a0и"
    spans = lemma_spans(text)
    assert [(span.lemma, text[span.start : span.end]) for span in spans] == [
        ("по", "По"), ("договор", "дого-\nвору"), ("15", "15"), ("счет", "счётом"), ("и", "и"),
    ]  # fmt: skip


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_spans_and_lemmas_agree_on_any_text(text: str) -> None:
    spans = lemma_spans(text)
    assert [span.lemma for span in spans] == lemmas(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))


def test_stop_lemmas_are_lemmas_and_spare_negations() -> None:
    stops = stop_lemmas()
    assert {"и", "в", "который", "быть"} <= stops
    assert not {"не", "ни", "без", "нет"} & stops
    assert all(word == word.lower() and "ё" not in word for word in stops)


def test_the_dictionary_is_loaded_by_the_first_word_only() -> None:
    code = "import sys, text.lemmas, text.grams; print('pymorphy3' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
