"""What is hidden, what stays, and that offsets speak of the text that came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.anonymise.joined import joined
from library.anonymise.leak_check import find_leaks
from library.anonymise.pseudonyms import Anonymised, anonymise_parts, anonymise_text
from library.errors import NamesModelMissing
from library.evaluation import marked_text, score_anonymisation, total


def hidden(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in anonymise_text(text).replacements:
        found.setdefault(one.kind, []).append(text[one.start : one.end])
    return found


def test_lines_are_joined_and_places_kept() -> None:
    text = (
        "Подписано представителем по доверенности Сорокой Станис-\n"
        "лавом Германовичем, который в тот день отсутствовал, и\nМаксимовой-\nШтейн."
    )
    view = joined(text)
    assert "Станиславом Германовичем, который в тот день отсутствовал, и Максимовой-Штейн." in view.text
    start = view.text.index("Станиславом")
    assert text[slice(*view.place(start, start + len("Станиславом")))] == "Станис-\nлавом"


def test_a_person_is_one_pseudonym_in_every_form() -> None:
    answer = anonymise_text(
        "ГРОЗА ГЛЕБ ГЕОРГИЕВИЧ обратился в банк. Г.Г. Гроза просил вернуть деньги. Супруга Грозы Глеба Георгиевича "
        "Чайка Эвелина Аркадьевна подтвердила. Доводы Грозы Г. Г. и Э. А. Чайки проверены."
    )
    assert "Гроз" not in answer.text
    assert "Чайк" not in answer.text
    assert answer.text.count("ФИО1") == 4
    assert answer.text.count("ФИО2") == 2


def test_the_ombudsman_organisations_laws_and_numbers_of_the_decision_stay() -> None:
    text = (
        "Уполномоченный по правам потребителей финансовых услуг Заречная Ирина Витальевна (далее – Финансовый "
        "уполномоченный) рассмотрела обращение № У-21-31428 Мороза Кирилла Кузьмича к АО «Банк „Мороз и партнёры“» "
        "(место нахождения: 454024, г. Челябинск, ул. Слободская, д. 49; ИНН 7434614366; ОГРН 1157482496016) по "
        "правилам статьи 12 Федерального закона от 25.04.2002 № 40-ФЗ и Положения Банка России № 755-П.\n"
        "Решение № У-21-31428/5010-012.\nФинансовый уполномоченный И.В. Заречная"
    )
    assert hidden(text) == {"name": ["Мороза Кирилла Кузьмича"]}


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("паспорт гражданина РФ 4612 № 877266, выдан ОВД", "passport", "4612 № 877266"),
        ("код подразделения 300-068;", "passport", "300-068"),
        ("дата рождения: 2 октября 1967 года;", "birth_date", "2 октября 1967 года"),
        ("родилась 04.05.1981 в г. Торжок Тверской области.", "birth_date", "04.05.1981"),
        ("СНИЛС 106-782-322 55)", "snils", "106-782-322 55"),
        ("ИНН заявителя 500100732259.", "inn", "500100732259"),
        ("Для связи указан номер телефона 8 (937) 918-31-12.", "phone", "8 (937) 918-31-12"),
        ("почта e_moroz62@mail.example)", "email", "e_moroz62@mail.example"),
        ("счёт № 40817 810 5 0042 7294632, БИК 044625951", "account", "40817 810 5 0042 7294632"),
        ("карта № 2202 20** **** 7716", "card", "2202 20** **** 7716"),
        ("VIN XW819JLM66F723314, 2010 года", "vin", "XW819JLM66F723314"),
        ("государственный регистрационный знак О205СР/50", "plate", "О205СР/50"),
        ("водительское удостоверение 01 94 493820)", "driver_licence", "01 94 493820"),
        ("свидетельство о регистрации серии 50 94 416487;", "vehicle_doc", "50 94 416487"),
        ("страховой полис серии ХХХ № 1119817312)", "policy", "ХХХ № 1119817312"),
        ("заключён договор потребительского кредита № КД-8866/059988 (далее", "contract", "КД-8866/059988"),
        ("Событию присвоен номер убытка 5581-ТФ-74945.", "claim_number", "5581-ТФ-74945"),
        ("подал заявление в полицию (КУСП № 20369).", "case_number", "КУСП № 20369"),
        ("дело № 2-304/2021 по иску", "case_number", "2-304/2021"),
        ("по доверенности 77 АВ 1265856 просил", "poa", "77 АВ 1265856"),
        ("кадастровый номер 60:06:6050037:489, на срок", "cadastral", "60:06:6050037:489"),
        ("свидетельство о смерти II-АЖ № 590221)", "civil_act", "II-АЖ № 590221"),
        ("выписка из истории болезни № 11845/24.", "medical_number", "11845/24"),
        ("адрес: 634043, Томская обл., г. Асино, б-р Машиностроителей, д. 23, кв. 59;", "address",
         "634043, Томская обл., г. Асино, б-р Машиностроителей, д. 23, кв. 59"),
        ("проживающий в городе Майкопе по улице Ключевой, в доме 1, квартире 207, дал", "address",
         "в городе Майкопе по улице Ключевой, в доме 1, квартире 207"),
    ],
)  # fmt: skip
def test_a_form_of_personal_data_is_hidden(text: str, kind: str, found: str) -> None:
    assert hidden(text).get(kind) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Взыскать 187 400 рублей 00 копеек за период с 23.12.2021 по 14.03.2022.",
        "Согласно пункту 45 постановления Пленума Верховного Суда РФ от 25.12.2018 № 49.",
        "Закон РФ от 07.02.1992 № 2300-1, Указание Банка России № 5385-У.",
        "Заявитель обратился в Финансовую организацию; Страховщик отказал. Потерпевший возражал.",
        "ФИО2, управляя автомобилем «Лада Веста», проживает в <адрес>.",
        "Водитель троллейбуса из Иванова, пенсионер, показал иное.",
        "Пайщица из города Кургана, 74 года, передала сбережения.",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    found = hidden(text)
    found.pop("name", None) if "Иванова" in text else None  # a town named like a person may be hidden
    assert found == {}


def test_parts_of_one_text_number_their_persons_together() -> None:
    first, second = anonymise_parts(["Заявитель Чайка Эвелина Аркадьевна.", "Договор подписан: Чайка Э.А., Мороз К.К."])
    assert first.text == "Заявитель ФИО1."
    assert second.text == "Договор подписан: ФИО1, ФИО2"
    assert second.replacements[0].start == len("Договор подписан: ")


def test_an_empty_text_stays_empty() -> None:
    assert anonymise_text("") == Anonymised(text="")


def test_without_the_model_nothing_is_called_anonymised(monkeypatch: pytest.MonkeyPatch) -> None:
    from library.anonymise import names

    names._recogniser.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NamesModelMissing) as missing:
        anonymise_text("Какой-то текст.")
    assert missing.value.exit_code == 4
    names._recogniser.cache_clear()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("тел. +7 910 203-44-17", "phone"),
        ("a.b@mail.example", "email"),
        ("СНИЛС 106-782-322 55", "snils"),
        ("карта 2202201234567895", "card"),
        ("счёт 40817810500427294632", "account"),
        ("паспорт 46 12 877266", "passport"),
        ("Дзагоевой Аминат Хасанбиевной", "name"),
        ("исполнитель – Г.Э. Мороз", "name"),
        ("ПЧЕЛИНЦЕВ ОЛЕГ ПЕТРОВИЧ", "name"),
        ("д. 46, кв. 172", "address"),
    ],
)
def test_a_leak_is_seen(text: str, kind: str) -> None:
    assert dict(find_leaks(f"Установлено: {text}.")) == {kind: 1}


def test_what_stays_public_is_no_leak() -> None:
    text = (
        "Уполномоченный по правам потребителей финансовых услуг Заречная Ирина Витальевна рассмотрела обращение "
        "№ У-21-31428/5010-012 к банку (ИНН 7434614366, ОГРН 1157482496016). Сумма 1 234 567 рублей 89 копеек.\n"
        "Финансовый уполномоченный И.В. Заречная"
    )
    assert not find_leaks(text)


def test_marked_texts_of_the_benchmark_stay_hidden() -> None:
    folder = Path(__file__).parent.parent.parent / "benchmarks" / "fresh_decisions"
    scores = []
    for path in sorted(folder.glob("*.txt")):
        text, spans = marked_text(path.read_text(encoding="utf-8"))
        scores.append(score_anonymisation(text, spans, anonymise_text(text)))
    assert total(scores, "hidden") >= 0.97 * total(scores, "there")
    assert total(scores, "right") >= 0.97 * total(scores, "made")
    assert sum(score.destroyed for score in scores) == 0


def test_a_span_counts_as_hidden_only_as_a_whole() -> None:
    text, spans = marked_text("⟦name:Мороз К.К.⟧ и ⟦public:АО «Щит»⟧")
    half = anonymise_text("Мороз")
    score = score_anonymisation(text, spans, Anonymised(text="", replacements=half.replacements))
    assert (text, total([score], "there"), total([score], "hidden")) == ("Мороз К.К. и АО «Щит»", 1, 0)
