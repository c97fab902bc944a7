"""Small invented decisions for the tests of search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from search.backends.contract import Record
from search.decision import ESTABLISHED, FINDINGS, Decision, Section
from search.records import make_records
from tests.encoder_stand_in import HashingEncoder

ENCODER = HashingEncoder()


def decision(name: str, established: str, findings: str = "", **particulars: object) -> Decision:
    """`particulars`: fields of Decision; the rest is not known."""
    texts = {ESTABLISHED: established, FINDINGS: findings}
    sections = tuple(Section(name=section, text=text) for section, text in texts.items() if text)
    return Decision(id=name, sections=sections, **particulars)  # type: ignore[arg-type]


def made(decisions: Iterable[Decision]) -> list[Record]:
    return list(make_records(decisions, ENCODER))


TRACES = decision(
    "traces",
    "Трасолог страховщика решил, что царапины двери не от этого столкновения, и в выплате отказано.",
    "Трасологическая экспертиза установила, что повреждения двери образованы при столкновении. Отказ неправомерен.",
    number="У-23-78464/5010-004",
    date=date(2023, 3, 1),
    product="OSAGO",
    category="INS_REFUSAL",
    claim_items=("страховое возмещение",),
    outcome="satisfied",
    organisation_kind="insurer",
    amount_claimed=Decimal("94000"),
    amount_awarded=Decimal("94000"),
    norms=("п. 21 ст. 12 40-ФЗ", "ст. 15 ГК РФ"),
    disputed_facts=("трасология",),
    expertise=True,
)
WEAR = decision(
    "wear",
    "Вместо направления на ремонт страховщик перечислил деньги за вычетом износа деталей.",
    "Соглашения о денежной форме нет, возмещение определяется без учёта износа.",
    date=date(2024, 5, 10),
    product="OSAGO",
    category="INS_WEAR",
    claim_items=("доплата без учёта износа", "неустойка"),
    outcome="partial",
    organisation_kind="insurer",
    amount_claimed=Decimal("61300.50"),
    amount_awarded=Decimal("40000"),
    norms=("п. 15.1 ст. 12 40-ФЗ",),
    disputed_facts=("износ",),
    expertise=False,
    court="upheld",
)
TRANSFER = decision(
    "transfer",
    "Мошенники позвонили заявителю, и со счёта списаны деньги без его добровольного согласия.",
    "Банк не приостановил перевод получателю из базы данных о случаях мошенничества.",
    date=date(2024, 11, 1),
    product="BANK_ACCOUNT",
    category="AC_UNAUTH",
    claim_items=("возврат списанных средств",),
    outcome="refused",
    organisation_kind="bank",
    amount_claimed=Decimal("500000"),
    amount_awarded=Decimal("0"),
    norms=("ч. 3.13 ст. 8 161-ФЗ",),
    disputed_facts=("мошенничество",),
)
BARE = decision("bare", "Заявитель просит вернуть часть премии при досрочном погашении кредита.")
FOUR = (TRACES, WEAR, TRANSFER, BARE)
