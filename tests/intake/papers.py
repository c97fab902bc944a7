"""Packages of short papers for tests of facts: types are given, so that only the reading of facts is tested."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake.facts import Facts
from intake.package import CoverSheet, Package
from intake.page_text import DocumentText
from intake.reading_facts import read_facts
from intake.reading_facts.sheets import Sheet
from intake.registry import Organisation, Registry
from intake.report import Field, TypedDocument
from ocr.document import Document
from tests.factories import document_from_text

FILED = date(2026, 5, 20)

INSURER = Organisation(
    inn="7707083893",
    ogrn="1027700132195",
    name="АО «СК „Тихий Берег“»",
    short_name="Тихий Берег",
    kind="insurer",
    services=("OSAGO", "KASKO", "PROPERTY_INS"),
    interaction_from=date(2019, 6, 1),
    licence_revoked=None,
)
BANK = Organisation(
    inn="7728168971",
    ogrn="1027700067328",
    name="ПАО «Банк „Речной Вокзал“»",
    short_name="Речной Вокзал",
    kind="bank",
    services=("BANK_CREDIT", "BANK_ACCOUNT"),
    interaction_from=date(2021, 1, 1),
    licence_revoked=None,
)
REGISTRY = Registry(as_of=date(2026, 5, 1), organisations=(INSURER, BANK))


def sheet(text: str, type_: str = "APPEAL_FU", on: date = FILED) -> Sheet:
    return Sheet(
        document=0,
        first_page=1,
        last_page=1,
        type=type_,
        certain=True,
        readable=True,
        text=DocumentText(0, document_from_text(text)),
        reference=on,
    )


def typed(document: Document, type_: str) -> TypedDocument:
    return TypedDocument(
        id=document.id,
        path=document.path,
        name=document.name,
        copy_of=document.copy_of,
        type=type_,
        type_probability=1.0,
        type_set=(type_,),
        type_abstained=False,
        parts=(),
        pages=len(document.pages),
        grade="good",
        error=None,
    )


def facts_of(
    papers: Sequence[tuple[str, str]],
    on: date = FILED,
    registry: Registry = REGISTRY,
    fields: Sequence[Field] = (),
) -> Facts:
    """The facts of a package of (type, text)."""
    documents = tuple(
        document_from_text(text, name=f"{number}_{type_.lower()}") for number, (type_, text) in enumerate(papers)
    )
    package = Package(documents=documents, cover=CoverSheet(filed=on), received=on)
    texts = [DocumentText(index, document) for index, document in enumerate(documents)]
    kinds = [typed(document, type_) for document, (type_, _) in zip(documents, papers, strict=True)]
    return read_facts(package, texts, kinds, fields, registry)


APPEAL = """Финансовому уполномоченному
Рябинина Ольга Петровна, 14.03.1979 г.р., место рождения: г. Галич Костромской области
156000, г. Кострома, ул. Лесная, д. 4, кв. 17
тел. +7 915 000-12-34, ryabinina@pochta.example
Финансовая организация: АО «СК „Тихий Берег“», ИНН 7707083893, г. Москва, ул. Озёрная, д. 3
ОБРАЩЕНИЕ
ДТП было 10.01.2026, полис ХХХ 0500112233. Заявление о страховом возмещении подала 19.01.2026.
09.02.2026 перечислили 41 000 рублей, а ремонт стоит 97 500 рублей.
Претензию отправила 02.03.2026, вручена 10.03.2026, отказ от 27.03.2026.
Прошу взыскать 56 500 рублей доплаты и 6 000 рублей расходов на экспертизу, всего 62 500 рублей.
20.05.2026 Рябинина (подпись)
"""
CLAIM = """В АО «СК „Тихий Берег“»
от Рябининой О.П.
ПРЕТЕНЗИЯ
Полис ХХХ 0500112233. Вы заплатили 41 000 рублей вместо 97 500.
Требую доплатить 56 500 рублей и возместить расходы на экспертизу 6 000 рублей.
02.03.2026 Рябинина (подпись)
РПО 15600012345678, вручено 10.03.2026
"""
REPLY = """АО «СК „Тихий Берег“»
Исх. № 44-1/812 от 27.03.2026
Рябининой О.П.
На Вашу претензию, поступившую 10.03.2026, сообщаем, что размер ущерба определён верно.
В доплате страхового возмещения отказано.
Начальник отдела Ф.А. Крот (подпись)
"""
POLICY = """СТРАХОВОЙ ПОЛИС ХХХ 0500112233
обязательного страхования гражданской ответственности владельцев транспортных средств
Дата заключения 05.06.2025, срок с 06.06.2025 по 05.06.2026
Страхователь: Рябинина Ольга Петровна
Цель использования: личная
"""
PACKAGE = (("APPEAL_FU", APPEAL), ("CLAIM_FO", CLAIM), ("REPLY_FO", REPLY), ("POLICY_OSAGO", POLICY))
