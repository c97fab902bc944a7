"""What is said of an appeal's text (`kazus.classify/1`): labels with calibrated probabilities, or an abstention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

TextLanguage = Literal["ru", "ru-Latn", "other"]
"""`ru-Latn`: Russian typed in Latin letters. `other`: any other language; the classifier has not learnt it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """One level of the taxonomy.

    `label` is the most probable one, None when the text is not in Russian. `set` holds the labels that cannot be ruled
    out: whatever the true label is, it is in the set for 90 % of the texts of that label. `abstained`: the label must
    not be relied on without a person, `reason` says why in Russian. `probabilities` has every label and sums to 1;
    None when the text is not in Russian.
    """

    label: str | None
    set: tuple[str, ...]
    abstained: bool
    reason: str | None
    probabilities: Mapping[str, float] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelProbability:
    label: str
    probability: float


@dataclass(frozen=True, kw_only=True, slots=True)
class WordWeight:
    """`text` stands at [start, end) of the input; `weight`: what it adds to the scores of the two labels."""

    text: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Words that speak for the two labels, and against them, the strongest first.

    Exact for the part of the model that reads words; what the sentence encoder adds has no words and is not shown.
    """

    __pydantic_config__ = ConfigDict(serialize_by_alias=True)
    for_: Annotated[tuple[WordWeight, ...], Field(alias="for")]  # a keyword in Python, so JSON's name is an alias
    against: tuple[WordWeight, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NearestExample:
    """A text of the training corpus; `similarity`: cosine of the encoder's vectors."""

    id: str
    product: str
    category: str
    similarity: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelName:
    name: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """`categories`: the chance that each is claimed at all, beside others; the likeliest first.

    `disputed_facts`: the chance of each tag; None when the text is not in Russian. `in_scope_probability`: the chance
    that the ombudsman has the power to hear it. `explanation` is None unless asked for; `nearest` is None when the
    model keeps no vectors. `milliseconds`: this text's share of the call.
    """

    id: str
    product: Decided
    category: Decided
    categories: tuple[LabelProbability, ...] | None
    disputed_facts: tuple[LabelProbability, ...] | None
    in_scope_probability: float | None
    language: TextLanguage
    explanation: Explanation | None
    nearest: tuple[NearestExample, ...] | None
    model: ModelName
    milliseconds: float
