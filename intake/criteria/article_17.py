"""Art. 17: the form of the appeal, what it must say, what must lie beside it."""

from __future__ import annotations

from rapidfuzz import fuzz

from intake.criteria.inquiry import (
    Finding,
    Inquiry,
    absence,
    best,
    day,
    distinct,
    doubtful_paper,
    filed_evidence,
    in_appeal,
    item_quotes,
    met,
    missing,
    not_met,
)
from intake.evidence import Evidence, Quote
from intake.facts import Paper
from intake.law.edition import PaperGroup
from intake.reading_facts.item_kinds import HARM_TO_HEALTH
from text.normalise import fold

_ADDRESSEES = ("финансовому уполномоченному", "уполномоченному по правам потребителей финансовых услуг")
_NEAR_ADDRESS = 82


def form(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art17.form: an appeal to the ombudsman, in writing, signed when on paper."""
    facts = inquiry.facts
    appeal = facts.appeal
    if appeal is None or not (appeal.addressed or _reads_like_the_ombudsman(appeal.address_quotes)):
        shown: list[Evidence] = []
        instead = ""
        if appeal is not None:
            shown = [*appeal.address_quotes, *appeal.paper.title_quotes]
            to = appeal.address_quotes[0].text if appeal.address_quotes else ""
            instead = f" Обращение адресовано: «{to}»." if to else ""
        reason = f"Обращения к финансовому уполномоченному в пакете нет.{instead}"
        if facts.any_unreadable:
            return (missing(inquiry, reason, shown),)
        if appeal is None and facts.possible_appeals:
            return (doubtful_paper(inquiry, reason, facts.possible_appeals),)
        return (not_met(reason, [*shown, *absence(facts, "обращение к финансовому уполномоченному")]),)
    place = [*(best(facts.signature) or appeal.paper.signature_quotes[:1])]
    shown = [*appeal.address_quotes[:1], *place]
    signed = appeal.paper.signed
    when = f" от {day(appeal.date.value)}" if appeal.date is not None else ""
    if inquiry.channel == "paper":
        if signed == "unknown":
            return (
                Finding(
                    result="cannot_tell",
                    cause="needs_person" if appeal.paper.readable else "unreadable",
                    reason=(
                        f"Подпись под обращением{when} не найдена, но и пустого места для неё не видно: посмотрите."
                        if appeal.paper.readable
                        else "Место подписи не читается: подписано ли обращение, сказать нельзя."
                    ),
                    evidence=distinct(shown),
                ),
            )
        if signed in ("empty_line", "unsigned"):
            return (
                not_met(
                    f"Письменное обращение{when} не подписано.",
                    shown if place else [*shown, *absence(facts, "подпись заявителя под обращением")],
                ),
            )
        return (met(f"Письменное обращение{when} адресовано финансовому уполномоченному и подписано.", shown),)
    return (met(f"Обращение{when} подано финансовому уполномоченному в электронной форме.", shown),)


def _reads_like_the_ombudsman(quotes: tuple[Quote, ...]) -> bool:
    """Whether a badly read addressee is still nearer to the ombudsman than to anybody else."""
    return any(
        fuzz.partial_ratio(phrase, fold(quote.text)) >= _NEAR_ADDRESS for quote in quotes for phrase in _ADDRESSEES
    )


def content(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art17.content: each particular is in the appeal or can be recovered from the papers beside it."""
    facts = inquiry.facts
    legal_person = (
        inquiry.is_assignee
        and facts.applicant_name is not None
        and facts.birth_date is None
        and not facts.applicant_name.value.lower().startswith(("ип ", "индивидуальный"))
    )
    needed: list[tuple[str, tuple[Quote, ...], bool]] = [
        ("имя (наименование) заявителя", best(facts.applicant_name), facts.applicant_name is not None),
        ("адрес заявителя", best(facts.address), facts.address is not None),
        (
            "наименование организации",
            distinct_quotes(best(facts.org_name), best(facts.org_address)),
            facts.org_name is not None,
        ),
        ("предмет требования", _subject(inquiry), bool(facts.claims)),
    ]
    if not legal_person:
        needed[1:1] = [
            ("дата рождения", best(facts.birth_date), facts.birth_date is not None),
            ("место рождения", best(facts.birth_place), facts.birth_place is not None),
        ]
    useful = (
        *best(facts.phone),
        *best(facts.email),
        *best(facts.contract_number),
        *in_appeal(inquiry, facts.claim_date),
        *in_appeal(inquiry, facts.claim_received_date),
        *in_appeal(inquiry, facts.reply_date),
        *in_appeal(inquiry, facts.reply_kind),
        *filed_evidence(inquiry),
    )
    asks_for_money = any(item.kind in ("money", "penalty", "expense") for item in facts.claims)
    priced = facts.amount_claimed is not None or any(item.amount is not None for item in facts.claims)
    needed.append(("размер требования", best(facts.amount_claimed), priced or not asks_for_money))
    lacking = [name for name, _, there in needed if not there]
    shown = [quote for _, quotes, there in needed if there for quote in quotes] + list(useful)
    if not lacking:
        return (met("Обязательные сведения в обращении и приложениях есть.", shown),)
    seen = facts.unread_quotes("birth_date")
    if seen and lacking == ["дата рождения"]:
        return (
            Finding(
                result="cannot_tell",
                cause="unreadable",
                reason=f"Дата рождения в обращении стоит, но не прочиталась: «{seen[0].text}».",
                evidence=distinct([*seen, *shown]),
            ),
        )
    nearest = list(best(facts.birth_date)) if lacking == ["место рождения"] else []
    return (missing(inquiry, f"Ни в обращении, ни в приложениях не указано: {', '.join(lacking)}.", nearest),)


def _subject(inquiry: Inquiry) -> tuple[Quote, ...]:
    """What happened and how much is asked for: the total where the appeal adds up, else item by item."""
    facts = inquiry.facts
    asked = best(facts.amount_claimed) or item_quotes(facts.claims)
    return (*(in_appeal(inquiry, facts.breach_date) or best(facts.breach_date)), *asked)


def distinct_quotes(*groups: tuple[Quote, ...]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quote for group in groups for quote in group))


