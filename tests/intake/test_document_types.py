"""Types of papers, on texts written for these tests."""

import random

import pytest

from intake.document_types import load_cues, recognise, recognise_types
from intake.page_text import DocumentText
from intake.report import TypedDocument
from tests.factories import document_from_text

APPEAL = """Финансовому уполномоченному по правам потребителей
от Рогожиной Веры Павловны, 03.02.1980 г.р., г. Пермь
ОБРАЩЕНИЕ
Страховая отказала мне в выплате. Претензию отправила 02.02.2026, ответа нет.
Прошу взыскать с страховщика 50 000 рублей."""
CLAIM = """В АО «Полюс-Страхование»
от Рогожиной В.П.
ПРЕТЕНЗИЯ
Вы выплатили мне 20 000 рублей, этого мало. Требую доплатить 50 000 рублей.
Если откажете, обращусь к финансовому уполномоченному."""
CLAIM_BY_MAIL = """Кому: info@polus.example
От: rogozhina@pochta.example
Тема: ПРЕТЕНЗИЯ по полису
Прошу доплатить 50 000 рублей, иначе пойду к финансовому уполномоченному."""
STANDARD = """Стандартная форма заявления потребителя финансовых услуг
в финансовую организацию (утв. Советом службы финансового уполномоченного)
1. Кому | АО «Полюс-Страхование»
2. Требование | доплата 50 000 руб."""
INITIAL = """АО «Полюс-Страхование»
ЗАЯВЛЕНИЕ О СТРАХОВОМ ВОЗМЕЩЕНИИ
1. Потерпевший: Рогожина Вера Павловна
2. Форма возмещения: ремонт. Автомобиль на осмотр готов представить 05.02.2026."""
REPLY = """АО «Полюс-Страхование»
Исх. № 12/7 от 20.02.2026
Уважаемая Вера Павловна!
На Вашу претензию от 02.02.2026 сообщаем, что оснований для доплаты не имеется. В выплате отказано.
Вы вправе обратиться к финансовому уполномоченному."""
AUTO_REPLY = """От: info@polus.example
Тема: Автоответ: претензия
Ваше письмо получено 02.02.2026, ему присвоен номер 77. Отвечать на это сообщение не нужно."""
INVENTORY = """ПОЧТА РОССИИ
ОПИСЬ ВЛОЖЕНИЯ ф. 107
Кому: АО «Полюс-Страхование»
1 | Претензия | 1 | 10-00
РПО 80110199550173"""
POLICY = """СТРАХОВОЙ ПОЛИС № ХХХ 0418827365
ОБЯЗАТЕЛЬНОГО СТРАХОВАНИЯ ГРАЖДАНСКОЙ ОТВЕТСТВЕННОСТИ ВЛАДЕЛЬЦЕВ ТРАНСПОРТНЫХ СРЕДСТВ
Страхователь: Рогожина Вера Павловна
Цель использования: личная. К управлению допущены: Рогожина В.П., КБМ 0,57
Страховая премия 7 318,42 руб. Срок страхования с 05.04.2025 по 04.04.2026"""
CERTIFICATE = """СВИДЕТЕЛЬСТВО О РЕГИСТРАЦИИ ТС
39 41 806235
Регистрационный знак О471КВ39
Экологический класс пятый, масса 1700 кг
Собственник: РОГОЖИНА ВЕРА ПАВЛОВНА
Выдано ГИБДД 1127001"""
COURT = """УИД 39RS0007-01-2025-001482-40
РЕШЕНИЕ
Именем Российской Федерации
районный суд рассмотрел дело № 2-86/2026 по иску Рогожиной В.П."""
MUSIC_SCHOOL = """Детская музыкальная школа № 7
СПРАВКА
Выдана Рогожиной Анне в том, что она обучается в третьем классе по классу скрипки."""
CENTRAL_BANK = """В Центральный банк Российской Федерации
ЖАЛОБА
на АО «Полюс-Страхование». Прошу провести проверку."""
DECISION = """СЛУЖБА ФИНАНСОВОГО УПОЛНОМОЧЕННОГО
РЕШЕНИЕ
ОБ УДОВЛЕТВОРЕНИИ ТРЕБОВАНИЙ
20 марта 2026 г. № У-26-11852/5010-004
Финансовый уполномоченный по результатам рассмотрения обращения УСТАНОВИЛ"""
MOTOR_UNION = """РОССИЙСКИЙ СОЮЗ АВТОСТРАХОВЩИКОВ
Исх. № И-17
По Вашему заявлению принято решение о компенсационной выплате."""

