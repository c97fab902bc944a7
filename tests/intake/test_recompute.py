from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from intake.criteria.judging import judge
from intake.deadlines import deadlines_of
from intake.errors import CriterionUnknown, FactUnknown, FactValueInvalid
from intake.outcome import propose_outcome
from intake.recompute import FactOverride, VerdictOverride, corrected, with_verdicts
from intake.registry import Registry
from intake.report import Outcome, Report
from intake.reported_facts import CONTRACT_FACTS, reported_facts

from .facts_factory import INSURER, SOUND, fact, inquiry, item, silent

REGISTRY = Registry(as_of=date(2026, 11, 1), organisations=(INSURER,))


def report(**changes: Any) -> Report:
    asked = inquiry(**changes)
    judged = judge(asked)
    return Report(
        filed=asked.filed,
        filed_source="given",
        channel=asked.channel,
        sender=None,
        documents=(),
        fields=(),
        facts=reported_facts(asked.facts),
        conflicts=(),
        verdicts=judged.verdicts,
        not_applicable=judged.not_applicable,
        outcome=propose_outcome(judged.verdicts, [one.item for one in asked.facts.claims]),
        deadlines=(),
        timings=MappingProxyType({}),
    )


def test_a_persons_verdict_replaces_the_machines_and_the_outcome_follows() -> None:
    before = report()
    override = VerdictOverride(
        criterion="art19.1.3", result="not_met", reason="Дело № 2-86/2026 о том же.", decided_by="ivanova"
    )
    after = with_verdicts(before, [override])
    assert (before.outcome.value, after.outcome.value) == ("accept", "refuse_fatal")
    (changed,) = [one for one in after.verdicts if one not in before.verdicts]
    assert (changed.criterion, changed.severity, changed.decided_by) == ("art19.1.3", "fatal", "ivanova")
    assert changed.evidence == next(one.evidence for one in before.verdicts if one.criterion == "art19.1.3")
    back = with_verdicts(after, [replace(override, result="met")])
    assert back.outcome.value == "accept"


def test_an_override_may_name_the_item_and_must_name_a_criterion_of_the_report() -> None:
    claims = (item("утс", "46850"), item("моральный вред", "15000", "moral_harm"))
    before = report(claims=claims)
    override = VerdictOverride(
        criterion="art19.1.8", item="моральный вред", result="met", reason="Не заявлен.", decided_by="p"
    )
    assert next(v for v in with_verdicts(before, [override]).verdicts if v.criterion == "art19.1.8").result == "met"
    for wrong in (replace(override, item="утс"), replace(override, criterion="art16.6.fee", item=None)):
        with pytest.raises(CriterionUnknown):
            with_verdicts(before, [wrong])


def test_a_corrected_fact_is_judged_anew() -> None:
    days = [FactOverride(name=name, value="2022-01-20") for name in ("breach_date", "initial_answer_date")]
    facts = corrected(SOUND, days, REGISTRY)
    assert facts.breach_date is not None
    assert facts.breach_date.value == date(2022, 1, 20)
    assert SOUND.breach_date is not None
    assert facts.breach_date.quotes == SOUND.breach_date.quotes
    verdicts = judge(replace(inquiry(), facts=facts)).verdicts
    assert {v.criterion for v in verdicts if v.result == "not_met"} == {"art15.1.term3y"}


def test_corrections_of_every_kind() -> None:
    facts = corrected(
        SOUND,
        [
            FactOverride(name="amount_claimed", value="120000.50"),
            FactOverride(name="claim_standard_form", value=True),
            FactOverride(name="reply_kind", value="other"),
            FactOverride(name="birth_place", value=None),
            FactOverride(name="org_inn", value="5589330941"),
            FactOverride(name="org_name", value="ООО «Ассист»"),
            FactOverride(
                name="claims",
                value=[{"item": "страховое возмещение", "amount": "97300.00"}, {"item": "пени", "amount": None}],
            ),
        ],
        REGISTRY,
    )
    assert facts.amount_claimed is not None
    assert facts.amount_claimed.value == Decimal("120000.50")
    assert facts.birth_place is None
    assert facts.organisation is not None
    assert facts.organisation.resolution == "absent"
    assert [one.amount for one in facts.claims] == [Decimal("97300.00"), None]
    assert facts.claims[0].quotes == SOUND.claims[0].quotes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("breach_date", "20.01.2022"),
        ("amount_claimed", "много"),
        ("claim_channel", "fax"),
        ("claim_standard_form", "да"),
        ("applicant_name", "  "),
        ("claims", [{"amount": "1"}]),
        ("claims", [{"item": "x", "amount": "1", "kind": "gift"}]),
    ],
)
def test_corrections_that_cannot_be_read(name: str, value: Any) -> None:
    with pytest.raises(FactValueInvalid):
        corrected(SOUND, [FactOverride(name=name, value=value)], REGISTRY)


def test_an_unknown_fact() -> None:
    with pytest.raises(FactUnknown):
        corrected(SOUND, [FactOverride(name="shoe_size", value="42")], REGISTRY)


def test_facts_are_reported_as_json_knows_them() -> None:
    facts = reported_facts(replace(SOUND, vin=None))
    assert set(CONTRACT_FACTS) <= set(facts)
    assert facts["breach_date"].value == "2026-01-20"
    assert facts["amount_claimed"].value == "97300.00"
    assert facts["claims"].value == [{"item": "страховое возмещение", "amount": "97300.00"}]
    assert facts["claim_standard_form"].value is False
    assert facts["vin"].value is None


ACCEPT = Outcome(value="accept", grounds=())


def test_deadlines() -> None:
    asked = inquiry(filed=date(2026, 5, 28), **silent(claim_received_date=fact(date(2026, 5, 5))))
    found = {
        deadline.name: deadline
        for deadline in deadlines_of(asked.facts, Outcome(value="refuse_premature", grounds=()), asked.law, asked.filed)
    }
    assert {name: deadline.due for name, deadline in found.items()} == {
        "acceptance_notice": date(2026, 6, 2),
        "claim_reply": date(2026, 6, 4),
    }  # the three years from 2026 end after the last calendar year
    assert "ст. 18" in found["acceptance_notice"].rule
    assert found["claim_reply"].computation == "05.05.2026 + 30 календарных дней = 04.06.2026"


def test_deadlines_that_are_over_or_do_not_matter_are_left_out() -> None:
    asked = inquiry(filed=date(2026, 6, 5), **silent(claim_received_date=fact(date(2026, 5, 5))))
    names = [one.name for one in deadlines_of(asked.facts, ACCEPT, asked.law, asked.filed)]
    assert names == ["acceptance_notice"]
    early = replace(asked.facts, breach_date=fact(date(2024, 1, 15)))
    curable = Outcome(value="refuse_curable", grounds=())
    last = deadlines_of(early, curable, asked.law, asked.filed)[-1]
    assert (last.name, last.due) == ("limitation", date(2027, 1, 15))
