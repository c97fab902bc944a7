"""Why a decision was found, and what sets it apart: Russian sentences, passages with their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from search.backends.contract import DecisionFeatures
from search.decision import ESTABLISHED, FINDINGS, OPERATIVE, Section
from search.hit import Passage, Reason
from search.norms import ancestors
from search.passages import sentences
from search.ranking.centring import Centring
from search.ranking.features import label_overlap, passage_likeness
from search.ranking.neighbours import NEIGHBOUR_FEATURES
from search.ranking.ranker import ALL_FEATURES, Ranked
from search.ranking.view import QueryView
from search.records import term_key
from search.telling_terms import idf
from text.lemmas import lemmas

_MOST_REASONS = 5
_MOST_WORDS = 6
_LEAST_SHARE = 0.03
"""Of the sum of what speaks for a decision: what adds less is no reason to name."""
_LIKELY = 0.5
_FAR_AMOUNT = 5
_SECTIONS = {ESTABLISHED: "установленные обстоятельства", FINDINGS: "выводы", OPERATIVE: "решение"}
_OUTCOMES = {
    "satisfied": "требования удовлетворены",
    "partial": "требования удовлетворены частично",
    "refused": "в удовлетворении отказано",
    "terminated": "рассмотрение прекращено",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]
    differs: tuple[str, ...]


def explain(
    view: QueryView,
    ranked: Ranked,
    sections: Sequence[Section],
    centring: Centring,
    usual_outcome: str | None,
) -> Explanation:
    """`usual_outcome`: how most of the decisions found beside this one ended, None where no outcome prevails."""
    passages = _passages(view, ranked.features, sections, centring)
    return Explanation(
        passages=passages,
        reasons=tuple(_reasons(view, ranked, passages)),
        differs=tuple(_differences(view, ranked.features, usual_outcome)),
    )


def _passages(
    view: QueryView, features: DecisionFeatures, sections: Sequence[Section], centring: Centring
) -> tuple[Passage, ...]:
    """The passage nearest to each segment of the query; without vectors, the one that shares most of its words."""
    texts = {section.name: section.text for section in sections}
    if not features.places:
        return ()
    if view.vectors.any() and features.passages.any():
        best = passage_likeness(view, features, centring).argmax(axis=1).tolist()
    else:
        shared = [
            _shared_weight(view, texts.get(place.section, "")[place.start : place.end]) for place in features.places
        ]
        best = [shared.index(max(shared))]
    shown: list[Passage] = []
    for index in dict.fromkeys(best):
        place = features.places[index]
        text = texts.get(place.section, "")[place.start : place.end]
        answered = _answered(view, text)
        shown.append(
            Passage(
                section=place.section,
                text=text,
                start=place.start,
                end=place.end,
                query_start=answered[0] if answered else None,
                query_end=answered[1] if answered else None,
            )
        )
    return tuple(shown)


def _answered(view: QueryView, passage: str) -> tuple[int, int] | None:
    """The sentence of the query that shares most with the passage; None where none shares a word."""
    held = set(lemmas(passage))
    best: tuple[float, int, int] | None = None
    for segment in view.segments:
        text = view.parsed.text[segment.start : segment.end]
        for span in sentences(text):
            said = set(lemmas(text[span.start : span.end])) & held
            weight = sum(_weight(view, lemma) for lemma in said)
            if weight > (best[0] if best else 0.0):
                best = (weight, segment.start + span.start, segment.start + span.end)
    return None if best is None else (best[1], best[2])


def _shared_weight(view: QueryView, text: str) -> float:
    return sum(_weight(view, lemma) for lemma in set(lemmas(text)))


def _weight(view: QueryView, lemma: str) -> float:
    """tf·idf in the query; 0 for what the query does not say."""
    frequency = view.statistics.frequency.get(("lemma", lemma), 0)
    return view.lemmas.get(lemma, 0.0) * idf(view.statistics.decisions, frequency) if frequency else 0.0


def _reasons(view: QueryView, ranked: Ranked, passages: Sequence[Passage]) -> Iterable[Reason]:
    speaking = sorted(
        ((added, name) for name, added in zip(ALL_FEATURES, ranked.contributions, strict=True) if added > 0),
        key=lambda pair: (-pair[0], pair[1]),
    )
    least = _LEAST_SHARE * sum(added for added, _ in speaking)
    told = 0
    near = False
    for added, name in speaking:
        if added < least or told == _MOST_REASONS:
            break
        # What it shares with other decisions is one reason, however it was measured.
        if name in NEIGHBOUR_FEATURES and near:
            continue
        sentence = _sentence(name, view, ranked.features, passages)
        if sentence is not None:
            told += 1
            near = near or name in NEIGHBOUR_FEATURES
            yield Reason(feature=name, text=sentence, contribution=round(added, 6))


def _sentence(name: str, view: QueryView, features: DecisionFeatures, passages: Sequence[Passage]) -> str | None:
    decision = features.decision
    match name:
        case "lemma":
            words = shared_words(view, features)
            return f"Общие слова: {', '.join(words)}." if words else None
        case "gram":
            return "Совпадают части слов и их написание."
        case "decision":
            return "Обстоятельства и выводы в целом близки по смыслу."
        case "passage":
            where = _SECTIONS.get(passages[0].section, passages[0].section) if passages else None
            return f"Близкий по смыслу фрагмент: {where}." if where else None
        case "norms":
            norms = shared_norm_names(view, features)
            return f"Общие нормы: {', '.join(norms)}." if norms else None
        case "category":
            return f"Вероятная категория спора совпадает: {decision.category}."
        case "product":
            return f"Вероятный продукт совпадает: {decision.product}."
        case "disputed_facts":
            return f"Тот же спорный вопрос: {_nearest_label(view, decision.disputed_facts)}."
        case "claim_items":
            return f"То же требование: {_nearest_label(view, decision.claim_items)}."
        case "near_words" | "near_meaning":
            return "Решение близко к другим наиболее похожим решениям."
        case "near_norms":
            return "Решение опирается на те же нормы, что и другие наиболее похожие."
        case "near_labels":
            return "Предмет спора тот же, что в других наиболее похожих решениях."
        case "amount":
            return f"Близкая сумма требования: {_roubles(decision.amount_claimed)}."
        case _:
            return "Недавнее решение."


def shared_words(view: QueryView, features: DecisionFeatures) -> list[str]:
    """The weightiest words of the query that the decision has, best first."""
    held = set(features.lemmas.keys.tolist())
    words = [lemma for lemma in view.lemmas if term_key(lemma) in held and not lemma.isdigit() and len(lemma) > 1]
    return sorted(words, key=lambda lemma: (-_weight(view, lemma), lemma))[:_MOST_WORDS]


def shared_norm_names(view: QueryView, features: DecisionFeatures) -> list[str]:
    """The narrowest norms of the query that the decision cites, the rarest first."""
    cited = {wider for norm in features.norms for wider in ancestors(norm)}
    shared = view.norms & cited
    wider = {part for norm in shared for part in ancestors(norm)[1:]}
    return sorted(shared - wider, key=lambda norm: (-view.norm_weights.get(norm, 0.0), norm))


def _nearest_label(view: QueryView, labels: Sequence[str]) -> str:
    return max(labels, key=lambda label: label_overlap(view, [label]))


def _differences(view: QueryView, features: DecisionFeatures, usual_outcome: str | None) -> Iterable[str]:
    decision = features.decision
    if view.classes is not None:
        for what, probabilities, label in (
            ("продукт", view.classes.product, decision.product),
            ("категория", view.classes.category, decision.category),
        ):
            likely = max(probabilities, key=lambda name: probabilities[name], default=None)
            if label and likely and likely != label and probabilities[likely] >= _LIKELY:
                other = "Другой" if what == "продукт" else "Другая"
                yield f"{other} {what}: в решении {label}, запрос скорее о {likely}."
    narrowest = view.norms - {part for norm in view.norms for part in ancestors(norm)[1:]}
    cited = {wider for norm in features.norms for wider in ancestors(norm)}
    missing = sorted(narrowest - cited)
    if missing:
        yield f"Решение не ссылается на {', '.join(missing)}."
    claimed = decision.amount_claimed
    if view.amounts and claimed:
        nearest = min(view.amounts, key=lambda amount: max(amount, claimed) / min(amount, claimed))
        if max(nearest, claimed) / min(nearest, claimed) >= _FAR_AMOUNT:
            yield f"Сумма другого порядка: в решении {_roubles(claimed)}, в запросе {_roubles(nearest)}."
    if usual_outcome and decision.outcome and decision.outcome != usual_outcome:
        yield f"Исход иной, чем у большинства найденных: {_OUTCOMES[decision.outcome]}."


def _roubles(amount: Decimal | None) -> str:
    if amount is None:
        return "–"
    whole = f"{amount:,.2f}".replace(",", " ").replace(".", ",")
    return f"{whole.removesuffix(',00')} ₽"
