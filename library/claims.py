"""What was asked for and what became of it, item by item, from the words of the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from search.decision import Outcome
from text.normalise import fold
from text.values.money import find_sums

ClaimOutcome = Literal["satisfied", "partial", "refused", "not_considered", "conditional", "terminated"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """`item` in the library's words where they know it, else as it stands. Amounts in roubles; `amount_awarded` None
    where the item was not decided on the merits. `conditional`: due only if the decision is not obeyed in time."""

    item: str
    amount_claimed: Decimal | None
    amount_awarded: Decimal | None
    outcome: ClaimOutcome | None


_ITEMS: tuple[tuple[str, str], ...] = (
    ("моральный вред", r"моральн\w+ вред"),
    ("финансовая санкция", r"финансов\w+ санкци"),
    ("штраф", r"(?<!\w)штраф"),
    ("УТС", r"утрат\w+ товарн\w+ стоимост|(?<!\w)утс(?!\w)"),
    ("доплата страхового возмещения", r"доплат\w+ страхов\w+|недоплачен\w+ (?:част\w+ )?страхов\w+|доплат\w+ выплат"),
    ("проценты", r"процент\w+ за пользован\w+ чужими|по (?:статье|ст\.) 395"),
    ("неустойка", r"неустойк|(?<!\w)пен[яеи](?!\w)"),
    ("эвакуация", r"эвакуац|эвакуатор"),
    ("хранение", r"хранени\w+ (?:транспортн|автомобил|тс)|стоянк"),
    ("экспертиза",
     r"(?:проведени\w+|независим\w+|оплат\w+|стоимост\w+)[^,;]{0,30} (?:экспертиз|эксперт|оценк)|заключени\w+ эксперт"),
    ("нотариус", r"нотари"),
    ("юрист", r"юридическ|представител"),
    ("почта", r"почтов"),
    ("курьер", r"курьер"),
    ("телеграмма", r"телеграм"),
    ("копии", r"копи[йи]"),
    ("дефектовка", r"дефектовк"),
    ("диагностика", r"диагностик"),
    ("аварком", r"аварийн\w+ комиссар|аварком"),
    ("страховое возмещение", r"страхов\w+ (?:возмещени|выплат|сумм)"),
    ("страховая премия", r"страхов\w+ преми"),
)  # fmt: skip
_DEMAND = re.compile(
    r"(?:с требовани(?:ем|ями)|требу(?:ет|я)|просит)\s+(?P<list>.{10,2400}?)(?:\.(?=\s+[А-ЯЁ]|\s*$)|$)"
)
_VERBAL_NOUNS = (
    "взыскани|выплат|возврат|обязани|возмещени|осуществлени|признани|перерасч|расторж|снижени|предоставлени|замен|"
    "перевод|восстановлени|списани|исключени|организаци|прекращени|устранени|уменьшени"
)
_ITEM_START = re.compile(
    rf"(?:^|[,;]\s*|\s+и\s+|а также\s+|\d\)\s*)(?:а также\s+)?(?:об?|взыскать)\s+(?={_VERBAL_NOUNS})"
)
_OPENING = re.compile(r"^(?:взыскании|взыскание|выплате|возврате|возмещении)\s+")
_AMOUNT_TAIL = re.compile(r"\s+(?:в размере|в сумме|на сумму|размере)\s.*$")
_SENTENCE = re.compile(r"(?<=[а-яёa-z0-9»)])[.;](?=\s+(?:\d{1,2}\.\s)?[А-ЯЁ])|\n(?=\s*(?:\d{1,2}\.\s|[А-ЯЁ]))")
_LINE_HYPHEN = re.compile(r"(?<=[а-яё])-\s*\n\s*(?=[а-яё])")


def claims_of(established: str, operative: str) -> tuple[Claim, ...]:
    """Items asked for in the order of the appeal, with what the operative part says of each."""
    sentences = list(_sentences(operative))
    claims = [_judged(phrase, amount, sentences) for phrase, amount in _demanded(established)]
    return tuple(_with_unnamed_awards(claims, sentences))


def item_name(phrase: str) -> str:
    """The library's word for what is asked for, else the phrase itself without its amount."""
    folded = fold(phrase)
    for name, pattern in _ITEMS:
        if re.search(pattern, folded):
            return name
    return " ".join(_OPENING.sub("", _AMOUNT_TAIL.sub("", phrase)).split()).strip(" ,;.")


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", _LINE_HYPHEN.sub("", text))


def _demanded(established: str) -> Iterator[tuple[str, Decimal | None]]:
    match = _DEMAND.search(_joined(established)[:6000])
    if match is None:
        return
    listed = match["list"]
    starts = [(start.start(), start.end()) for start in _ITEM_START.finditer(listed)]
    for position, (_, begin) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(listed)
        phrase = listed[begin:end].strip(" ,;")
        sums = [found.value for found in find_sums(phrase)]
        yield phrase, sums[-1] if sums else None


def _sentences(operative: str) -> Iterator[str]:
    text = _LINE_HYPHEN.sub("", operative)
    start = 0
    for match in _SENTENCE.finditer(text):
        yield re.sub(r"\s+", " ", text[start : match.end()])
        start = match.end()
    yield re.sub(r"\s+", " ", text[start:])


