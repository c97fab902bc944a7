"""Who writes to whom, and what a letter does: evidence for the types of letters that no topic word can outweigh."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from intake.document_types.cues import CueText

Zone = Literal["head", "text", "tail", "whole"]

_HEAD_LINES = 12
_HEAD_CHARS = 480
_SENTENCE_CHARS = 125
"""A line as long as this is the letter's own text and ends the head, unless it is one of the first two."""
_TAIL_CHARS = 200
_SIGNATURE_FROM = 120
"""A signature nearer to the top is a stamp's or a form's, not the letter's end."""
_SIGNATURE = re.compile(r"\(подпись[^)]{0,40}\)|(?:^|\n)[^\n]{0,60}(?<!\bваша )\bподпись\b[^\n]{0,40}(?=\n|$)")
_LETTER_FROM = 2.0
_LETTER_MOST = 6.0
_CONFIRMS_BY_ITSELF = 2.5
FALLBACK = "OTHER"
_NAMED_LETTERS = frozenset(
    {"APPEAL_FU", "CLAIM_FO", "CLAIM_STD", "INITIAL_APP", "REPLY_FO", "RESTORE_PET", "POA", "CESSION", FALLBACK}
)
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A `pattern` over folded lines; `weight` is what it adds to its role's strength."""

    pattern: re.Pattern[str]
    where: Zone
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    code: str
    most: float
    signs: tuple[Sign, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """Strengths of the roles, 0 to `most` of each."""

    to_organisation: float
    from_citizen: float
    citizen_asks: float
    to_citizen: float
    answers_letter: float
    organisation_speaks: float
    machine_confirms: float
    to_ombudsman: float
    concludes: float

    @property
    def demand(self) -> float:
        """How much this is a consumer's own letter that asks for something; 0 without a request, and for a form that
        asks to conclude a contract."""
        if self.citizen_asks < 1 or self.concludes >= 1:
            return 0.0
        asks = self.citizen_asks + self.to_organisation + self.from_citizen
        return max(0.0, asks - self.answers_letter - 0.5 * self.organisation_speaks - self.to_citizen)

    @property
    def answer(self) -> float:
        """How much this is an organisation's letter to a consumer about what he wrote or asked."""
        if self.answers_letter + self.to_citizen < 1 or self.organisation_speaks < 1:
            return 0.0
        says = self.answers_letter + self.organisation_speaks + self.to_citizen
        return max(0.0, says - self.citizen_asks - self.from_citizen - 0.5 * self.to_organisation)

    @property
    def appeal(self) -> float:
        """How much this is a consumer's letter to the ombudsman."""
        return self.to_ombudsman + 0.4 * (self.citizen_asks + self.from_citizen) if self.to_ombudsman >= 2 else 0.0


def letter_scores(letter: Letter, codes: Iterable[str]) -> dict[str, float]:
    """What the letter adds to the log-odds of each of `codes`: for the kinds of letters, against everything else."""
    certain = max(0.0, max(letter.demand, letter.answer, letter.appeal) - _LETTER_FROM)
    added = {code: -min(_LETTER_MOST, certain) for code in codes if code not in _NAMED_LETTERS}
    to_organisation = max(0.0, letter.demand - letter.appeal)
    confirms = 0.5 * letter.machine_confirms
    if letter.machine_confirms < _CONFIRMS_BY_ITSELF:
        confirms += added.get("SEND_PROOF", 0.0)
    ours = {
        "CLAIM_FO": 0.5 * to_organisation - 0.5 * letter.answer - 0.3 * letter.appeal,
        "REPLY_FO": 0.6 * letter.answer - 0.5 * letter.demand,
        "APPEAL_FU": 0.5 * letter.appeal - 0.5 * letter.answer,
        "INITIAL_APP": 0.2 * to_organisation - 0.5 * letter.answer,
        "SEND_PROOF": confirms,
        FALLBACK: -0.5 * min(_LETTER_MOST, certain),
    }
    return {code: ours.get(code, added.get(code, 0.0)) for code in codes}


@cache
def load_roles() -> tuple[Role, ...]:
    """All roles with their signs, in the order of the file."""
    raw = tomllib.loads((files("intake.document_types") / "letters.toml").read_text(encoding="utf-8"))
    return tuple(
        Role(
            code=entry["code"],
            most=float(entry["most"]),
            signs=tuple(
                Sign(pattern=re.compile(sign["pattern"]), where=sign["where"], weight=float(sign["weight"]))
                for sign in entry["signs"]
            ),
        )
        for entry in raw["role"]
    )


def read_letter(text: CueText) -> Letter:
    """The roles of one paper's text; a paper that is no letter has small strengths."""
    zones = _zones(text.lines)
    strengths = {
        role.code: min(role.most, sum(s.weight for s in role.signs if s.pattern.search(zones[s.where])))
        for role in load_roles()
    }
    return Letter(**strengths)


def _zones(lines: str) -> dict[Zone, str]:
    signature = _SIGNATURE.search(lines, min(_SIGNATURE_FROM, len(lines)))
    end = signature.end() if signature else len(lines)
    line_end = lines.find("\n", end)
    signed = lines[: line_end if line_end >= 0 else len(lines)]
    return {
        "head": lines[: _head_end(lines)],
        "text": signed,
        "tail": signed[-_TAIL_CHARS:],
        "whole": lines,
    }


def _head_end(lines: str) -> int:
    end = 0
    for number, match in enumerate(_LINE.finditer(lines)):
        if number >= _HEAD_LINES or match.end() > _HEAD_CHARS:
            break
        if number >= 2 and len(match.group()) >= _SENTENCE_CHARS:
            break
        end = match.end()
    return end or min(len(lines), _HEAD_CHARS)
