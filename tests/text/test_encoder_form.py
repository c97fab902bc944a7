import pytest

from text.encoder.form import encoder_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("страховои\u0306", "страховой"),
        ("дого\u00adвор", "договор"),
        ("дого-\nвор", "договор"),
        ("дого- \r\n  вор", "договор"),
        ("Мамин-\nСибиряк", "Мамин- Сибиряк"),
        ("интернет-банк", "интернет-банк"),
        ("  два\u00a0слова\n\n", "два слова"),
        ("", ""),
        ("\u00ad \n", ""),
    ],
)
def test_text_enters_the_encoder_in_one_form(text: str, form: str) -> None:
    assert encoder_form(text) == form
