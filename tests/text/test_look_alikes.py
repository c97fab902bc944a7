from hypothesis import given
from hypothesis import strategies as st

from text.look_alikes import digit_readings, digit_view, to_cyrillic, to_latin, word_view
from text.normalise import fold


@given(st.text())
def test_views_keep_the_length(text: str) -> None:
    for view in (digit_view, word_view, to_cyrillic, to_latin, fold):
        assert len(view(text)) == len(text)


def test_letters_inside_numbers_become_digits() -> None:
    assert digit_view("2l.О1.2О22 и 5О7ll2") == "21.01.2022 и 507112"
    assert digit_view("15О ООО,ОО руб") == "150 000,00 руб"


def test_words_plates_and_forms_keep_their_letters() -> None:
    kept = "ООО «Око» О471КВ39 XW8ZZZ61ZKG004471 Зоя"

    assert digit_view(kept) == kept


def test_digits_inside_words_become_letters() -> None:
    assert word_view("сентя6ря д0говор") == "сентября договор"


def test_readings_of_a_doubtful_character() -> None:
    assert digit_readings("1?") == ("12", "17")
    assert digit_readings("1ж") == ()
