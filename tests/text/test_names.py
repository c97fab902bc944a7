import pytest

from text.values.names import find_names, same_person


@pytest.mark.parametrize(
    ("text", "value", "gender"),
    [
        ("от Нурмухаметова Ильдара Фанисовича", "Нурмухаметов Ильдар Фанисович", "male"),
        ("Ершовой Таисии Петровне", "Ершова Таисия Петровна", "female"),
        ("доверяю Мельниченко Дарью Олеговну", "Мельниченко Дарья Олеговна", "female"),
        ("ШЕЛУХИНА МАРИНА БОРИСОВНА", "Шелухина Марина Борисовна", "female"),
        ("Жданович Аллы Эдуардовны", "Жданович Алла Эдуардовна", "female"),
        ("Жукову Льву Ильичу", "Жуков Лев Ильич", "male"),
        ("Островского Фёдора Кузьмича", "Островский Фёдор Кузьмич", "male"),
        ("Белинской Анны Львовны", "Белинская Анна Львовна", "female"),
        ("Толстую Анну Львовну", "Толстая Анна Львовна", "female"),
        ("Цой Ларисы Викторовны", "Цой Лариса Викторовна", "female"),
        ("Черных Игоря Львовича", "Черных Игорь Львович", "male"),
        ("Салтыковой-Щедриной Анны Павловны", "Салтыкова-Щедрина Анна Павловна", "female"),
        ("Лебедев\nИгорь\nСтепанович", "Лебедев Игорь Степанович", "male"),
    ],
)
def test_a_name_in_any_case_is_brought_to_the_nominative(text: str, value: str, gender: str) -> None:
    (found,) = find_names(text)

    assert (found.value, found.gender) == (value, gender)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("Шелухина М.Б.", "Шелухина М.Б.", "initials"),
        ("Е.С. Корчагина", "Корчагина Е.С.", "initials"),
        ("Алиев Руслан Мамед оглы", "Алиев Руслан Мамед оглы", "full"),
        ("Уважаемый Ильдар Фанисович!", "Ильдар Фанисович", "given_patronymic"),
        ("сдал Гладышев Роман", "Гладышев Роман", "surname_given"),
    ],
)
def test_shorter_forms(text: str, value: str, form: str) -> None:
    (found,) = find_names(text)

    assert (found.value, found.form) == (value, form)


@pytest.mark.parametrize(
    "text",
    ["Российская Федерация", "г. Нижний Новгород, ул. Максима Горького", "ООО «Ромашка»", "Заявление о выплате",
     "СВИДЕТЕЛЬСТВО О РЕГИСТРАЦИИ ТС", "Федеральный закон"],
)  # fmt: skip
def test_other_capitals_are_no_names(text: str) -> None:
    assert [item for item in find_names(text) if item.form == "full"] == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Шелухина Марина Борисовна", "Шелухиной М.Б.", True),
        ("Шелухина Марина Борисовна", "Шелухин Г.А.", False),
        ("Шелухина Марина Борисовна", "Шелухина Ольга Борисовна", False),
        ("Нурмухаметова Ильдара Фанисовича", "Нурмухаметов И.Ф.", True),
    ],
)
def test_two_readings_of_one_person(first: str, second: str, same: bool) -> None:
    (a,), (b,) = find_names(first), find_names(second)

    assert same_person(a, b) is same
