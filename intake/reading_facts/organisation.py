"""Against whom: the organisation as the letter names it, its ИНН, its address, its row in the registry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.evidence import Quote
from intake.facts import Fact
from intake.reading_facts.address import last_number
from intake.reading_facts.birth import place_value
from intake.reading_facts.person import Applicant
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span
from intake.registry import Registry, Resolved, resolve
from text.look_alikes import to_cyrillic
from text.normalise import fold
from text.values.identifiers import find_identifiers, inn_is_valid

_FORM = (
    r"(?:\b(?:п[аa][о0]|н[аa][о0]|[о0][аa][о0]|[з3][аa][о0]|[аa][о0o]|[о0o]{3}|[сc][аa][о0]|спао|кпк|мкк|мфк|нпф)\b(?:\s+(?:мкк|мфк|кпк|нпф|ломбард|банк|ск|кб))?"
    r"|\b(?:публичное\s+)?акционерное\s+общество|\bобщество\s+с\s+ограниченной\s+ответственностью"
    r"|\bстраховая\s+(?:компания|организация)|\bстраховое\s+(?:акционерное\s+)?общество|\bломбард(?=\s*\"))"
)
_MENTION = re.compile(rf"{_FORM}(?:\s*\"|\s+(?=[а-яa-z\"]))")
_END_OF_NAME = re.compile(r"\s*(?:[,;(|\n\f]|\.(?=\s|$)|\bинн\b|\bогрн\b|\d{6}|\bг\.\s)")
_AGAINST = (
    "финансов* организац*",
    "фин организац*",
    "организация",
    "банк",
    "страховщик",
    "страховая",
    "ответчик",
    "на кого",
    "к кому",
    "в отношении",
    "жалуюсь на",
    "жалоба на",
    "по поводу",
    "на страховую",
    "на",
    "требования к",
)
_NOT_AGAINST = ("заявитель", "уступлено", "директор", "получатель", "плательщик", "цессионарий", "копия", "одобрил")
_OF_THE_ORGANISATION = ("REPLY_FO", "POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "PAWN_TICKET", "NPF_CONTRACT")
_INN_REACH = 130
_LONGEST_ADDRESS = 170
_LABELLED_INN = re.compile(r"инн\W{0,3}(\d{10})(?!\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name of an organisation in a paper with the ИНН that stands beside it."""

    sheet: Sheet
    span: Span
    name: str
    inn: str | None
    inn_span: Span | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    name: Fact[str] | None
    inn: Fact[str] | None
    address: Fact[str] | None
    resolved: Resolved | None


def read_organisation(
    main: Sheet, claim: Sheet | None, sheets: Sequence[Sheet], applicant: Applicant, registry: Registry
) -> Against:
    """The organisation of the appeal, resolved against the registry; by its registered name where it is found there.

    The appeal's own naming decides. The ИНН may stand in another paper beside the same name; a name misread in the
    appeal is helped by the same name at the head of the claim letter, never replaced by another one.
    """
    chosen = _chosen(main, applicant) or _by_registered_name(main, registry)
    others = [mention for sheet in _ordered(claim, sheets, main) for mention in mentions(sheet)]
    if chosen is None:
        claimed = [m for m in others if claim is not None and m.sheet is claim]
        if not claimed:
            return Against(name=None, inn=None, address=None, resolved=None)
        chosen = claimed[0]
    same = [other for other in others if _alike(chosen.name, other.name)]
    resolved = resolve(registry, chosen.name, chosen.inn)
    holder = chosen if chosen.inn else next((m for m in same if m.inn is not None and inn_is_valid(m.inn)), None)
    if holder is not None and holder is not chosen:
        resolved = resolve(registry, chosen.name, holder.inn)
    if resolved.resolution == "absent":
        chosen, resolved, holder = _helped(chosen, resolved, holder, claim, others, registry)
    if resolved.resolution != "found":
        for other in same:
            helped = resolve(registry, other.name, other.inn)
            # A second paper is a better reading of the same name only where the appeal's own is not exact.
            better = resolved.resolution == "absent" or other.inn is not None
            if helped.resolution == "found" and better and _alike(chosen.name, helped.matches[0].organisation.name):
                resolved = helped
                break
    name_quotes = [*_with_label(chosen), *(q for m in same[:2] for q in m.sheet.quotes(m.span))]
    inn_fact = None
    if holder is not None and holder.inn is not None:
        inn_fact = Fact(value=holder.inn, quotes=holder.sheet.quotes(holder.inn_span))
    known = resolved.matches[0].organisation.name if resolved.resolution == "found" and resolved.matches else None
    return Against(
        name=Fact(value=known or chosen.name, quotes=tuple(name_quotes)),
        inn=inn_fact,
        address=_address(chosen),
        resolved=resolved if registry.organisations else None,
    )


