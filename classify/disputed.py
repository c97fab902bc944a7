"""Tags of disputed facts by runs of lemmas; how far a run, or its absence, may be trusted is counted on decisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classify.labels import DisputedFact, load_disputed_facts
from text.lemmas import lemmas


@dataclass(frozen=True, kw_only=True, slots=True)
class TagTrust:
    """Chance of the tag where its words stand, and where they do not; Laplace's rule over labelled decisions."""

    tag: str
    with_words: float
    without_words: float


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledFacts:
    """A decision: what it establishes, and the facts its labels call disputed."""

    text: str
    disputed: tuple[str, ...]


def read_labelled_facts(path: Path) -> tuple[LabelledFacts, ...]:
    """From JSON lines with `text` and `disputed_facts`; other keys are ignored."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(LabelledFacts(text=row["text"], disputed=tuple(row["disputed_facts"])) for row in rows)


def speaks_of(fact: DisputedFact, text_lemmas: Sequence[str]) -> bool:
    """Whether a run of the fact's lemmas stands in the text; a run's word ending in * is the beginning of a word."""
    return any(_stands(run.split(), text_lemmas) for run in fact.lemmas)


def _stands(run: list[str], text_lemmas: Sequence[str]) -> bool:
    return any(
        all(_same(wanted, found) for wanted, found in zip(run, text_lemmas[start:], strict=False))
        for start in range(len(text_lemmas) - len(run) + 1)
    )


def _same(wanted: str, found: str) -> bool:
    return found.startswith(wanted[:-1]) if wanted.endswith("*") else found == wanted


def is_disputed(fact: DisputedFact, disputed: Sequence[str]) -> bool:
    return any(stem in named.lower() for named in disputed for stem in fact.gold)


def learn_trust(decisions: Sequence[LabelledFacts]) -> tuple[TagTrust, ...]:
    cut = [lemmas(decision.text) for decision in decisions]
    learnt: list[TagTrust] = []
    for fact in load_disputed_facts():
        spoken = [speaks_of(fact, one) for one in cut]
        gold = [is_disputed(fact, decision.disputed) for decision in decisions]
        shares = []
        for state in (True, False):
            of_state = [is_gold for is_gold, said in zip(gold, spoken, strict=True) if said is state]
            shares.append((sum(of_state) + 1) / (len(of_state) + 2))
        learnt.append(TagTrust(tag=fact.tag, with_words=shares[0], without_words=shares[1]))
    return tuple(learnt)
