"""The proposed outcome: the first that applies of fatal, premature, curable, human, accept. A person decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from intake.report import Outcome, OutcomeValue, Severity, Verdict

_REFUSALS: tuple[tuple[Severity, OutcomeValue], ...] = (
    ("fatal", "refuse_fatal"),
    ("premature", "refuse_premature"),
    ("curable", "refuse_curable"),
)


def propose_outcome(verdicts: Sequence[Verdict], items: Collection[str]) -> Outcome:
    """`items`: the claim items by name. A `not_met` with an item drops that item and decides only when none is left;
    missing data count as curable, what a person must judge or nobody could read as human.
    """
    dropped = {verdict.item for verdict in verdicts if verdict.result == "not_met" and verdict.item is not None}
    nothing_left = bool(items) and set(items) <= dropped
    deciding = [
        verdict for verdict in verdicts if verdict.result == "not_met" and (verdict.item is None or nothing_left)
    ]
    missing = [verdict for verdict in verdicts if verdict.cause == "data_missing"]
    for severity, value in _REFUSALS:
        grounds = [verdict for verdict in deciding if verdict.severity == severity]
        if severity == "curable":
            grounds += missing
        if grounds:
            return Outcome(value=value, grounds=_ids(grounds, verdicts))
    unsure = [verdict for verdict in verdicts if verdict.result == "cannot_tell"]
    if unsure:
        return Outcome(value="human", grounds=_ids(unsure, verdicts))
    return Outcome(value="accept", grounds=())


def _ids(grounds: Sequence[Verdict], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    named = {ground.criterion for ground in grounds}
    return tuple(dict.fromkeys(verdict.criterion for verdict in verdicts if verdict.criterion in named))
