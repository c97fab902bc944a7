"""What is asked for: the items of an appeal or of a claim letter, with their sums, and the total.

Sums of the story («перевели 61 100 рублей»), factors of a computation («88 дней × 2 994»), explanations in
parentheses and totals are not items. One reading serves the appeal and the claim letter, so that the same demand
gets the same name in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from intake.facts import ClaimItem, ClaimKind
from intake.reading_facts.item_kinds import GENERIC, KINDS, NON_PROPERTY, WITHOUT_SUM, ItemKind, kind_in
from intake.reading_facts.meant_sums import meant
from intake.reading_facts.owed_sums import NOT_A_DEMAND, claim_of, owed_in_story
from intake.reading_facts.sheets import Sheet, SumAt
from intake.reading_facts.words import Span, matches_stem

_TRIGGERS = (
    "прошу",
    "просим",
    "требую",
    "требуем",
    "взыщите",
    "верните",
    "доплатите",
    "выплатите",
    "возместите",
    "заплатите",
    "требования",
    "имущественное требование",
    "требование",
    "требование 1",
    "требование 2",
    "требование 3",
    "чего я хочу",
    "чего хочу",
    "сколько просите",
    "размер требован*",
    "сумма требован*",
    "цена требован*",
    "предлагаю доплатить|выплатить|вернуть",
    "настаиваю на выплат*|возврат*",
    "прошу взыскать",
    "хочу получить|вернуть|взыскать",
)
_TOTAL = ("всего", "итого", "вместе", "общая сумма", "общей сумме|сложности", "на общую сумму", "общий размер")
_TOGETHER_WITH = re.compile(r"вместе\s+с\b")  # «вместе с кредитом оформили …» adds nothing up
_STOPS = ("приложен*", "приложени*", "прил", "полис", "реквизит*", "подпись", "подписано", "основание", "согласие",
          "согласна", "согласен", "претензию", "дата", "способ ответа", "банковские реквизиты")  # fmt: skip
_CLOSES_ITEM = re.compile(r"[,;.:]|\sи\s|\sа также\s|\sплюс\s|\bв\s+(?:течени|срок|десят|\d)")
_LOOK_AHEAD = 3
_SHORT_REST = 80  # characters of a demand after its sum


@dataclass(frozen=True, kw_only=True, slots=True)
class Petition:
    """`total` as it stands («всего 93 200 руб.»), None when the paper adds nothing up."""

    items: tuple[ClaimItem, ...]
    total: Decimal | None
    total_span: Span | None
    regions: tuple[Span, ...]


def read_petition(sheet: Sheet) -> Petition:
    """The demands of an appeal or claim letter, in the order in which they stand."""
    regions = _regions(sheet)
    items: list[ClaimItem] = []
    total: SumAt | None = None
    total_span: Span | None = None
    for region in regions:
        found, sums_up, at = _items(sheet, region)
        items.extend(found)
        if sums_up is not None:
            total, total_span = sums_up, at
    if not items:
        items = owed_in_story(sheet)
    merged = _merged(items)
    return Petition(
        items=merged, total=total.value if total is not None else None, total_span=total_span, regions=regions
    )


def _regions(sheet: Sheet) -> tuple[Span, ...]:
    """Spans that hold the demands: the sentence of the asking verb and the list that follows it."""
    words, sentences = sheet.words, sheet.sentences
    regions: list[Span] = []
    refused = words.within(NOT_A_DEMAND)
    for trigger in words.within(_TRIGGERS):
        if any(other.start <= trigger.start < other.end for other in refused):
            continue
        if any(region.start <= trigger.start < region.end for region in regions) or not _is_asking(sheet, trigger):
            continue
        sentence = sentences.around(trigger.start)
        start = trigger.start
        end = sentence.end
        after = [item for item in sheet.sums if trigger.end <= item.start < end]
        if not after and not _asks_without_sum(sheet, Span(start, end)):
            before = [item for item in sheet.sums if sentence.start <= item.start < trigger.start]
            if before:
                start = sentence.start  # «Разница 46 300 рублей, её и прошу взыскать»
        current: Span | None = sentence
        for _ in range(_LOOK_AHEAD + 4):
            current = sentences.after(current) if current is not None else None
            if current is None or not _continues(sheet, Span(start, end), current):
                break
            end = current.end
        end = _cut(sheet, start, end)
        region = Span(start, end)
        if sheet.sums_in(region) or _asks_without_sum(sheet, region):
            regions.append(region)
    return tuple(regions)


def _is_asking(sheet: Sheet, trigger: Span) -> bool:
    """«Требования:» opens a list, «право требования по страховому случаю» does not."""
    word = sheet.folded[trigger.start : trigger.end]
    if re.search(r"\bне\s\Z", sheet.folded[max(0, trigger.start - 4) : trigger.start]):
        return False  # «денежных выплат не требую»
    if " " in word or not any(matches_stem(word, stem) for stem in ("требования", "требование")):
        return True
    line = sheet.sentences.line(trigger.start)
    follows = sheet.folded[trigger.end : trigger.end + 3].strip(" ")
    return follows[:1] in (":", "|") or (trigger.start - line.start < 3 and line.end - trigger.end < 4)


def _cut(sheet: Sheet, start: int, end: int) -> int:
    """The demand ends where the annexes, the signature or the requisites begin."""
    for stop in sheet.words.within(_STOPS, start, end):
        line = sheet.sentences.line(stop.start)
        if stop.start - max(line.start, sheet.sentences.around(stop.start).start) <= 2 and stop.start > start + 8:
            return stop.start
    return end


def _continues(sheet: Sheet, region: Span, following: Span) -> bool:
    """Whether the next sentence still belongs to the demand: a list item, a total, or a further sum with its name."""
    text = sheet.folded
    opening = text[following.start : following.start + 3]
    first_words = sheet.words.within(_TOTAL, following.start, min(following.end, following.start + 30))
    if first_words and not _TOGETHER_WITH.match(text, first_words[0].start):
        return bool(sheet.sums_in(following))
    introduced = text[region.start : region.end].rstrip().endswith((":", ";"))
    listed = bool(re.match(r"(?:\d{1,2}\s?[.)]|[-–—•*])", opening))
    if listed and _LIST_OPENED.search(text, region.start, region.end) and _same_list(text, region, following):
        return True
    if listed or introduced:
        return bool(sheet.sums_in(following)) or _asks_without_sum(sheet, following)
    return bool(sheet.words.has(("также прошу", "кроме того прошу", "еще прошу"), following.start, following.end))


_LIST_OPENED = re.compile(r"(?:прошу|просим|требую|требуем|требования)[^.;:]{0,70}:\s*\n\s*(?:\d{1,2}\s?[.)]|[-–—•*])")


def _same_list(text: str, region: Span, following: Span) -> bool:
    """Whether the line goes on with the list that the asking verb opened: the same mark and no heading of its own."""
    opened = _LIST_OPENED.search(text, region.start, region.end)
    if opened is None:
        return False
    mark, first = text[opened.end() - 1], text[following.start]
    number = re.match(r"\d{1,2}", text[following.start : following.start + 3])
    if mark in ".)":
        return number is not None and int(number[0]) > 1
    return first == mark


def _asks_without_sum(sheet: Sheet, span: Span) -> bool:
    return any(
        sheet.words.has(kind.cues, span.start, span.end, gap=1) for kind in KINDS if kind.kind in WITHOUT_SUM
    ) or sheet.words.has(NON_PROPERTY.cues, span.start, span.end, gap=1)


def _items(sheet: Sheet, region: Span) -> tuple[list[ClaimItem], SumAt | None, Span | None]:
    sums = meant(sheet, region)
    total: SumAt | None = None
    total_at: Span | None = None
    items: list[ClaimItem] = []
    consumed = region.start
    for position, item in enumerate(sums):
        before = Span(consumed, item.start)
        said = _says_total(sheet, before)
        rest = sum((other.value for other in sums[position + 1 :]), Decimal(0))
        priced = [one.amount for one in items if one.amount is not None]
        adds_up = len(priced) > 1 and sum(priced, Decimal(0)) == item.value
        if adds_up or (said is not None and (items or len(sums) == 1 or rest == item.value)):
            total, total_at = item, Span(said.start if said is not None else item.start, item.end)
            consumed = item.end
            if items or rest == item.value:
                continue
        following = sums[position + 1].start if position + 1 < len(sums) else region.end
        kind, span, consumed = _named(sheet, before, item, following, first=not items)
        if item is sums[-1]:
            span = Span(span.start, max(span.end, _end_of_demand(sheet, item, region)))
        items.append(claim_of(sheet, kind, item.value, span))
    named = {item.kind for item in items}
    for kind in (*KINDS, NON_PROPERTY):
        if kind.kind in WITHOUT_SUM or kind.kind == "non_property":
            place = sheet.words.first(kind.cues, region.start, region.end, gap=1)
            if place is None or kind.kind in named or (kind.kind == "bankruptcy_register" and items):
                continue
            sentence = sheet.sentences.around(place.start)
            end = next(
                (m.start() + place.end for m in [re.search(r"[;.]|\n", sheet.folded[place.end : region.end])] if m),
                min(sentence.end, region.end),
            )
            start = max(region.start, _clause_start(sheet, place.start, region.start))
            items.append(claim_of(sheet, kind, None, Span(start, min(end, place.end + 60))))
            named.add(kind.kind)
    items += _accessories(sheet, region, items)
    if total is None and not items and sums:
        total = sums[0]
    return items, total, total_at


def _end_of_demand(sheet: Sheet, item: SumAt, region: Span) -> int:
    """«46 300 рублей, её и прошу взыскать»: what follows the last sum in its sentence, when it is short."""
    end = min(sheet.sentences.around(item.start).end, region.end)
    return end if end - item.end <= _SHORT_REST else item.end


_ACCESSORY: tuple[ClaimKind, ...] = ("penalty", "moral_harm", "lost_profit", "fine")


def _accessories(sheet: Sheet, region: Span, items: list[ClaimItem]) -> list[ClaimItem]:
    """«… а также неустойку за каждый день»: a demand whose sum is left to the day of payment."""
    if not items:
        return []
    found: list[ClaimItem] = []
    for kind in KINDS:
        if kind.kind not in _ACCESSORY or any(one.item == kind.label for one in items):
            continue
        place = sheet.words.first(kind.cues, region.start, region.end, gap=1)
        if place is not None:
            stop = re.search(r"[,;.]", sheet.folded[place.end : region.end])
            end = place.end + (stop.start() if stop else min(60, region.end - place.end))
            found.append(claim_of(sheet, kind, None, Span(place.start, end)))
    return found


def _clause_start(sheet: Sheet, at: int, low: int) -> int:
    cut = max(sheet.folded.rfind(mark, low, at) for mark in (";", ":", "\n"))
    return cut + 1 if cut >= 0 else low


def _says_total(sheet: Sheet, before: Span) -> Span | None:
    low = max(before.start, before.end - 45)
    found = sheet.words.within(_TOTAL, low, before.end)
    return found[-1] if found else None


def _named(
    sheet: Sheet, before: Span, item: SumAt, following: int, *, first: bool
) -> tuple[ItemKind | None, Span, int]:
    """What the sum is for: by the words before it, else by those right after it. Returns also where it ends.

    In a list the words of the item before say nothing of this one.
    """
    own = before if first else _own_part(sheet, before)
    kind = kind_in(sheet, own)
    if kind is not None and kind.kind in ("bankruptcy_register", "repair_referral"):
        kind = kind_in(sheet, _last_clause(sheet, before))
    if kind is not None:
        return kind, Span(own.start, item.end), item.end
    closing = _CLOSES_ITEM.search(sheet.folded, item.end, following)
    after_end = closing.start() if closing else following
    kind = kind_in(sheet, Span(item.end, after_end))
    if kind is not None:
        return kind, Span(own.start, after_end), after_end
    kind = kind_in(sheet, before)
    return kind, Span(own.start, item.end), item.end


_ITEM_BREAK = re.compile(r";|\n\s*(?:\d{1,2}\s?[.)]|[-–—•*])|,\s*\n")


def _own_part(sheet: Sheet, before: Span) -> Span:
    breaks = list(_ITEM_BREAK.finditer(sheet.folded, before.start, before.end))
    return Span(breaks[-1].end(), before.end) if breaks else before


def _last_clause(sheet: Sheet, before: Span) -> Span:
    """«включить в реестр и вернуть 312 000»: the words after the last «и» or comma speak of the sum."""
    text = sheet.folded[before.start : before.end]
    cut = max(text.rfind(" и "), text.rfind(","), text.rfind(";"), text.rfind("\n"))
    return Span(before.start + cut + 1, before.end)


def _merged(items: list[ClaimItem]) -> tuple[ClaimItem, ...]:
    """The same demand told twice is one; a sum without a name takes the name that stands without a sum."""
    merged: list[ClaimItem] = []
    for item in items:
        twin = next((other for other in merged if _same(other, item)), None)
        if twin is None:
            merged.append(item)
            continue
        better = item if twin.item == GENERIC else twin
        amount = twin.amount if twin.amount is not None else item.amount
        merged[merged.index(twin)] = ClaimItem(
            item=better.item, amount=amount, kind=better.kind, quotes=(*twin.quotes, *item.quotes)
        )
    return tuple(merged)


def _same(one: ClaimItem, other: ClaimItem) -> bool:
    if one.amount is not None and one.amount == other.amount:
        return one.kind == other.kind or GENERIC in (one.item, other.item)
    return bool(one.item == other.item and (one.amount is None or other.amount is None))
