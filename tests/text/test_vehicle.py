import pytest

from text.values.vehicle import find_vehicle_numbers, vin_check_digit_agrees


def found(text: str) -> list[tuple[str, str]]:
    return [(item.kind, item.value) for item in find_vehicle_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "VIN XW8ZZZ61ZKG004471",
        "VIN: ХW8ZZZ61ZКG004471",
        "vin xw8zzz61zkg004471",
        "VIN XW8ZZZ61Z KG004471",
        "XW8ZZZ61ZKG004471",
    ],
)
def test_a_vin_is_latin(text: str) -> None:
    assert found(text) == [("vin", "XW8ZZZ61ZKG004471")]


def test_letters_for_digits_in_a_vin_are_repaired() -> None:
    (item,) = find_vehicle_numbers("VIN XW8ZZZ61ZKGОО4471")

    assert (item.value, item.repaired) == ("XW8ZZZ61ZKG004471", True)


def test_a_vin_with_a_lost_letter_is_shown_as_failed() -> None:
    (item,) = find_vehicle_numbers("VIN XW8ZZZ61ZKG04471 цвет")

    assert item.check == "failed"


def test_the_check_digit_passes_or_says_nothing() -> None:
    assert vin_check_digit_agrees("1M8GDM9AXKP042788")
    assert [item.check for item in find_vehicle_numbers("VIN 1M8GDM9AXKP042788")] == ["passed"]
    assert [item.check for item in find_vehicle_numbers("VIN 1M8GDM9A1KP042788")] == ["none"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("рег. знак О471КВ39", "О471КВ39"),
        ("гос. знак O471KB39 (латиницей)", "О471КВ39"),
        ("номер т 806 он 163", "Т806ОН163"),
        ("знак 0471КВ39", "О471КВ39"),
        ("О4З1КВ39", "О431КВ39"),
        ("такси АА 123 77", "АА12377"),
    ],
)
def test_plates_in_one_alphabet(text: str, value: str) -> None:
    assert found(text) == [("plate", value)]


@pytest.mark.parametrize("text", ["дом 12 кв 48", "ул. Мира, 81", "А000АА77", "договор КК-88104420", "№ 10 от 5 мая"])
def test_no_plate_here(text: str) -> None:
    assert found(text) == []


def test_papers_of_a_vehicle() -> None:
    assert ("sts", "9974118053") in found("СВИДЕТЕЛЬСТВО О РЕГИСТРАЦИИ ТС 99 74 118053")
    assert ("sts", "39КВ806235") in found("СТС 39 KB № 806235")
    assert ("pts", "63РА118204") in found("Паспорт ТС 63 РА 118204")
    assert ("epts", "164302077004416") in found("ЭПТС 164302077004416")


def test_a_certificate_names_both_its_own_number_and_the_passport() -> None:
    text = "СВИДЕТЕЛЬСТВО О РЕГИСТРАЦИИ ТС\nПаспорт ТС 63 РА 118204\n99 27 440118"

    assert set(found(text)) == {("pts", "63РА118204"), ("sts", "9927440118")}