def _helped(
    chosen: Mention,
    resolved: Resolved,
    holder: Mention | None,
    claim: Sheet | None,
    others: Sequence[Mention],
    registry: Registry,
) -> tuple[Mention, Resolved, Mention | None]:
    """A name that no registered organisation bears, beside a claim sent to one that is registered.

    A name with foreign letters in it was misread: the claim's addressee is meant. A clean name may be another
    organisation, or a misreading that looks clean: a person decides.
    """
    damaged = _is_damaged(chosen.name)
    for other in others:
        if other.sheet is not claim and not damaged:
            break
        if other.sheet is not claim and other.sheet.type not in _OF_THE_ORGANISATION:
            continue
        known = resolve(registry, other.name, other.inn)
        if known.resolution != "found":
            continue
        if damaged:
            numbered = next((m for m in others if m.inn and _alike(m.name, other.name)), None)
            return other, known, numbered or holder
        if chosen.inn is not None and inn_is_valid(chosen.inn):
            break
        return chosen, Resolved(resolution="ambiguous", matches=known.matches), holder
    return chosen, resolved, holder


def _is_damaged(name: str) -> bool:
    return re.search(r"[a-z]{2,}|[^\w\s\"'.,-]|\w\d\w", _core_letters(name)) is not None


def _core_letters(name: str) -> str:
    return fold(name).replace('"', " ")


def mentions(sheet: Sheet) -> list[Mention]:
    """Organisations named in a paper in order; «АО „Банк «Ясень»“ (ИНН …)» with its number."""
    found: list[Mention] = []
    numbers = _inns(sheet)
    text = sheet.folded
    low = 0
    for match in _MENTION.finditer(sheet.flat_folded):
        if match.start() < low or not _opens_name(sheet, match):
            continue
        end = _name_end(text, match.end())
        if end - match.end() < 3:
            continue
        low = end
        near = next((n for n in numbers if end <= n.start <= end + _INN_REACH), None)
        if near is not None and _MENTION.search(sheet.flat_folded, end, near.start):
            near = None
        span = Span(match.start(), end)
        found.append(
            Mention(
                sheet=sheet,
                span=span,
                name=in_cyrillic(sheet.text.text[span.start : span.end]),
                inn=near.value if near is not None else None,
                inn_span=Span(max(text.rfind("инн", end, near.start), near.start - 6), near.end) if near else None,
            )
        )
    return found


def in_cyrillic(printed: str) -> str:
    """The words on one line; a word of nothing but Latin look-alikes («AO», «CK», «KC-0711») in Cyrillic letters."""
    words = []
    for word in printed.split():
        cyrillic = to_cyrillic(word)
        letters = [char for char in cyrillic.lower() if char.isalpha()]
        words.append(cyrillic if all("а" <= char <= "я" or char == "ё" for char in letters) else word)
    return " ".join(words)


def _opens_name(sheet: Sheet, match: re.Match[str]) -> bool:
    """A quote or a capital must follow the legal form: «000 рублей» is no «ООО …»."""
    following = sheet.text.text[match.end() : match.end() + 1]
    return match.group().endswith('"') or following.isupper() or following in "\"«„“'"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Inn:
    start: int
    end: int
    value: str


def _inns(sheet: Sheet) -> list[_Inn]:
    """ИНН of organisations whose check digit agrees; the number beside its label also where other digits follow."""
    found = {
        n.start: _Inn(start=n.start, end=n.end, value=n.value)
        for n in find_identifiers(sheet.flat)
        if n.kind == "inn" and len(n.value) == 10 and n.check != "failed"
    }
    for match in _LABELLED_INN.finditer(sheet.flat_folded):
        if inn_is_valid(match.group(1)):
            found.setdefault(match.start(1), _Inn(start=match.start(1), end=match.end(1), value=match.group(1)))
    return [found[start] for start in sorted(found)]


def _name_end(text: str, start: int) -> int:
    """The end of the name: the last quote before a comma or another stop, on this line or the next."""
    limit = min(len(text), start + 75)
    window = text[start:limit]
    opened = text[start - 1] == '"'
    quotes = [m.start() for m in re.finditer('"', window)]
    stop = re.search(r"[,;(|\f]|\bинн\b|\bогрн\b|\d{6}", window)
    end = stop.start() if stop else len(window)
    inner = [at for at in quotes if at < end]
    if inner:
        last = inner[0] if opened and len(inner) == 1 else _closing(window, inner, opened)
        return start + last + 1
    line = re.search(r"\n|\.\s|[.!?]$", window)
    if line:
        end = min(end, line.start())
    words = window[:end].split(" ")
    return start + len(" ".join(words[:4]).rstrip())


def _closing(window: str, quotes: list[int], opened: bool) -> int:
    """Quotes come in pairs, „inner“ ones within outer; adjacent closing quotes end the name."""
    last = quotes[0]
    for at in quotes:
        gap = window[last + 1 : at]
        if at != quotes[0] and (len(gap) > 45 or re.search(r"\.\s|\n\s*\n", gap)):
            break
        last = at
        following = window[at + 1 : at + 2]
        if following == '"':
            continue
        if at > quotes[0] or opened:
            rest = [q for q in quotes if q > at]
            if not rest or not re.match(r"\"?\s?[а-яa-z]", window[at : at + 3]):
                break
    return last


