"""Papers whose telling words are misread, split, or stand in a paper of another type."""

from __future__ import annotations

import pytest

from intake.document_types import recognise
from tests.intake.test_document_types import CLAIM, CLAIM_BY_MAIL

POLICY_WORDS = "Вы не заплатили мне по ОСАГО, полис ХХХ 0438007256 от 03.03.2025, машина Тойота Р093АМ124.\n"


@pytest.mark.parametrize("title", ["NРЕГЕН3ИЯ", "ПРЕ ТЕНЗИЯ", "ПРЕТЕНЗNЯ", "П Р Е Т Е Н З И Я"])
def test_a_misread_title(title: str) -> None:
    text = f"В АО «Полюс-Страхование»\nот Рогожиной В.П.\n{title}\n{POLICY_WORDS}Требую компенсировать 50 000 рублей."
    assert recognise(text).type == "CLAIM_FO"


def test_another_word_of_russian_is_no_misread_cue() -> None:
    text = """ПАО КБ «Речной Капитал»
ДОГОВОР БАНКОВСКОГО СЧЁТА И ВЫПУСКА КАРТЫ
№ РК/08-11907 14 сентября 2021 года
Банк открывает Клиенту текущий счёт и выпускает карту «Забота» для зачисления пенсии."""
    assert recognise(text).type == "CONTRACT_CREDIT"  # «выпуска» is no «выписка», «открывает» no «отказывает»


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "В службу финансового уполномоченново\nПредставитель: Рогожина Е.П. (доверенность 47 БА 5114082)\n"
            "Обращение\nПросим взыскать доплату 213 700 рублей.",
            "APPEAL_FU",
        ),
        ("Адресат: служба финансового уполномоченного\nПодатель: Рогожина В.П.\nОБРАЩЕНИЕ\nна страховую", "APPEAL_FU"),
        (
            "Директору ломбарда «Подкова»\nРогожина В.П., билет СП 004418\nВы продали мои вещи за 98 000 рублей.\n"
            "Долг 39 400. Требую выдать мне остаток 58 600 рублей деньгами.\n19.01.2026",
            "CLAIM_FO",
        ),
        (
            "Отправленные\nТема: претензия по займу\nОт: Вера <vera@pochta.example>\nКому: help@zaem.example\n"
            "Отправлено: 27.07.2026 19:33\nВложение: pretenziya.jpg\nПретензия во вложении.\nУведомление о прочтении\n"
            "Ваше сообщение «претензия по займу», отправленное 27.07.2026, прочитано 27.07.2026",
            "SEND_PROOF",
        ),
        (
            "Re: Заявление, договор ПЖ-07\nОт кого: zhaloby@polus.example\nКому: vera@pochta.example\n"
            "Дата: 3 августа 2026 г.\nВаше обращение получено и зарегистрировано под № 5517. "
            "Это автоматическое сообщение.\nВера пишет: во вложении заявление по стандартной форме.",
            "SEND_PROOF",
        ),
        (
            "АО «НПФ „Осень“»\n25.03.2026 № ТО-26/5512\nЛ.В. Рогожиной\nФонд рассмотрел Вашу претензию. Договор об "
            "обязательном пенсионном страховании подписан Вами. Требование считаем необоснованным и отклоняем.",
            "REPLY_FO",
        ),
        (
            "ООО ПКО «Взыскатель»\nисх. СВ-07 от 07.11.2025\nНа претензию, полученную 20.10.2025. Задолженность "
            "приобретена по договору цессии. Признавать долг несуществующим отказываемся.",
            "REPLY_FO",
        ),
        (
            "АО «Полюс-Страхование»\n30.07.2026 № П-5870\nПретензия от 06.07.2026 (вх. 5870) оставлена без "
            "удовлетворения. В доплате отказано.",
            "REPLY_FO",
        ),
        ("ПАО «Банк»\nЗАЯВЛЕНИЕ-ДОГОВОР НА ОТКРЫТИЕ ТЕКУЩЕГО СЧЁТА\n№ ЛМ-55\nКлиент: Рогожина В.П.", "CONTRACT_CREDIT"),
    ],
)
def test_papers_that_name_another_paper(text: str, type_: str) -> None:
    assert recognise(text).type == type_


def test_a_letter_of_demand_by_mail_is_still_a_claim() -> None:
    assert recognise(CLAIM_BY_MAIL).type == "CLAIM_FO"
    assert recognise(CLAIM).type == "CLAIM_FO"


def test_a_debt_named_beside_its_sum_is_not_paid_off() -> None:
    text = "Директору ломбарда\nДолг с процентами 39 400. Требую выдать мне остаток 58 600 рублей."
    assert recognise(text).type != "REPAY_CERT"
