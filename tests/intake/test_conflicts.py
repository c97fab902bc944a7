"""What the papers tell differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from intake.conflicts import conflicts_of
from intake.facts import ClaimItem, Fact, Facts
from intake.report import Field


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