def _chosen(main: Sheet, applicant: Applicant) -> Mention | None:
    candidates: list[tuple[int, int, Mention]] = []
    for mention in mentions(main):
        start = mention.span.start
        line = main.sentences.line(start)
        low = max(0, start - 48)
        if applicant.name is not None and _alike(mention.name, applicant.name.value):
            continue
        if main.words.has(_NOT_AGAINST, max(low, line.start), start) and not main.words.has(
            ("финансов* организац*", "ответчик"), low, start
        ):
            continue
        rank = 2
        if main.words.has(_AGAINST, max(0, start - 34), start) or start - line.start <= 3:
            rank = 0 if start < len(main.folded) * 0.6 else 1
        candidates.append((rank, start, mention))
    return min(candidates, key=lambda entry: entry[:2])[2] if candidates else None


def _by_registered_name(main: Sheet, registry: Registry) -> Mention | None:
    """No legal form could be read: the first name of the registry that stands in the head of the letter."""
    found: list[tuple[int, Span]] = []
    for organisation in registry.organisations:
        core = core_name(organisation.short_name).split()
        if len("".join(core)) < 6:
            continue
        place = main.words.first((" ".join(word[: max(4, len(word) - 2)] + "*" for word in core),), 0, 1200)
        if place is not None:
            found.append((place.start, place))
    if not found:
        return None
    span = min(found)[1]
    near = next((n for n in _inns(main) if span.end <= n.start <= span.end + _INN_REACH), None)
    return Mention(
        sheet=main,
        span=span,
        name=in_cyrillic(main.text.text[span.start : span.end]),
        inn=near.value if near is not None else None,
        inn_span=Span(near.start, near.end) if near is not None else None,
    )


def _ordered(claim: Sheet | None, sheets: Sequence[Sheet], main: Sheet) -> list[Sheet]:
    rest = [sheet for sheet in sheets if sheet is not main and sheet is not claim]
    rest.sort(key=lambda sheet: sheet.type not in ("REPLY_FO", "POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT"))
    return ([claim] if claim is not None and claim is not main else []) + rest


_NAME_NOISE = re.compile(rf"{_FORM}|\b(?:ск|со|кб|банк|страхов[а-я]+|общество|компания|микро[а-я]+)\b|[^а-яa-z0-9 ]")


def core_name(name: str) -> str:
    """The name proper: folded, without quotes, legal form and kind of organisation."""
    return " ".join(_NAME_NOISE.sub(" ", fold(name).replace('"', " ")).split())


def _alike(one: str, other: str) -> bool:
    a, b = core_name(one), core_name(other)
    if not a or not b:
        return False
    return (
        a == b or Levenshtein.normalized_similarity(a, b) >= 0.75 or (len(a) > 7 and a in b) or (len(b) > 7 and b in a)
    )


def _with_label(mention: Mention) -> tuple[Quote, ...]:
    """The name, with the ИНН where it stands beside it."""
    end = mention.span.end
    if mention.inn_span is not None and mention.inn_span.end - end <= 60:
        end = mention.inn_span.end
    return mention.sheet.quotes(Span(mention.span.start, end))


_BEFORE_ADDRESS = re.compile(r"(?:[\s,;(:/]|инн|огрн|кпп|\d{10,15}|адрес[^:\n]{0,16}:|адрес\\b)*")
_AFTER_ADDRESS = re.compile(
    r"[)|\f]|\bинн\b|\bогрн\b|\bдогов|\bполис|\bномер|\bтел\b|\bт\.\s?[8+]|e-?mail|\S+@|\n\s*\n|\n(?=\d{1,2}\s?[.)]\s)"
    r"|\n(?=[а-я ,]{2,40}[:|])|[.]\s*\n|\n(?=обращение|заявление|жалоба)|\bуважаем|\bпрошу\b|\bздравствуйте"
)


def _address(mention: Mention) -> Fact[str] | None:
    """What stands after the name (and the ИНН): the seat of the organisation, up to its house or office number."""
    sheet = mention.sheet
    begin = _BEFORE_ADDRESS.match(sheet.folded, mention.span.end)
    start = begin.end() if begin is not None else mention.span.end
    limit = min(len(sheet.folded), start + _LONGEST_ADDRESS)
    stop = _AFTER_ADDRESS.search(sheet.folded, start, limit)
    limit = stop.start() if stop is not None else limit
    limit = min([limit, *(day.start for day in sheet.dates if start <= day.start < limit)])
    end = last_number(sheet, start, limit)
    if end is None:
        return None
    value = place_value(sheet.text.text[start:end])
    if not re.search(r"[А-Яа-я]{4}", value):
        return None
    return Fact(value=value, quotes=sheet.quotes(Span(start, end)))
