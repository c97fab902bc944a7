"""The facts of a package: what the law's criteria ask about, each with the evidence it rests on.

`None` means that nothing in the package says it. Every fact carries quotes from the pages; a criterion adds
nothing to them but the rule. Names of facts are those of the outside contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from intake.evidence import Absence, Quote
from intake.registry import Resolved

T = TypeVar("T")

ApplicantType = Literal["consumer", "assignee", "entrepreneur", "organisation", "representative"]
ReplyKind = Literal["refusal", "satisfied", "other", "none"]
"""`refusal`: a direct refusal in whole or part, on letterhead and signed; `other`: interim, evasive or unsigned."""

ClaimKind = Literal[
    "money",  # a sum to be paid or returned
    "penalty",  # неустойка, финансовая санкция, проценты по ст. 395/28
    "expense",  # evacuation, storage, expertise, post, lawyer
    "moral_harm",  # компенсация морального вреда
    "lost_profit",  # упущенная выгода
    "fine",  # штраф 50 % (imposed by a court)
    "repair_referral",  # выдать направление на ремонт
    "dispute_debt",  # признать договор незаключённым, снять долг, исправить кредитную историю
    "bankruptcy_register",  # включить в реестр требований кредиторов
    "non_property",  # провести проверку, привлечь к ответственности, рефинансировать
]

SignKind = Literal[
    "business_own_right",  # the applicant acts as ИП or ЮЛ in their own right (policyholder is ИП, commercial use)
    "business_use",  # taxi, freight, rent in the policy or the text, though the applicant is a person
    "representative",  # signed by proxy, by a relative, from another's account
    "minor",  # the applicant is under age
    "court_act",  # a court has decided or is hearing a case: a judicial act lies in the package
    "court_mention",  # a court is only mentioned
    "court_elsewhere",  # a court is mentioned, and there is no case about this dispute: «в суд не обращалась»
    "mediation",
    "earlier_decision_same",  # the ombudsman already decided the same subject between the same parties
    "earlier_decision_partial",  # the ombudsman decided something else about the same event or contract
    "licence_revoked",  # a paper says that the licence was revoked
    "bankruptcy_subject",  # the subject of the dispute is an insolvency (organisation bankrupt, register of creditors)
    "bankruptcy_person",  # the applicant is in a personal bankruptcy
    "restore_petition",  # a petition to restore the three-year term
    "fee_missing_promise",  # the assignee says the fee is not paid yet
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact(Generic[T]):
    """`fields` are indexes into the report's fields; `quotes` show where it stands, best first."""

    value: T
    quotes: tuple[Quote, ...]
    fields: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimItem:
    """One thing asked for. `item` in the law's words; `amount` roubles, None when no sum stands beside it."""

    item: str
    amount: Decimal | None
    kind: ClaimKind
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """Something in the papers that bears on a criterion. `detail` is a Russian phrase for the reason."""

    kind: SignKind
    detail: str
    quotes: tuple[Quote, ...]


Signed = Literal["handwritten", "electronic", "empty_line", "unsigned", "unknown"]
"""`empty_line`: a printed «подпись ____» with no mark on it; `unknown`: the place could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One document (or a part of one) as the criteria see it. `readable` is false when a page of it is unreadable."""

    document: int
    first_page: int
    last_page: int
    type: str
    type_certain: bool
    signed: Signed
    signature_quotes: tuple[Quote, ...]
    title_quotes: tuple[Quote, ...]
    readable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Appeal:
    """What the appeal to the ombudsman itself shows; None in `Facts.appeal` when there is none in the package."""

    paper: Paper
    addressed: bool  # to the financial ombudsman
    address_quotes: tuple[Quote, ...]
    date: Fact[date] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimLetter:
    """The claim (претензия) to the organisation. `proof` quotes show sending or receipt, wherever they stand."""

    paper: Paper | None  # None: only told of, the copy is not in the package
    is_initial_application: bool  # called a claim, but it is the first application for payment
    items: tuple[ClaimItem, ...]
    open_ended: bool  # asks for payment "in full" without a list that could be compared item by item
    proof: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeePayment:
    """The assignee's fee (ст. 16 ч. 6). `for_this_case` None when the purpose cannot be compared."""

    paper: Paper
    amount: Decimal | None
    paid_on: date | None
    executed: bool
    to_service: bool  # the payee is the ombudsman's service (СОДФУ)
    for_this_case: bool | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A particular (named as its fact) that is seen to stand on a page and could not be read."""

    fact: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    applicant_name: Fact[str] | None = None
    applicant_type: Fact[ApplicantType] | None = None
    birth_date: Fact[date] | None = None
    birth_place: Fact[str] | None = None
    address: Fact[str] | None = None
    phone: Fact[str] | None = None
    email: Fact[str] | None = None
    org_name: Fact[str] | None = None
    org_inn: Fact[str] | None = None
    contract_number: Fact[str] | None = None
    contract_date: Fact[date] | None = None
    product: Fact[str] | None = None
    category: Fact[str] | None = None
    claims: tuple[ClaimItem, ...] = ()
    amount_claimed: Fact[Decimal] | None = None
    breach_date: Fact[date] | None = None
    initial_application_date: Fact[date] | None = None
    initial_answer_date: Fact[date] | None = None  # payment or refusal on the initial application
    claim_date: Fact[date] | None = None
    claim_received_date: Fact[date] | None = None
    claim_channel: Fact[Literal["electronic", "paper"]] | None = None
    claim_standard_form: Fact[bool] | None = None
    reply_date: Fact[date] | None = None
    reply_kind: Fact[ReplyKind] | None = None
    fee_paid: Fact[bool] | None = None
    vin: Fact[str] | None = None
    plate: Fact[str] | None = None

    # What the criteria need beyond the contract's facts.
    organisation: Resolved | None = None
    appeal: Appeal | None = None
    claim: ClaimLetter | None = None
    fee: FeePayment | None = None
    papers: tuple[Paper, ...] = ()
    signs: tuple[Sign, ...] = ()
    signature: Fact[str] | None = None  # who signed the appeal, as it stands
    org_address: Fact[str] | None = None
    everything_searched: Absence | None = None  # every page of the package: the ground of "not found"
    any_unreadable: bool = False
    unread: tuple[Unread, ...] = ()
    # Papers whose type is not sure and that may be what is said to be missing.
    possible_appeals: tuple[Paper, ...] = ()
    possible_claims: tuple[Paper, ...] = ()
    possible_proofs: tuple[Paper, ...] = ()

    def signs_of(self, *kinds: SignKind) -> tuple[Sign, ...]:
        return tuple(sign for sign in self.signs if sign.kind in kinds)

    def unread_quotes(self, fact: str) -> tuple[Quote, ...]:
        """Where the particular stands unread; nothing where it is not seen at all."""
        return tuple(quote for unread in self.unread if unread.fact == fact for quote in unread.quotes)

    def papers_of(self, *types: str) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if paper.type in types)