def attachments(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art17.attach: every group of papers of the product's profile has one. No claim letter: the claim is missing."""
    facts = inquiry.facts
    category = _category(inquiry)
    found: list[Paper] = []
    present: list[str] = []
    lacking: list[str] = []
    for group in inquiry.law.papers:
        if not _applies(group, inquiry, category):
            continue
        papers = list(facts.papers_of(*group.any_of))
        if "CLAIM_FO" in group.any_of:
            papers = _claim_papers(inquiry, papers)
        elif "SEND_PROOF" in group.any_of and not papers and _proof_on_letter(inquiry):
            continue
        elif group.when == "assignee" and "RECEIPT" in group.any_of:
            papers = [facts.fee.paper] if facts.fee is not None else []
        elif "REPLY_FO" in group.any_of and facts.reply_date is not None:
            papers = _reply_papers(inquiry, papers)
        if papers:
            found += [paper for paper in papers if paper not in found]
            present.append(group.name)
        else:
            lacking.append(group.name)
    shown = [quote for paper in found for quote in _title(inquiry, paper)]
    others = [
        quote
        for paper in facts.papers
        if paper not in found and paper.type not in _NOT_ATTACHED
        for quote in paper.title_quotes[:1]
    ]
    if not lacking:
        return (met(f"Необходимые документы приложены: {'; '.join(present)}.", [*shown, *others]),)
    said = [quote for sign in facts.signs_of("fee_missing_promise") for quote in sign.quotes]
    if _PROOF_OF_SENDING in lacking:
        said += [*best(facts.claim_channel), *best(facts.reply_kind)]
    return (missing(inquiry, f"Не приложено: {', '.join(lacking)}.", [*shown, *others, *said]),)


_PROOF_OF_SENDING = "доказательство отправки претензии"  # the group of profiles.toml that names it
_NOT_ATTACHED = ("APPEAL_FU", "OTHER", "JUNK")


_HARM_TO_HEALTH = "INS_HEALTH"


def _category(inquiry: Inquiry) -> str | None:
    """The category of the dispute; harm to life or health also by what is asked for."""
    if any(item.item == HARM_TO_HEALTH for item in inquiry.facts.claims):
        return _HARM_TO_HEALTH
    return inquiry.facts.category.value if inquiry.facts.category is not None else None


def _applies(group: PaperGroup, inquiry: Inquiry, category: str | None) -> bool:
    if group.products and (inquiry.product or "UNKNOWN") not in group.products:
        return False
    if group.categories and category not in group.categories:
        return False
    if category is not None and category in group.except_categories:
        return False
    if group.when == "assignee":
        return inquiry.is_assignee
    if group.when in ("replied", "not_replied"):
        claim = inquiry.facts.claim
        if claim is None or claim.is_initial_application:
            return False
        return inquiry.replied == (group.when == "replied")
    return True


def _claim_papers(inquiry: Inquiry, papers: list[Paper]) -> list[Paper]:
    claim = inquiry.facts.claim
    if claim is None or claim.is_initial_application or claim.paper is None:
        return []
    return [claim.paper, *(paper for paper in papers if paper != claim.paper)]


def _reply_papers(inquiry: Inquiry, papers: list[Paper]) -> list[Paper]:
    """The reply whose paper its date is quoted from, when it is among them."""
    quoted = {quote.document for quote in inquiry.facts.reply_date.quotes} if inquiry.facts.reply_date else set()
    return [paper for paper in papers if paper.document in quoted] or papers


def _title(inquiry: Inquiry, paper: Paper) -> tuple[Quote, ...]:
    """What a person knows the paper by: a letter of the organisation by its number and day, others by their title."""
    reply_date = inquiry.facts.reply_date
    if paper.type == "REPLY_FO" and reply_date is not None:
        numbered = tuple(quote for quote in reply_date.quotes if quote.document == paper.document)
        if numbered:
            return numbered
    return paper.title_quotes[:1]


def _proof_on_letter(inquiry: Inquiry) -> bool:
    claim = inquiry.facts.claim
    return claim is not None and bool(claim.proof)
