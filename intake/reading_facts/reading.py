"""From read papers to the facts of the package: which paper is what, who asks whom for what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intake.evidence import Absence, Quote, Searched
from intake.facts import Appeal, ClaimItem, ClaimLetter, Fact, Facts, FeePayment, Paper, Unread
from intake.package import Package
from intake.page_text import DocumentText
from intake.reading_facts.address import read_address, read_contacts
from intake.reading_facts.birth import birth_date_unread, read_birth
from intake.reading_facts.chronology import Chronology, read_chronology
from intake.reading_facts.claims import Petition, read_petition
from intake.reading_facts.contract import read_contract, read_product
from intake.reading_facts.courts import is_decision
from intake.reading_facts.fee import read_fee
from intake.reading_facts.field_support import with_fields
from intake.reading_facts.letters import issued_on, written_on
from intake.reading_facts.named_sums import alike_named, amount_of, told_by_sum, topic_of, within_trade
from intake.reading_facts.organisation import read_organisation
from intake.reading_facts.papers import Papers
from intake.reading_facts.person import Applicant, read_applicant
from intake.reading_facts.roles import (
    CLAIM_TYPES,
    addressee_of,
    as_reply,
    claim_letter,
    main_letter,
    may_be_appeal,
    may_be_claim,
    may_be_proof,
    reads_like_a_reply,
)
from intake.reading_facts.sheets import Sheet, sheets_of
from intake.reading_facts.signatures import Signature, signature_of
from intake.reading_facts.signs import read_signs
from intake.reading_facts.titles import title_quotes, title_span
from intake.reading_facts.words import Span
from intake.registry import Registry
from intake.report import Field, TypedDocument
from text.values.vehicle import find_vehicle_numbers

_OTHER_ADDRESSEES = ("центральн* банк*", "банк* россии", "прокур*", "роспотребнадзор*", "президент*", "районн* суд*",
                     "губернатор*", "министерств*", "по правам человека", "полици*")  # fmt: skip
_IN_FULL = ("в полном объеме", "полную выплату", "полностью", "всю сумму", "полную стоимость", "полное возмещение")


def read_facts(
    package: Package,
    texts: Sequence[DocumentText],
    typed: Sequence[TypedDocument],
    fields: Sequence[Field],
    registry: Registry,
) -> Facts:
    """The facts of a package, each with quotes of the words it rests on.

    `texts` and `typed` run parallel to `package.documents`. What is not surely read stays None; nothing is inferred
    from the absence of a paper here, that is the criteria's business.
    """
    filed = package.cover.filed or package.received
    sheets = sheets_of(texts, typed, filed)
    several = sum(sheet.type in CLAIM_TYPES for sheet in sheets) > 1
    sheets = tuple(as_reply(sheet) if several or sheet.type == "OTHER" else sheet for sheet in sheets)
    decisions = tuple(sheet for sheet in sheets if is_decision(sheet))
    main = main_letter(sheets, decisions)
    claim = claim_letter(sheets, main)
    papers = Papers(
        main=main,
        claim=claim,
        proofs=tuple(s for s in sheets if s.type == "SEND_PROOF"),
        replies=tuple(s for s in sheets if s.type == "REPLY_FO" and s not in decisions and reads_like_a_reply(s)),
        initial=next((s for s in sheets if s.type == "INITIAL_APP"), None),
    )
    applicant = read_applicant(main, sheets) if main is not None else Applicant(name=None, type=None, person=None, at=0)
    signatures = {id(s): signature_of(s, applicant.surname if s in (main, claim) else None) for s in sheets}
    described = tuple(_paper(sheet, signatures[id(sheet)]) for sheet in sheets)
    facts = Facts(
        papers=(*described, *_embedded(sheets, described)),
        everything_searched=_searched(package, texts),
        any_unreadable=any(page.grade == "unreadable" for d in package.documents for page in d.pages)
        or any(d.error is not None for d in package.documents),
    )
    unplaced = [sheet for sheet in sheets if sheet is not main and sheet is not claim]
    facts = replace(
        facts,
        possible_appeals=tuple(described[sheets.index(s)] for s in unplaced if may_be_appeal(s)),
        possible_claims=tuple(described[sheets.index(s)] for s in unplaced if may_be_claim(s)),
        possible_proofs=tuple(described[sheets.index(s)] for s in unplaced if may_be_proof(s)),
    )
    contract = read_contract(main, claim, sheets) if main is not None else None
    since = contract.date.value if contract is not None and contract.date is not None else None
    chronology = read_chronology(
        papers, filed, {id(s): signatures[id(s)].signed != "unsigned" for s in papers.replies}, since
    )
    against = read_organisation(main, claim, sheets, applicant, registry) if main is not None else None
    resolved = against.resolved if against is not None and _is_found(against.resolved) else None
    found = resolved.matches[0].organisation if resolved is not None else None
    petition = read_petition(main) if main is not None else _EMPTY
    asked = read_petition(claim) if claim is not None else _EMPTY
    trade = found.kind if found is not None else None
    claims, letter_items = alike_named(
        within_trade(petition.items, trade),
        within_trade(asked.items, trade),
        topic_of(main, trade),
        topic_of(claim, trade),
    )
    letter_items = (*letter_items, *told_by_sum(claims, letter_items, claim))
    facts = replace(
        facts,
        claims=claims,
        amount_claimed=amount_of(main, petition, claims),
        appeal=_appeal(main, described, sheets),
        claim=_claim(papers, described, sheets, letter_items, chronology),
        claim_date=chronology.claim,
        claim_received_date=chronology.received,
        claim_channel=chronology.channel,
        claim_standard_form=chronology.standard_form,
        reply_date=chronology.reply,
        reply_kind=chronology.reply_kind,
        initial_application_date=chronology.initial,
        initial_answer_date=chronology.initial_answer,
        breach_date=chronology.breach,
        applicant_name=applicant.name,
        applicant_type=applicant.type,
    )
    if main is None or contract is None or against is None:
        return facts
    born, place = read_birth(main, applicant, sheets)
    phone, email = read_contacts(main, applicant, sheets)
    number = contract.number.value if contract.number is not None else None
    assignee = applicant.type is not None and applicant.type.value == "assignee"
    fee = read_fee(sheets, described, number) if assignee else None
    signature = signatures[id(main)]
    unread = birth_date_unread(main, applicant) if born is None else ()
    vin, plate = _vehicle(main, sheets)
    facts = replace(
        facts,
        birth_date=None if assignee and applicant.person is None else born,
        birth_place=None if assignee and applicant.person is None else place,
        unread=(Unread(fact="birth_date", quotes=unread),) if unread else (),
        address=read_address(main, applicant, sheets),
        phone=phone,
        email=email,
        org_name=against.name,
        org_inn=against.inn,
        org_address=against.address,
        organisation=against.resolved,
        contract_number=contract.number,
        contract_date=contract.date,
        product=read_product(main, contract, found),
        fee=fee,
        fee_paid=_fee_paid(assignee, fee),
        vin=vin,
        plate=plate,
        signature=None if signature.who is None else Fact(value=signature.who, quotes=signature.quotes),
        signs=read_signs(
            main,
            sheets,
            applicant,
            born,
            signature,
            claims,
            filed,
            decisions,
            against.name.value if against.name is not None else None,
        ),
    )
    return facts if assignee and applicant.person is None else with_fields(facts, fields, main.document)


_EMPTY = Petition(items=(), total=None, total_span=None, regions=())


def _is_found(resolved: object) -> bool:
    return getattr(resolved, "resolution", None) == "found"


def _paper(sheet: Sheet, signature: Signature) -> Paper:
    quotes = title_quotes(sheet)
    if sheet.type == "REPLY_FO":
        issued = issued_on(sheet)
        quotes = sheet.quotes(issued.span) if issued is not None else quotes
    return Paper(
        document=sheet.document,
        first_page=sheet.first_page,
        last_page=sheet.last_page,
        type=sheet.type,
        type_certain=sheet.certain,
        signed=signature.signed,
        signature_quotes=signature.quotes,
        title_quotes=quotes,
        readable=sheet.readable,
    )


def _embedded(sheets: Sequence[Sheet], papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """A registration certificate scanned under another paper in one file is a paper of its own."""
    found: list[Paper] = []
    for sheet, paper in zip(sheets, papers, strict=True):
        for type_, cue in (
            ("STS", "свидетельство о регистрации тс|транспортного"),
            ("PTS", "паспорт транспортного средства"),
        ):
            if sheet.type not in ("POLICY_OSAGO", "CONTRACT_INS", "OTHER", "DKP") or any(
                p.type == type_ and p.document == paper.document for p in (*papers, *found)
            ):
                continue
            place = sheet.words.first((cue,), 60)
            if place is None:
                continue
            line = sheet.sentences.line(place.start)
            if place.start - line.start <= 3:
                found.append(
                    replace(
                        paper,
                        type=type_,
                        signed="unsigned",
                        signature_quotes=(),
                        title_quotes=sheet.quotes(Span(place.start, max(place.end, min(line.end, place.end + 24)))),
                    )
                )
    return tuple(found)


def _searched(package: Package, texts: Sequence[DocumentText]) -> Absence:
    del texts
    return Absence(
        what="просмотрены все страницы пакета",
        searched=tuple(
            Searched(document=index, pages=tuple(page.number for page in document.pages))
            for index, document in enumerate(package.documents)
            if document.pages
        ),
    )


def _appeal(main: Sheet | None, described: Sequence[Paper], sheets: Sequence[Sheet]) -> Appeal | None:
    if main is None:
        return None
    paper = described[list(sheets).index(main)]
    addressee = addressee_of(main)
    quotes: tuple[Quote, ...]
    if addressee is not None:
        quotes = main.quotes(addressee)
    else:
        title = main.words.first(("жалоба", "обращение", "заявление"), 0, 700)
        quotes = main.quotes(main.sentences.line(0), main.sentences.line(title.start) if title else None)
    elsewhere = main.words.has(_OTHER_ADDRESSEES, 0, 160)
    addressed = addressee is not None or (main.type == "APPEAL_FU" and main.certain and not elsewhere)
    return Appeal(paper=paper, addressed=addressed, address_quotes=quotes, date=_filed_on(main))


def _filed_on(main: Sheet) -> Fact[date] | None:
    """The appeal's own date: beside the signature, in its heading, or «сформировано … 12.03.2026»."""
    formed = main.words.first(("сформировано", "обращение через сайт"), 0, 400, gap=0)
    if formed is not None:
        item = next((d for d in main.dates if formed.start <= d.start <= formed.end + 60), None)
        if item is not None:
            return Fact(value=item.value, quotes=main.quotes(Span(formed.start, item.end)))
    near = [d for d in main.dates if abs((main.reference - d.value).days) <= 60 and not d.guessed]
    ending = [d for d in near if d.start > len(main.folded) - 300] or [d for d in near if d.start < 200]
    if not ending:
        dated = written_on(main)
        return None if dated is None else Fact(value=dated.value, quotes=main.quotes(dated.span))
    item = ending[-1]
    return Fact(value=item.value, quotes=main.quotes(Span(item.start, item.end)))


