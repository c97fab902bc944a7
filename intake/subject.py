"""What the appeal is about, as a classifier of texts sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from classify.classification import Classification, Decided
from intake.facts import Fact, Facts
from intake.page_text import DocumentText
from intake.report import Part, TypedDocument
from ocr.document import Document

Classify = Callable[[str], Classification | None]
"""A text → its product and category; None where nothing can be said of it. Raises nothing."""

_NO_PRODUCT = "UNKNOWN"
_ANY_INSURANCE = "OTHER_INS"
_CONTRACTS = ("POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT")
_SPEAKS_FOR_ITSELF = ("APPEAL_FU", "CLAIM_FO")


def appeal_text(documents: Sequence[Document], typed: Sequence[TypedDocument]) -> str | None:
    """The appeal's own words; the claim's where there is no appeal; None where there is neither."""
    for wanted in _SPEAKS_FOR_ITSELF:
        for index, (document, known) in enumerate(zip(documents, typed, strict=True)):
            if known.copy_of is not None:
                continue
            parts = known.parts or (Part(type=known.type or "", first_page=1, last_page=max(1, known.pages)),)
            for part in parts:
                if part.type == wanted:
                    text = DocumentText(index, document, part.first_page, part.last_page).text.strip()
                    if text:
                        return text
    return None


def with_subject(facts: Facts, text: str | None, classify: Classify | None) -> tuple[Facts, Classification | None]:
    """The facts with the category, and with the product where no contract named it; and what the classifier said.

    An abstention is said in the classification and becomes no fact. A product that the contract's paper names stands
    over the classifier; one taken from words of the letter alone gives way to it within what the organisation offers.
    """
    if classify is None or text is None:
        return facts, None
    said = classify(text)
    if said is None:
        return facts, None
    if facts.category is None and _is_sure(said.category):
        facts = replace(facts, category=_fact(said.category))
    label = said.product.label
    said_surely = _is_sure(said.product) and label != _NO_PRODUCT
    if said_surely and not _is_named(facts) and _is_offered(facts, label):
        facts = replace(facts, product=_fact(said.product))
    return facts, said


def _is_named(facts: Facts) -> bool:
    """Whether a contract's paper says what the product is. «Страхование» without more names none of its kinds."""
    product = facts.product
    if product is None or product.value in (_NO_PRODUCT, _ANY_INSURANCE):
        return False
    contracts = {paper.document for paper in facts.papers_of(*_CONTRACTS)}
    return any(quote.document in contracts for quote in product.quotes)


def _is_offered(facts: Facts, product: str | None) -> bool:
    resolved = facts.organisation
    if resolved is None or resolved.resolution != "found":
        return True
    return product in resolved.matches[0].organisation.services


def _is_sure(decided: Decided) -> bool:
    return decided.label is not None and not decided.abstained


def _fact(decided: Decided) -> Fact[str]:
    assert decided.label is not None
    return Fact(value=decided.label, quotes=())
