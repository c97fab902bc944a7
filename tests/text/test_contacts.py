import pytest

from text.values.contacts import find_contacts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+7 911 000-41-18", "+79110004118"),
        ("8 (937) 000-88-41", "+79370008841"),
        ("т. 8-951-000-77-14,", "+79510007714"),
        ("тел. 89510007714", "+79510007714"),
        ("+7 (8452) 000-733", "+78452000733"),
        ("тел. домашний (383) 000-15-64", "+73830001564"),
        ("m.sheluhina@pochta.example", "m.sheluhina@pochta.example"),
        ("M.Sheluhina @ pochta.example", "m.sheluhina@pochta.example"),
        ("timval91@pochta. example", "timval91@pochta.example"),
        ("a.b@pochta.ru. Прошу", "a.b@pochta.ru"),
        ("осень@mail.гu", None),
    ],
)
def test_contacts(text: str, value: str | None) -> None:
    assert [item.value for item in find_contacts(text)] == ([value] if value else [])


@pytest.mark.parametrize("text", ["ИНН 7707083893", "40817810656116369968", "12.03.2025 8 часов", "№ 8 927 000"])
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert find_contacts(text) == []