def _claim(
    papers: Papers,
    described: Sequence[Paper],
    sheets: Sequence[Sheet],
    items: tuple[ClaimItem, ...],
    chronology: Chronology,
) -> ClaimLetter | None:
    order = list(sheets)
    if papers.claim is not None:
        return ClaimLetter(
            paper=described[order.index(papers.claim)],
            is_initial_application=False,
            items=items,
            open_ended=not any(item.amount is not None for item in items) and papers.claim.words.has(_IN_FULL, gap=1),
            proof=chronology.proof,
        )
    if papers.main is None:
        return None
    told = papers.main.words.first(("претензи*",))
    if told is None:
        return None
    quotes = papers.main.quotes(_told_clause(papers.main, told))
    if papers.initial is not None:
        shown = _initial_quotes(papers)
        return ClaimLetter(
            paper=described[order.index(papers.initial)],
            is_initial_application=True,
            items=(),
            open_ended=True,
            proof=(*quotes, *shown),
        )
    return ClaimLetter(paper=None, is_initial_application=False, items=(), open_ended=True, proof=())


def _told_clause(main: Sheet, told: Span) -> Span:
    sentence = main.sentences.around(told.start)
    return Span(max(sentence.start, told.start - 60), min(sentence.end, told.end + 70))


def _initial_quotes(papers: Papers) -> tuple[Quote, ...]:
    sheet = papers.initial
    if sheet is None:
        return ()
    asked = sheet.words.first(("произвести выплату", "прошу", "провести осмотр"), gap=1)
    return sheet.quotes(title_span(sheet), sheet.sentences.line(asked.start) if asked else None)


