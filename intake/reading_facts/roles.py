"""Which paper is which: the letter that is examined, the claim before it, a reply taken for something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intake.reading_facts.courts import is_decision
from intake.reading_facts.letters import answer_of, issued_on, number_line, written_on
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_OMBUDSMAN = ("финансов* уполномоченн*", "уполномоченн* по правам", "уполномоченн* по финансов*", "финомбудсмен*",
              "финансов* омбудсмен*")  # fmt: skip
_DEMAND = (
    "прошу",
    "просим",
    "взыщите",
    "требую",
    "требуем",
    "требования",
    "требование",
    "жалоба",
    "жалуюсь",
    "сколько просите",
)
CLAIM_TYPES = ("CLAIM_STD", "CLAIM_FO")
_NEVER_MAIN = ("RESTORE_PET", "DECISION_FU", "COURT_ACT", "POA", "CESSION", "REPLY_FO", "SEND_PROOF", "RECEIPT",
               "POLICY_OSAGO", "CONTRACT_INS", "CONTRACT_CREDIT", "BANK_STMT", *CLAIM_TYPES)  # fmt: skip
_HEAD = 330
_FIRST_LINES = 150
_ABOUT_THE_OMBUDSMAN = ("RESTORE_PET", "DECISION_FU", "COURT_ACT", "POA", "CESSION", "REPLY_FO", "RECEIPT",
                        "SEND_PROOF")  # fmt: skip


def main_letter(sheets: Sequence[Sheet], decisions: Sequence[Sheet]) -> Sheet | None:
    """The appeal; else a paper addressed to the ombudsman; else a complaint of the applicant addressed elsewhere."""
    appeals = [s for s in sheets if s.type == "APPEAL_FU"]
    if appeals:
        return max(appeals, key=lambda s: (addressee_of(s) is not None, len(s.sums) > 0, -s.document))
    rest = [s for s in sheets if s.type not in _NEVER_MAIN and s not in decisions]
    for sheet in rest:
        if addressee_of(sheet) is not None and sheet.words.has(_DEMAND):
            return sheet
    # A letter that speaks much of its contract may be taken for one: whom its first lines address weighs more.
    for sheet in sheets:
        if sheet.type in _ABOUT_THE_OMBUDSMAN or sheet in decisions or not sheet.words.has(_DEMAND):
            continue
        addressee = addressee_of(sheet)
        if addressee is not None and addressee.start < _FIRST_LINES:
            return sheet
    for sheet in rest:
        head = sheet.words.has(("жалоба", "обращение", "заявление"), 0, 600)
        if sheet.type in ("OTHER", "UNKNOWN") and head and sheet.words.has(("прошу", "просим"), 0, None):
            return sheet
    return None


def addressee_of(sheet: Sheet) -> Span | None:
    """Where the paper is addressed to the financial ombudsman."""
    found = sheet.words.first(_OMBUDSMAN, 0, min(_HEAD, len(sheet.folded)))
    if found is None:
        return None
    line = sheet.sentences.line(found.start)
    return line if line.end - line.start <= 110 else found


def claim_letter(sheets: Sequence[Sheet], main: Sheet | None) -> Sheet | None:
    """The latest claim before the appeal, the standard form first; a paper headed «претензия» if no type says so."""
    claims = [s for s in sheets if s.type in CLAIM_TYPES and s is not main and not (_is_chat(s) and not s.certain)]
    if claims:

        def rank(sheet: Sheet) -> tuple[bool, date]:
            written = written_on(sheet)
            return (sheet.type == "CLAIM_STD", written.value if written is not None else date.min)

        return max(claims, key=rank)
    for sheet in sheets:
        unsure = not sheet.certain or sheet.type in ("OTHER", "UNKNOWN")
        if sheet is main or not unsure or _is_chat(sheet):
            continue
        if _is_headed(sheet, "претензия") and sheet.words.has(_DEMAND):
            return sheet
    return None


_TURN = re.compile(r"(?m)^\s*\[?\d{1,2}:\d\d(?::\d\d)?\]?\s+[^\n:]{2,40}:\s")
_TURNS_OF_A_CHAT = 3
_WITHIN_A_HEADING = 30  # characters of a line before the word that is its title


def _is_chat(sheet: Sheet) -> bool:
    """An exported conversation: lines that open with a time and a speaker. What is said in it is no letter."""
    return len(_TURN.findall(sheet.text.text)) >= _TURNS_OF_A_CHAT


def _is_headed(sheet: Sheet, title: str) -> bool:
    """Whether the word stands near the beginning of a line in the head, not in the middle of a sentence or a menu."""
    places = sheet.words.within((title,), 0, 300)
    return any(place.start - sheet.sentences.line(place.start).start <= _WITHIN_A_HEADING for place in places)


_ASKS = (*_DEMAND, "верните", "выплатите", "доплатите", "возместите", "предлагаю", "настаиваю")
_SENT_OR_ANSWERED = ("рпо", "шпи", "вх", "исх", "получен*", "зарегистрирован*", "прочитан*", "доставлен*", "вручен*",
                     "отправлен*", "рассмотр*", "на ваш*", "ваше обращение", "кому", "тема")  # fmt: skip


def may_be_appeal(sheet: Sheet) -> bool:
    """A paper of no sure type that may be the appeal: it asks for something, or is addressed to the ombudsman."""
    return _is_unsure(sheet, ("APPEAL_FU",)) and (addressee_of(sheet) is not None or sheet.words.has(_ASKS))


def may_be_claim(sheet: Sheet) -> bool:
    """A paper of no sure type that asks for something."""
    return _is_unsure(sheet, CLAIM_TYPES) and sheet.words.has(_ASKS)


def may_be_proof(sheet: Sheet) -> bool:
    """A paper of no sure type that speaks of sending, arrival or an answer, or an organisation's undated letter."""
    if sheet.type == "REPLY_FO":
        return issued_on(sheet) is None
    return _is_unsure(sheet, ("SEND_PROOF", "REPLY_FO")) and sheet.words.has(_SENT_OR_ANSWERED)


_REPLYING = ("на ваш*", "ваше обращение", "ваша претензия", "рассмотр*", "сообщаем", "отказ*", "на претензию",
             "на заявление", "на письмо", "в ответ")  # fmt: skip


def reads_like_a_reply(sheet: Sheet) -> bool:
    """Whether a paper taken for a reply is one: surely so by its type, or by words of answering."""
    return sheet.certain or sheet.words.has(_REPLYING)


def _is_unsure(sheet: Sheet, types: Sequence[str]) -> bool:
    if is_decision(sheet):
        return False
    return not sheet.certain or (sheet.type not in types and any(type_ in sheet.possible for type_ in types))


def as_reply(sheet: Sheet) -> Sheet:
    """A numbered letter that refuses and asks for nothing is an organisation's reply, whatever it was taken for."""
    if sheet.type not in ("OTHER", "CLAIM_FO") or is_decision(sheet):
        return sheet
    if sheet.words.has(("прошу", "просим", "требую", "требуем", "верните")) or number_line(sheet) is None:
        return sheet
    issued = issued_on(sheet)
    refuses = issued is not None and answer_of(sheet, signed=True).kind == "refusal"
    return replace(sheet, type="REPLY_FO") if refuses else sheet