def _judged(phrase: str, claimed: Decimal | None, sentences: list[str]) -> Claim:
    name = item_name(phrase)
    awarded: Decimal | None = None
    said: set[ClaimOutcome] = set()
    for sentence in sentences:
        folded = fold(sentence)
        if not _speaks_of(folded, name, phrase):
            continue
        if re.search(r"в случае неисполнени", folded):
            said.add("conditional")
        elif re.search(r"оставить без рассмотрени|остав\w+ без рассмотрени", folded):
            said.add("not_considered")
        elif re.search(r"прекратить|прекращ", folded):
            said.add("terminated")
        elif re.search(r"остальной части|остальн\w+ требовани", folded):
            said.add("partial")
        elif re.search(r"отказать", folded):
            said.add("refused")
        elif re.search(r"удовлетворить частично|частично удовлетворить", folded):
            said.add("partial")
        elif re.search(r"удовлетворить", folded):
            said.add("satisfied")
        elif re.search(r"взыскать|выплатить|возвратить|обязать|перечислить", folded):
            said.add("satisfied")
            sums = [found.value for found in find_sums(sentence)]
            if sums and awarded is None:
                awarded = sums[0]
    outcome = _outcome(said)
    if outcome == "refused":
        awarded = Decimal(0)
    elif outcome == "satisfied" and awarded is not None and claimed is not None and awarded < claimed:
        outcome = "partial"
    elif outcome in ("not_considered", "conditional", "terminated"):
        awarded = None
    return Claim(item=name, amount_claimed=claimed, amount_awarded=awarded, outcome=outcome)


def _with_unnamed_awards(claims: list[Claim], sentences: list[str]) -> list[Claim]:
    """«Взыскать … плату» need not repeat the item's name: sums nobody claimed go to the items in their order."""
    taken = [claim.amount_awarded for claim in claims]
    left: list[Decimal] = []
    whole_case_ends = False
    for sentence in sentences:
        folded = fold(sentence)
        whole_case_ends |= (
            re.search(r"прекратить рассмотрение обращени|рассмотрение обращени[а-я]+ [^.]{0,120}прекратить", folded)
            is not None
        )
        if re.search(r"взыскать|выплатить|возвратить|перечислить", folded) and "в случае неисполнени" not in folded:
            sums = [found.value for found in find_sums(sentence)]
            left += [amount for amount in sums[:1] if amount not in taken]
    completed = []
    for claim in claims:
        if claim.outcome in ("satisfied", "partial") and claim.amount_awarded is None:
            fitting = [amount for amount in left if claim.amount_claimed is None or amount <= claim.amount_claimed]
            if fitting:
                left.remove(fitting[0])
                claim = replace(claim, amount_awarded=fitting[0])
            elif claim.outcome == "satisfied":
                claim = replace(claim, amount_awarded=claim.amount_claimed)
        elif claim.outcome is None and whole_case_ends:
            claim = replace(claim, outcome="terminated")
        completed.append(claim)
    return completed


def _outcome(said: set[ClaimOutcome]) -> ClaimOutcome | None:
    if "partial" in said or {"satisfied", "refused"} <= said:
        return "partial"
    order: tuple[ClaimOutcome, ...] = ("satisfied", "refused", "not_considered", "terminated", "conditional")
    return next((outcome for outcome in order if outcome in said), None)


def _speaks_of(sentence: str, name: str, phrase: str) -> bool:
    """Whether a sentence of the operative part is about the item: by its name, else by most of its words."""
    own = next((pattern for known, pattern in _ITEMS if known == name), None)
    if own is not None:
        first = next((known for known, pattern in _ITEMS if re.search(pattern, sentence)), None)
        return first == name
    words = _stems(_AMOUNT_TAIL.sub("", phrase))
    if not words:
        return False
    there = _stems(sentence)
    return len(words & there) >= max(1, round(0.7 * len(words)))


def _stems(text: str) -> set[str]:
    return {
        word[:5]
        for word in re.findall(r"[а-я]{4,}", fold(text))
        if word[:5] not in ("взыск", "разме", "рубле", "копее")
    }


_HEADINGS: tuple[tuple[Outcome, str], ...] = (
    ("partial", r"о частичном удовлетворении"),
    ("satisfied", r"об удовлетворении"),
    ("refused", r"об отказе"),
    ("terminated", r"о прекращении"),
)


def outcome_of(claims: tuple[Claim, ...], head: str, operative: str) -> Outcome | None:
    """How the case ended, over the items that were considered; else what the heading says.

    The heading «ОБ УДОВЛЕТВОРЕНИИ ТРЕБОВАНИЙ» also stands over partial decisions, so the operative part goes first.
    """
    judged = {claim.outcome for claim in claims if claim.outcome in ("satisfied", "partial", "refused")}
    if judged == {"satisfied"}:
        return "satisfied"
    if judged == {"refused"}:
        return "refused"
    if judged:
        return "partial"
    folded = " ".join(fold(head).split())
    for outcome, pattern in _HEADINGS:
        if re.search(pattern, folded):
            return outcome
    return "terminated" if re.search(r"прекратить рассмотрени", fold(operative)) else None
