"""Words broken at the end of a line, joined where words are used; `Page.text` keeps what is printed."""

from __future__ import annotations

import re

_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u2011\u00ad\u00ac][ \t]*\n[ \t]*([^\W\d_]{2,})")
_SOFT = "\u00ad"
_KEEPS_HYPHEN = re.compile(
    r"(?:кое|по|во|в|из|юго|северо|санкт|вице|экс|обер|ростов|бизнес|онлайн|интернет|мини|веб|смс|sms|call|e)\Z",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?:то|либо|нибудь|таки|ка|де)\Z", re.IGNORECASE)


def join_hyphens(text: str) -> str:
    """The text with words broken by a line-end hyphen made whole and soft hyphens gone.

    A break counts only between a lower-case continuation and letters before it; compounds that are written with a
    hyphen anyway («кое-что», «Санкт-Петербург», «когда-либо») keep theirs. The line break after a joined word moves
    behind the word, so that the number of lines stays the same.
    """
    lines = text.split("\n")
    for index in reversed(range(len(lines) - 1)):
        match = _BROKEN.search(f"{lines[index][-60:]}\n{lines[index + 1][:60]}")
        if match is None or not match.group(2)[0].islower():
            continue
        head, _, rest = lines[index + 1].lstrip().partition(" ")
        whole = f"{_without_hyphen(lines[index], match.group(1), match.group(2))}{head}"
        lines[index], lines[index + 1] = whole, rest
    return "\n".join(lines).replace(_SOFT, "")


def _without_hyphen(line: str, before: str, after: str) -> str:
    stem = line.rstrip()[:-1]
    if _KEEPS_HYPHEN.match(before) or _PARTICLE.match(after):
        return f"{stem}-"
    return stem
