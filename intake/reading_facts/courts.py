"""Signs of courts and of earlier decisions of the financial ombudsman."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.facts import ClaimItem, Sign, SignKind
from intake.reading_facts.court_mentions import court_mentions, is_of_another_subject
from intake.reading_facts.item_kinds import KINDS
from intake.reading_facts.letters import clause_around
from intake.reading_facts.organisation import core_name
from intake.reading_facts.person import Applicant
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.signatures import stem_of_surname
from intake.reading_facts.words import Span


def make_sign(kind: SignKind, detail: str, sheet: Sheet, *spans: Span | None) -> Sign:
    return Sign(kind=kind, detail=detail, quotes=sheet.quotes(*spans))


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """Who disputes with whom about what: an act of court between others is another dispute."""

    applicant: Applicant
    organisation: str | None
    claims: Sequence[ClaimItem]

    def is_of(self, act: Sheet) -> bool:
        """The applicant's surname stands in the act, and the organisation's name or a sum that is asked for."""
        if not self._names_applicant(act):
            return False
        asked = {item.amount for item in self.claims if item.amount is not None}
        if any(item.value in asked for item in act.sums):
            return True
        core = self._organisation_cue()
        return core is None or act.words.has((core,))

    def is_of_others(self, act: Sheet) -> bool:
        """A well-read act that names neither the applicant nor the organisation, or is about another subject."""
        if not (act.readable and act.certain):
            return False
        if is_of_another_subject(act):
            return True
        core = self._organisation_cue()
        known = self.applicant.surname is not None and core is not None
        return known and not self._names_applicant(act) and core is not None and not act.words.has((core,))

    def _names_applicant(self, act: Sheet) -> bool:
        surname = self.applicant.surname
        return surname is None or act.words.has((stem_of_surname(surname),))

    def _organisation_cue(self) -> str | None:
        core = core_name(self.organisation or "").split()
        return " ".join(f"{word[: max(4, len(word) - 2)]}*" for word in core) if core else None


def court_signs(
    main: Sheet | None, sheets: Sequence[Sheet], decisions: Sequence[Sheet], dispute: Dispute
) -> Iterator[Sign]:
    """Judicial acts of the package and what the letter says of courts.

    A mention that tells of no case about this dispute is a sign too, so that the verdict can say why it is harmless.
    """
    others: list[Sheet] = []
    for sheet in sheets:
        if sheet.type != "COURT_ACT" or sheet in decisions or sheet is main:
            continue
        if dispute.is_of(sheet) and not is_of_another_subject(sheet):
            yield make_sign("court_act", "в пакете судебный акт между теми же сторонами", sheet, *_act_spans(sheet))
        elif dispute.is_of_others(sheet):
            others.append(sheet)
            told = "в пакете судебный акт о другом предмете или между другими лицами"
            yield make_sign("court_elsewhere", told, sheet, *_act_spans(sheet))
        else:
            yield make_sign("court_mention", "в пакете судебный акт, стороны иные", sheet, *_act_spans(sheet))
    if main is None:
        return
    mentions = court_mentions(main)
    for place, harmless in mentions[:1]:
        clause = clause_around(main, place)
        if harmless is None and others and _names_act(main, place):
            harmless = "назван приложенный акт о другом предмете"
        if harmless is None:
            yield make_sign("court_mention", "суд назван в обращении", main, clause)
        else:
            yield make_sign("court_elsewhere", harmless, main, clause)


def _names_act(main: Sheet, place: Span) -> bool:
    """«решение Левобережного суда» among the enclosures."""
    return main.words.has(("решение", "определение", "акт", "постановление"), max(0, place.start - 45), place.start)


def _act_spans(sheet: Sheet) -> tuple[Span | None, ...]:
    """Case number, day, parties, what was asked, what was decided."""
    words = sheet.words
    case = words.first(("дело",), 0, 400)
    first = next(iter(sheet.dates), None)
    parties = words.first(("по иску", "по заявлению"))
    asked = words.first(("просит взыскать", "истец просит", "просил* взыскать", "требовани*"))
    decided = words.within(("решил", "определил", "постановил"))
    return (
        sheet.sentences.line(case.start) if case else None,
        Span(first.start, first.end) if first else None,
        _clause(sheet, parties, 150),
        _clause(sheet, asked, 140),
        _clause(sheet, decided[-1], 120) if decided else None,
    )


def _clause(sheet: Sheet, place: Span | None, limit: int) -> Span | None:
    if place is None:
        return None
    stop = re.search(r"[,;]\s|\.\s|\n\s*\n|\f", sheet.folded[place.end : place.end + limit])
    return Span(place.start, place.end + (stop.start() if stop else limit))


def is_decision(sheet: Sheet) -> bool:
    """Whether the paper is an earlier decision of the financial ombudsman."""
    if sheet.type == "DECISION_FU":
        return True
    if sheet.type not in ("OTHER", "COURT_ACT", "REPLY_FO"):
        return False
    head = min(len(sheet.folded), 500)
    body = sheet.words.has(("служба финансового уполномоченного", "финансовый уполномоченный по результатам"), 0, head)
    number = re.search(r"[уy]\s?-\s?\d\d\s?-\s?\d+\s?/\s?\d{4}", sheet.folded[:700])
    title = sheet.words.has(
        ("решение", "об удовлетворении требований", "об отказе в удовлетворении"), 0, head
    ) or re.search(r"р\s?е\s?ш\s?е\s?н\s?и\s?е", sheet.folded[:head])
    return bool((body or number) and title)


def decision_sign(sheet: Sheet, main: Sheet | None, claims: Sequence[ClaimItem]) -> Sign:
    """Same subject: the decision speaks of a demand of the appeal, by kind and (for money) by its sum."""
    body = sheet.words
    asked = body.within(("просит взыскать", "заявлено требование", "с требованием", "требовани* о взыскании"), gap=1)
    decided = body.within(("решил",))
    number = re.search(r"(?:№\s?)?[уy]\s?-\s?\d\d\s?-\s?\d+(?:\s?/\s?\d+(?:\s?-\s?\d+)?)?", sheet.folded)
    spans: list[Span | None] = [Span(*number.span()) if number else None]
    first = next(iter(sheet.dates), None)
    parties = body.first(("по обращению", "обращения"), 0, 900)
    not_claimed = body.first(("не предъявлялось", "не заявлялось", "не заявлял*", "не рассматривал*"), gap=1)
    same = _same_subject(sheet, asked, decided, claims)
    if same:
        spans += [Span(first.start, first.end) if first else None, _clause(sheet, parties, 120)]
    spans.append(_clause(sheet, asked[0], 130) if asked else None)
    spans.append(_clause(sheet, decided[-1], 160) if decided else None)
    if not_claimed is not None:
        spans.append(clause_around(sheet, not_claimed))
    quotes = list(sheet.quotes(*spans))
    if main is not None:
        told = main.words.first(
            ("решением от", "решением", "в том году ваши", "ваши смотрели", "финансовый уполномоченный уже"), gap=1
        )
        if told is not None:
            quotes += main.quotes(_clause(main, told, 100))
        quotes += [q for item in claims[:1] for q in item.quotes[:1]]
    stopped = body.has(("прекратить рассмотрение", "о прекращении рассмотрения"), gap=1)
    kind: SignKind = "earlier_decision_same" if same and not stopped else "earlier_decision_partial"
    detail = (
        "уполномоченный уже решил спор о том же требовании"
        if kind == "earlier_decision_same"
        else "уполномоченный решал спор о другом требовании по тому же событию"
    )
    return Sign(kind=kind, detail=detail, quotes=tuple(quotes))


def _same_subject(sheet: Sheet, asked: Sequence[Span], decided: Sequence[Span], claims: Sequence[ClaimItem]) -> bool:
    amounts = {item.value for item in sheet.sums}
    main_items = [item for item in claims if item.kind not in ("moral_harm", "fine", "lost_profit")]
    if any(item.amount in amounts for item in main_items if item.amount is not None and item.kind != "penalty"):
        return True
    regions = [Span(p.start, min(len(sheet.folded), p.end + 170)) for p in (*asked, *decided)]
    for item in main_items:
        cues = next((kind.cues for kind in KINDS if kind.label == item.item), ())
        for region in regions:
            found = sheet.words.within(cues, region.start, region.end, gap=1)
            if found and not sheet.words.has(
                ("не предъявлялось", "не заявлялось"), region.start, region.end + 40, gap=1
            ):
                return True
    return False
