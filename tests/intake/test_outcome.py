from __future__ import annotations

from typing import Any

import pytest

from intake.outcome import propose_outcome
from intake.report import Cause, Result, Severity, Verdict


def verdict(
    criterion: str,
    result: Result,
    severity: Severity | None = None,
    cause: Cause | None = None,
    item: str | None = None,
) -> Verdict:
    return Verdict(
        criterion=criterion,
        edition="",
        law="",
        verified=False,
        item=item,
        result=result,
        cause=cause,
        severity=severity,
        reason="",
        evidence=(),
    )


MET = verdict("m", "met")
FATAL = verdict("f", "not_met", "fatal")
PREMATURE = verdict("p", "not_met", "premature")
CURABLE = verdict("c", "not_met", "curable")
MISSING = verdict("d", "cannot_tell", "premature", "data_missing")
PERSON = verdict("h", "cannot_tell", "fatal", "needs_person")
UNREADABLE = verdict("u", "cannot_tell", "curable", "unreadable")


@pytest.mark.parametrize(
    ("verdicts", "value", "grounds"),
    [
        ([MET], "accept", ()),
        ([MET, PERSON, UNREADABLE], "human", ("h", "u")),
        ([MET, PERSON, MISSING], "refuse_curable", ("d",)),
        ([CURABLE, PERSON, MISSING], "refuse_curable", ("c", "d")),
        ([PREMATURE, CURABLE, PERSON], "refuse_premature", ("p",)),
        ([PREMATURE, CURABLE, FATAL, MISSING], "refuse_fatal", ("f",)),
    ],
)
def test_the_first_that_applies(verdicts: list[Verdict], value: str, grounds: tuple[str, ...]) -> None:
    outcome = propose_outcome(verdicts, ["a"])
    assert (outcome.value, outcome.grounds) == (value, grounds)


HARM = verdict("art19.1.8", "not_met", "fatal", item="моральный вред")
TOW = verdict("art16.1.claim_match", "not_met", "curable", item="эвакуатор")


@pytest.mark.parametrize(
    ("verdicts", "items", "value"),
    [
        ([MET, HARM], ["утс", "моральный вред"], "accept"),
        ([MET, HARM, TOW], ["утс", "моральный вред", "эвакуатор"], "accept"),
        ([MET, HARM, TOW], ["моральный вред", "эвакуатор"], "refuse_fatal"),
        ([MET, TOW], ["эвакуатор"], "refuse_curable"),
        ([MET, HARM, PERSON], ["утс", "моральный вред"], "human"),
    ],
)
def test_a_dropped_item_decides_only_when_none_is_left(verdicts: list[Verdict], items: Any, value: str) -> None:
    assert propose_outcome(verdicts, items).value == value