def _fee_paid(assignee: bool, fee: FeePayment | None) -> Fact[bool] | None:
    if not assignee:
        return None
    return Fact(value=fee is not None, quotes=fee.quotes if fee is not None else ())


def _vehicle(main: Sheet, sheets: Sequence[Sheet]) -> tuple[Fact[str] | None, Fact[str] | None]:
    """VIN and plate of the applicant's car: from its own papers; a policy of the other driver comes last."""
    order = {"STS": 0, "PTS": 1, "DKP": 2}
    found: dict[str, list[tuple[int, str, Sheet, Span]]] = {"vin": [], "plate": []}
    for sheet in sheets:
        for number in find_vehicle_numbers(sheet.text.text):
            if number.kind in found and number.check != "failed":
                rank = order.get(sheet.type, 3 if sheet is main else 4)
                found[number.kind].append((rank, number.value, sheet, Span(number.start, number.end)))
    facts: list[Fact[str] | None] = []
    for kind in ("vin", "plate"):
        entries = sorted(found[kind], key=lambda entry: entry[0])
        if not entries:
            facts.append(None)
            continue
        value = entries[0][1]
        same = [entry for entry in entries if entry[1] == value]
        facts.append(Fact(value=value, quotes=tuple(q for e in same[:3] for q in e[2].quotes(e[3]))))
    return facts[0], facts[1]
