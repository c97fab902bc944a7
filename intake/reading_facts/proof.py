"""What proves that the claim was sent or arrived."""

from __future__ import annotations

from collections.abc import Sequence

from intake.evidence import Quote
from intake.reading_facts.events import Event
from intake.reading_facts.letters import (
    arrived_on,
)
from intake.reading_facts.papers import Papers
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_POSTED = ("рпо", "шпи", "опись вложения", "отправлено", "кассовый чек", "квитанция")


def read_proof(papers: Papers, main: Sheet | None, told: Sequence[Event], own: Sheet | None) -> tuple[Quote, ...]:
    """Words that prove that the claim was sent or arrived; the appeal's own telling proves nothing."""
    del main, told
    claim = papers.claim
    if claim is None:
        return ()
    quotes: list[Quote] = []
    for dated in arrived_on(claim)[:2]:
        line = claim.sentences.line(dated.at.start)
        quotes += claim.quotes(line if line.end - line.start <= 90 else dated.span)
    if not quotes:
        posted = claim.words.first(_POSTED, 40)
        if posted is not None and any(c.isdigit() for c in claim.folded[posted.end : posted.end + 24]):
            line = claim.sentences.line(posted.start)
            quotes += claim.quotes(line if line.end - line.start <= 90 else Span(posted.start, posted.end + 20))
    for proof in papers.proofs:
        spans = [dated.span for dated in arrived_on(proof)[:2]]
        posted = proof.words.first(_POSTED)
        if posted is not None:
            spans.append(proof.sentences.line(posted.start))
        if not spans:
            spans.append(proof.sentences.line(0))
        quotes += proof.quotes(*spans)
    if own is not None:
        mention = own.words.first(
            ("на ваш* претензи*", "претензи* поступивш*|полученн*", "рассмотрев", "на претензию", "претензи* вх",
             "на обращение", "ваше письмо", "по результатам рассмотрения претензии", "вашу претензию",
             "по вашему заявлению",
             "на заявление", "ваше заявление по стандартной", "на ваше обращение", "претензия"), 0, 900, gap=1
        )  # fmt: skip
        if mention is not None:
            quotes += own.quotes(_mention(own, mention))
    return tuple(quotes)


def _mention(own: Sheet, mention: Span) -> Span:
    """«На Вашу претензию, поступившую 20.10.2025»: up to the date that follows."""
    sentence = own.sentences.around(mention.start)
    item = next((d for d in own.dates if mention.end <= d.start <= mention.end + 60 and d.end <= sentence.end), None)
    return (
        Span(mention.start, item.end) if item is not None else Span(mention.start, min(sentence.end, mention.end + 30))
    )