EXAMPLES = [
    (APPEAL, "APPEAL_FU"), (CLAIM, "CLAIM_FO"), (CLAIM_BY_MAIL, "CLAIM_FO"), (STANDARD, "CLAIM_STD"),
    (INITIAL, "INITIAL_APP"), (REPLY, "REPLY_FO"), (AUTO_REPLY, "SEND_PROOF"), (INVENTORY, "SEND_PROOF"),
    (POLICY, "POLICY_OSAGO"), (CERTIFICATE, "STS"), (COURT, "COURT_ACT"), (MUSIC_SCHOOL, "OTHER"),
    (CENTRAL_BANK, "OTHER"), (DECISION, "OTHER"), (MOTOR_UNION, "OTHER"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), EXAMPLES)
def test_papers_that_are_easily_confused(text: str, code: str) -> None:
    found = recognise(text)

    assert found.type == code
    assert found.probability >= 0.5


@pytest.mark.parametrize(("text", "code"), EXAMPLES)
def test_misread_letters_do_not_change_the_type(text: str, code: str) -> None:
    pairs = {"о": "0", "н": "п", "и": "н", "ш": "щ", "е": "с", "з": "э", "л": "п", "т": "г"}
    right = 0
    for seed in range(10):
        rng = random.Random(seed)
        noisy = "".join(pairs.get(char.lower(), char) if rng.random() < 0.06 else char for char in text)
        right += recognise(noisy).type == code

    assert right >= 9


def test_probabilities_are_a_distribution_over_all_types() -> None:
    found = recognise(CLAIM)

    assert sum(probability for _, probability in found.probabilities) == pytest.approx(1)
    assert {code for code, _ in found.probabilities} == {kind.code for kind in load_cues()}


def test_the_title_is_where_it_stands() -> None:
    found = recognise("П Р Е Т Е Н З И Я\n" + CLAIM.replace("ПРЕТЕНЗИЯ\n", ""))

    assert found.type == "CLAIM_FO"
    assert found.title is not None
    assert "П Р Е Т Е Н З И Я".startswith("П Р Е Т Е Н З И Я"[found.title[0] : found.title[1]].strip())


def typed(text: str) -> TypedDocument:
    return recognise_types([DocumentText(0, document_from_text(text))])[0]


def test_a_text_without_cues_abstains() -> None:
    document = typed("солнце светит ярко\nветер гонит листья")

    assert document.type_abstained
    assert len(document.type_set) > 1


def test_an_empty_document_has_no_type() -> None:
    document = typed("")

    assert (document.type, document.type_set, document.type_abstained, document.parts) == (None, (), True, ())


def test_a_sure_type_stands_alone() -> None:
    document = typed(POLICY)

    assert (document.type, document.type_set, document.type_abstained) == ("POLICY_OSAGO", ("POLICY_OSAGO",), False)


def test_a_page_that_names_itself_begins_a_new_part() -> None:
    document = typed(CLAIM + "\f" + "второй лист претензии, приложения по списку" + "\f" + POLICY)

    assert document.type == "CLAIM_FO"
    assert [(part.type, part.first_page, part.last_page) for part in document.parts] == [
        ("CLAIM_FO", 1, 2),
        ("POLICY_OSAGO", 3, 3),
    ]


def test_a_certificate_lower_on_the_page_is_a_part_of_its_own() -> None:
    document = typed(POLICY + "\n" + CERTIFICATE)

    assert document.type == "POLICY_OSAGO"
    assert [(part.type, part.first_page, part.last_page) for part in document.parts] == [
        ("POLICY_OSAGO", 1, 1),
        ("STS", 1, 1),
    ]


def test_a_mention_of_another_paper_is_no_part() -> None:
    document = typed(CLAIM + "\nПриложения: полис, свидетельство о регистрации ТС, паспорт транспортного средства")

    assert [part.type for part in document.parts] == ["CLAIM_FO"]


def test_a_list_of_attached_papers_is_no_part() -> None:
    attached = "Свидетельство о регистрации ТС, выдано ГИБДД, собственник Рогожина, экологический класс, масса"
    document = typed(CLAIM + "\nПриложения:\n" + attached)

    assert [part.type for part in document.parts] == ["CLAIM_FO"]
