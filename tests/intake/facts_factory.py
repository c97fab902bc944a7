"""Hand-made facts for the tests of the criteria: a sound package, each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from intake.criteria.inquiry import EarlierCase, Inquiry
from intake.evidence import Absence, Quote, Searched
from intake.facts import Appeal, ClaimItem, ClaimKind, ClaimLetter, Fact, Facts, Paper, Sign, Signed, SignKind
from intake.law.edition import load_law
from intake.package import Channel
from intake.registry import Match, Organisation, Resolved
from ocr.document import Box

T = TypeVar("T")
APPEAL, CLAIM, REPLY, POLICY, STS = range(5)

INSURER = Organisation(
    inn="3990837423",
    ogrn="1023901604913",
    name="АО «СК „Янтарный Щит“»",
    short_name="Янтарный Щит",
    kind="insurer",
    services=("OSAGO", "KASKO"),
    interaction_from=date(2019, 6, 1),
    licence_revoked=None,
)


def quote(text: str, document: int = APPEAL, line: int = 1) -> Quote:
    box = Box(0.1, line / 100, 0.1 + len(text) / 200, line / 100 + 0.01)
    return Quote(document=document, page=1, boxes=(box,), text=text)


def fact(value: T, *texts: str, document: int = APPEAL) -> Fact[T]:
    return Fact(value=value, quotes=tuple(quote(text, document) for text in (texts or (str(value),))))


def item(name: str, amount: str | None, kind: ClaimKind = "money", document: int = APPEAL) -> ClaimItem:
    return ClaimItem(
        item=name,
        amount=Decimal(amount) if amount is not None else None,
        kind=kind,
        quotes=(quote(f"{name} {amount or ''}".strip(), document),),
    )


def sign(kind: SignKind, detail: str) -> Sign:
    return Sign(kind=kind, detail=detail, quotes=(quote(detail),))


def paper(document: int, type_: str, *, signed: Signed = "handwritten", readable: bool = True) -> Paper:
    return Paper(
        document=document,
        first_page=1,
        last_page=1,
        type=type_,
        type_certain=True,
        signed=signed,
        signature_quotes=(quote("подпись", document),),
        title_quotes=(quote(type_, document),),
        readable=readable,
    )


def appeal(*, signed: Signed = "handwritten", addressed: bool = True) -> Appeal:
    return Appeal(
        paper=paper(APPEAL, "APPEAL_FU", signed=signed),
        addressed=addressed,
        address_quotes=(quote("Финансовому уполномоченному" if addressed else "В Центральный банк"),),
        date=fact(date(2026, 5, 20)),
    )


CLAIM_ITEMS = (item("страховое возмещение", "97300", document=CLAIM),)

SOUND = Facts(
    applicant_name=fact("Иванова Анна Петровна"),
    applicant_type=fact("consumer", "Иванова Анна Петровна"),
    birth_date=fact(date(1980, 1, 2)),
    birth_place=fact("г. Тверь"),
    address=fact("170000, г. Тверь, ул. Советская, д. 1"),
    org_name=fact("АО «СК „Янтарный Щит“»"),
    org_inn=fact("3990837423"),
    contract_number=fact("ХХХ 0418827365"),
    product=fact("OSAGO", "ОСАГО"),
    category=fact("INS_AMOUNT"),
    claims=(item("страховое возмещение", "97300"),),
    amount_claimed=fact(Decimal("97300.00"), "97 300 руб."),
    breach_date=fact(date(2026, 1, 20), "20.01.2026 перечислили 50 000"),
    initial_application_date=fact(date(2025, 12, 25)),
    initial_answer_date=fact(date(2026, 1, 20), "20.01.2026 перечислили 50 000"),
    claim_date=fact(date(2026, 2, 16), document=CLAIM),
    claim_received_date=fact(date(2026, 2, 16), "Вх. 12 от 16.02.2026", document=CLAIM),
    claim_channel=fact("paper"),
    claim_standard_form=fact(False),
    reply_date=fact(date(2026, 3, 2), document=REPLY),
    reply_kind=fact("refusal", "в выплате отказано", document=REPLY),
    organisation=Resolved(resolution="found", matches=(Match(organisation=INSURER, score=1.0),)),
    appeal=appeal(),
    claim=ClaimLetter(
        paper=paper(CLAIM, "CLAIM_FO"),
        is_initial_application=False,
        items=CLAIM_ITEMS,
        open_ended=False,
        proof=(quote("Вх. 12 от 16.02.2026", CLAIM),),
    ),
    papers=(
        paper(APPEAL, "APPEAL_FU"),
        paper(CLAIM, "CLAIM_FO"),
        paper(REPLY, "REPLY_FO"),
        paper(POLICY, "POLICY_OSAGO"),
        paper(STS, "STS"),
    ),
    signature=fact("Иванова"),
    everything_searched=Absence(
        what="весь пакет", searched=tuple(Searched(document=index, pages=(1,)) for index in range(5))
    ),
)


def inquiry(
    *,
    filed: date = date(2026, 5, 20),
    channel: Channel = "paper",
    registry_as_of: date | None = date(2026, 11, 1),
    earlier: tuple[EarlierCase, ...] = (),
    **changes: Any,
) -> Inquiry:
    """The sound package with `changes` to its facts."""
    return Inquiry(
        facts=replace(SOUND, **changes),
        law=load_law(),
        filed=filed,
        channel=channel,
        registry_as_of=registry_as_of,
        earlier=earlier,
    )


def silent(**changes: Any) -> dict[str, Any]:
    """The organisation has not answered."""
    return {"reply_date": None, "reply_kind": fact("none", "ответа нет")} | changes
