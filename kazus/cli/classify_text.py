"""A classification as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

import click

from classify.classification import Classification, Decided, WordWeight
from classify.labels import load_taxonomy
from kazus.cli.context import Language

_HEADS = {
    "ru": {"product": "Продукт", "category": "Категория", "person": "решает человек", "scope": "в компетенции"},
    "en": {"product": "Product", "category": "Category", "person": "for a person", "scope": "in scope"},
}
_SIDES = {"ru": ("за", "против"), "en": ("for", "against")}
_ALSO = {"ru": "Заявлено", "en": "Claimed"}
_FACTS = {"ru": "Оспариваемые факты", "en": "Disputed facts"}
_NEAREST = {"ru": "Похожие примеры", "en": "Nearest examples"}
_LIKELY = 0.5


def classification_lines(found: Classification, language: Language) -> Iterator[str]:
    taxonomy = load_taxonomy()
    names = {entry.code: entry.name for entry in taxonomy.products}
    names |= {entry.code: entry.name for entry in taxonomy.categories}
    heads = _HEADS[language]
    yield click.style(f"{found.id} · {found.model.name}@{found.model.version} · {found.milliseconds} ms", dim=True)
    for head, decided in ((heads["product"], found.product), (heads["category"], found.category)):
        yield from _decided_lines(head, decided, names, heads["person"])
    if found.categories:
        listed = ", ".join(f"{one.label} {one.probability:.2f}" for one in found.categories)
        yield f"{_ALSO[language]}: {listed}"
    if found.disputed_facts:
        likely = [f"{one.label} {one.probability:.2f}" for one in found.disputed_facts if one.probability >= _LIKELY]
        if likely:
            yield f"{_FACTS[language]}: {', '.join(likely)}"
    if found.in_scope_probability is not None:
        yield f"{heads['scope']}: {found.in_scope_probability:.2f} · {found.language}"
    if found.explanation is not None:
        for side, words in zip(_SIDES[language], (found.explanation.for_, found.explanation.against), strict=True):
            yield f"  {side}: {_words(words)}"
    if found.nearest:
        near = ", ".join(f"{one.id} ({one.product}/{one.category}, {one.similarity:.2f})" for one in found.nearest)
        yield f"{_NEAREST[language]}: {near}"


def _decided_lines(head: str, decided: Decided, names: dict[str, str], person: str) -> Iterator[str]:
    if decided.label is None or decided.probabilities is None:
        yield click.style(f"{head}: – ({person})", bold=True)
    else:
        chance = decided.probabilities[decided.label]
        doubt = f" ({person})" if decided.abstained else ""
        yield click.style(f"{head}: {names[decided.label]} · {decided.label} {chance:.2f}{doubt}", bold=True)
    if decided.reason is not None:
        yield f"  {decided.reason}"


def _words(words: tuple[WordWeight, ...]) -> str:
    return ", ".join(f"«{word.text}» {word.weight:+.2f}" for word in words)
