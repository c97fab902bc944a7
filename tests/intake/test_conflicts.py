"""What the papers tell differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from intake.conflicts import conflicts_of
from intake.evidence import Quote
from intake.facts import ClaimItem, Fact, Facts
from intake.report import Field
from ocr.document import Box, Document, Source
from tests.factories import document_from_text


def field(name: str, value: str) -> Field:
    return Field(name=name, document=1, raw=value, value=value, confidence=0.9, check="none", repaired=False,
                 evidence=())  # fmt: skip


FACTS = Facts(
    applicant_name=Fact(value="Рябинина Ольга Петровна", quotes=()),
    birth_date=Fact(value=date(1979, 3, 14), quotes=()),
    vin=Fact(value="XTA217230E0291063", quotes=()),
)


def test_the_same_in_other_letters_is_no_conflict() -> None:
    fields = [
        field("applicant_name", "РЯБИНИНА О.П."),
        field("birth_date", "1979-03-14"),
        field("vin", "XTA217230E0291063"),
    ]
    assert conflicts_of(FACTS, fields) == ()


def test_near_values_conflict_and_another_person_does_not() -> None:
    fields = [
        field("applicant_name", "Рябинина Ольга Павловна"),
        field("applicant_name", "Чурсин Денис Олегович"),
        field("birth_date", "1979-08-14"),
        field("vin", "XTA217230E0291068"),
    ]
    found = {conflict.fact: conflict.values for conflict in conflicts_of(FACTS, fields)}
    assert found == {
        "applicant_name": ("Рябинина Ольга Петровна", "Рябинина Ольга Павловна"),
        "birth_date": ("1979-03-14", "1979-08-14"),
        "vin": ("XTA217230E0291063", "XTA217230E0291068"),
    }


def test_a_total_that_is_not_the_sum_of_its_items() -> None:
    items = tuple(ClaimItem(item="x", amount=Decimal(value), kind="money", quotes=()) for value in (100, 50))
    facts = replace(FACTS, claims=items, amount_claimed=Fact(value=Decimal(160), quotes=()))
    assert [conflict.values for conflict in conflicts_of(facts, [])] == [("160.00", "150.00")]
    assert conflicts_of(replace(facts, amount_claimed=Fact(value=Decimal(150), quotes=())), []) == ()


def _scanned(source: Source) -> tuple[Document, ...]:
    document = document_from_text("Рябинина")
    return (replace(document, pages=(replace(document.pages[0], source=source),)),)


def _named(value: str, document: int = 0) -> Field:
    box = Box(0.1, 0.1, 0.2, 0.2)
    quote = Quote(document=document, page=1, boxes=(box,), text=value)
    return replace(field("applicant_name", value), evidence=(quote,))


@pytest.mark.parametrize(
    ("own", "other", "source", "conflict"),
    [
        ("Рябинина Ольга Леонтьевна", "Рябинина Ольга Леснтьевна", "ocr", False),
        ("Рябинина Ольга Леонтьевна", "Рябинина Ольга Леснтьевна", "text_layer", True),
        ("Рябинин Олег Арсеньевич", "Рябинин Олег Арсентьевич", "ocr", True),  # both are names
        ("Рябинина Ольга Леонтьевна", "Ольга Леонтьевна", "text_layer", False),
        ("Рябинин Олег Арсеньевич", "ИП Рябинин Олег Арсеньевич", "text_layer", False),
    ],
)
def test_one_misread_letter_of_a_name_on_a_recognised_page(
    own: str, other: str, source: Source, conflict: bool
) -> None:
    facts = replace(FACTS, applicant_name=Fact(value=own, quotes=()))
    assert bool(conflicts_of(facts, [_named(other)], _scanned(source))) is conflict


def test_a_number_without_its_series_and_anothers_birthday() -> None:
    facts = replace(FACTS, contract_number=Fact(value="АЖ 007419", quotes=()))
    assert conflicts_of(facts, [field("contract_number", "007419"), field("birth_date", "2016-06-11")]) == ()
    assert conflicts_of(facts, [field("contract_number", "АЖ 007415")]) != ()
