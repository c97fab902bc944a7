"""A text as one would read it aloud: lines joined, hyphens at line ends gone, every character with its origin.

A name broken over two lines («Станис-⏎лавом») is no name to a pattern. What is found in the joined text is given
back as a place in the text it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHORT_LINE = 45  # a heading or a paragraph's last line: what follows begins anew
_PARAGRAPH_END = re.compile(r"[.;:!?]$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(])(?:[А-ЯЁ]|г|гор|ул|д|обл|респ|п|пос|с|ст|пер|пр|просп|кв|корп|стр|руб|коп|им|о|ч|т|см|тел)\.$"
)


@dataclass(frozen=True, slots=True)
class JoinedText:
    """`text` joined; `origin[i]` is where its i-th character stood."""

    text: str
    origin: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of text[start:end], which must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1


def joined(text: str) -> JoinedText:
    """Join the lines of `text`. A line break stays where a paragraph seems to end, else it becomes a space."""
    chars: list[str] = []
    origin: list[int] = []
    line_start = 0
    index = 0
    while index < len(text):
        char = text[index]
        if char in "\r\u00ad":
            index += 1
            continue
        if char in "\u00a0\u2009\u202f\t":
            char = " "
        if char not in "\n\f":
            chars.append(char)
            origin.append(index)
            index += 1
            continue
        upto = index + 1
        while upto < len(text) and text[upto] in " \t\r\n\f\u00a0":
            upto += 1
        before = text[line_start:index].rstrip()
        following = text[upto] if upto < len(text) else ""
        if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and following.isalpha():
            while chars and chars[-1] != "-":
                chars.pop()
                origin.pop()
            if following.islower():
                chars.pop()
                origin.pop()
        else:
            ended = _PARAGRAPH_END.search(before) and not _ABBREVIATION.search(before)
            ends = not before or ended or (len(before) < _SHORT_LINE and not _ABBREVIATION.search(before))
            chars.append("\n" if ends else " ")
            origin.append(index)
        index = line_start = upto
    return JoinedText("".join(chars), tuple(origin))
