"""When a label must not be relied on without a person, and the sentence that says why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classify.classification import Decided
from classify.conformal import label_sets
from classify.input_text import ReadText
from classify.labels import OUT_OF_SCOPE_PRODUCT, load_taxonomy
from classify.model import Level

LEAST_WORDS = 3
_NAMES_NO_DISPUTE = (OUT_OF_SCOPE_PRODUCT, "OTHER")


def not_russian() -> Decided:
    reason = "Текст не на русском языке: модель училась только на русском."
    return Decided(label=None, set=(), abstained=True, reason=reason, probabilities=None)


def decide(level: Level, probabilities: NDArray[np.float64], doubt: str | None) -> Decided:
    """`probabilities` (labels,); `doubt`: a reason to abstain whatever the probabilities are."""
    best = int(probabilities.argmax())
    inside = np.flatnonzero(label_sets(probabilities[None], level.least)[0])
    chosen = tuple(level.labels[place] for place in inside[np.argsort(-probabilities[inside], kind="stable")])
    reason = doubt or _reason(level.labels[best], chosen)
    return Decided(
        label=level.labels[best],
        set=chosen,
        abstained=reason is not None,
        reason=reason,
        probabilities={label: round(float(value), 8) for label, value in zip(level.labels, probabilities, strict=True)},
    )


def doubt_of(read: ReadText, content_words: int, known_share: float, least_known: float) -> str | None:
    """Why a text as a whole cannot be judged by this model."""
    if content_words < LEAST_WORDS:
        return "В тексте слишком мало слов, чтобы судить о споре."
    if read.language == "ru-Latn":
        return "Текст набран латиницей и прочитан по созвучию: проверьте метку."
    if known_share < least_known:
        share = round(100 * known_share)
        return f"Текст не похож на обращения, на которых училась модель: ей знакомы {share} % его слов."
    return None


def _reason(label: str, chosen: tuple[str, ...]) -> str | None:
    taxonomy = load_taxonomy()
    names = {entry.code: entry.name for entry in taxonomy.products}
    names |= {entry.code: entry.name for entry in taxonomy.categories}
    if not chosen:
        return "Ни одна метка не подходит настолько, чтобы на неё положиться."
    if len(chosen) > 1:
        return "Нельзя исключить: " + "; ".join(names.get(code, code) for code in chosen) + "."
    if label in _NAMES_NO_DISPUTE:
        return "Похоже, спор не из тех, что рассматривает уполномоченный: решает человек."
    return None
