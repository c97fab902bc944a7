"""Cues that survive recognition errors; sentences and dates of a letter."""

from __future__ import annotations

from datetime import date

import pytest

from intake.reading_facts.events import events_of
from intake.reading_facts.letters import answer_of, arrived_on, issued_on, written_on
from intake.reading_facts.words import matches_stem
from tests.intake.papers import sheet


@pytest.mark.parametrize(
    ("word", "stem", "same"),
    [
        ("претензию", "претензи*", True),
        ("нретензию", "претензи*", True),
        ("неуст0йку", "неустойк*", True),
        ("поручено", "получен*", False),  # a word of its own
        ("осаго", "=дсаго", False),
        ("суды", "суд", False),
    ],
)
def test_a_misread_word_and_another_word(word: str, stem: str, same: bool) -> None:
    assert matches_stem(word, stem) is same


def test_a_negation_is_never_forgiven() -> None:
    assert not sheet("ответ он получил").words.has(("ответ не получил",))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Претензия от 21.04.2026 вручена 28.04.2026, письмом от 12.05.2026 в доплате отказано.",
         ["claim", "received", "answer"]),
        ("После аварии 9 января 2026 я подала документы 15 января 2026.", ["other", "initial"]),
        ("22.01.2026 я отказался от услуги, 06.02.2026 отказали.", ["initial", "answer"]),
        ("04.03.2026 потерпевшая подала заявление о страховом возмещении. 24.03.2026 перечислено 118 600 руб.",
         ["initial", "payment"]),
        ("Деньги дали до 13.03.2026.", ["other"]),
        ("19.02.2026 срок двадцать дней прошёл.", ["expiry"]),
    ],
)  # fmt: skip
def test_what_happened_on_each_day(text: str, kinds: list[str]) -> None:
    assert [event.kind for event in events_of(sheet(text))] == kinds


def test_days_without_a_year_take_it_from_the_day_before_them() -> None:
    dates = sheet("Писала претензию 15.01.2026, получили 22.01, дошло 25-го.").dates
    assert [item.value for item in dates] == [date(2026, 1, 15), date(2026, 1, 22), date(2026, 1, 25)]


@pytest.mark.parametrize(
    "text",
    [
        "ПРЕТЕНЗИЯ от 21.04.2026\nВы отказали письмом от 15.03.2026.\nТребую выплатить.",
        "ПРЕТЕНЗИЯ\nВы отказали 15.03.2026, требую выплатить.\n21.04.2026 Рябинина (подпись)\nВх. 61 от 22.04.2026",
        "Дата и время: 21.04.2026 20:41, статус: принято\nПрошу отменить отказ от 20.03.2026.",
        "21 апреля 2026 г.\nПо договору от 01.11.2025 я получил 20 000 рублей, верните.",
    ],
)
def test_the_own_day_of_a_letter(text: str) -> None:
    dated = written_on(sheet(text, "CLAIM_FO"))
    assert dated is not None
    assert dated.value == date(2026, 4, 21)


def test_a_day_after_the_filing_was_misread() -> None:
    assert written_on(sheet("ПРЕТЕНЗИЯ от 21.04.2028\nТребую выплатить.", "CLAIM_FO")) is None


def test_arrival_by_stamp_and_by_post() -> None:
    stamp = arrived_on(sheet("[штамп] Вх. № 2207-П\n20.10.2025 принял: Ланская\nПРЕТЕНЗИЯ", "CLAIM_FO"))
    post = arrived_on(sheet("РПО 15600012345678, вручено 10.03.2026", "CLAIM_FO"))
    assert [dated.value for dated in (*stamp, *post)] == [date(2025, 10, 20), date(2026, 3, 10)]


def test_the_day_of_a_reply_is_in_its_head_not_in_what_it_answers() -> None:
    text = "АО «Банк»\n25.03.2026 № 18-4/99120\nПретензия (вх. 1902 от 07.03.2026) рассмотрена. Требования отклонены."
    issued = issued_on(sheet(text, "REPLY_FO"))
    assert issued is not None
    assert issued.value == date(2026, 3, 25)


@pytest.mark.parametrize(
    "head",
    [
        "Лицензия ЦБ РФ СИ № 3790 (12.12.2017)\n25.03.2026 № 18-4/99120",
        "Лицензии СЖ № 4075, СЛ № 4075 выданы 22.05.2019. Исх. № 18 от 25.03.2026",
        "рег. № в госреестре 651403 от 02.11.2016\nДата: 25.03.2026",
    ],
)
def test_the_day_of_a_licence_is_not_the_day_of_the_letter(head: str) -> None:
    issued = issued_on(sheet(f"ООО «Страховая»\n{head}\nПретензия рассмотрена. В доплате отказано.", "REPLY_FO"))
    assert issued is not None
    assert issued.value == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("В выплате страхового возмещения отказано.", "refusal"),
        ("Правовые основания для доплаты страхового возмещения и уплаты неустойки отсутствуют.", "refusal"),
        ("Банк не находит оснований для удовлетворения заявленных требований.", "refusal"),
        ("Основания для изменения суммы не усматриваются, вопрос может быть рассмотрен после проверки.", "other"),
        ("Ваше письмо передано на рассмотрение в отдел.", "other"),
        ("Требования удовлетворены, сумма перечислена.", "satisfied"),
        ("Требования о возврате 214 350 руб. и о моральном вреде удовлетворению не подлежат.", "refusal"),
        ("Требование о возмещении Фонд считает необоснованным и отклоняет.", "refusal"),
        ("Доплата произведена не будет.", "refusal"),
        ("Платить 58 600 руб. ломбард не будет.", "refusal"),
        ("Отзывать сведения из бюро кредитных историй отказываемся.", "refusal"),
        ("Ваше заявление будет рассмотрено, о решении сообщим.", "other"),
    ],
)
def test_what_a_reply_says(text: str, kind: str) -> None:
    assert answer_of(sheet(text, "REPLY_FO"), signed=True).kind == kind
