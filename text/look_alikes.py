"""Letters and digits that recognisers take for one another, and views of a text with one alphabet a field.

Every view keeps the length of its text, so that an offset found in a view is valid in the text itself.
"""

from __future__ import annotations

import re
from itertools import product

_LATIN = "ABCEHKMOPTXYabcehkmopxy"
_CYRILLIC = "АВСЕНКМОРТХУавсенкморху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

SAFE_DIGITS = {
    "О": "0", "о": "0", "O": "0", "o": "0", "З": "3", "з": "3", "I": "1", "l": "1", "|": "1", "!": "1",
    "б": "6", "і": "1", "І": "1",
}  # fmt: skip
"""Characters read as a digit wherever they stand among digits."""

DIGIT_READINGS = {
    **SAFE_DIGITS,
    "Б": "6", "В": "8", "B": "8", "S": "5", "s": "5", "Ч": "4", "ч": "4", "Z": "2", "z": "2", "Э": "3", "э": "3",
    "g": "9", "q": "9", "D": "0", "Q": "0", "i": "1", "]": "1", "[": "1", "А": "4", "A": "4", "T": "7", "Т": "7",
    "G": "6", "E": "3", "Е": "3", "?": "27", "¢": "6", "$": "5",
}  # fmt: skip
"""Every digit a character may stand for; used only where a checksum then decides."""

_NUMERIC = re.compile(rf"[0-9{re.escape(''.join(SAFE_DIGITS))}][0-9.,/\-{re.escape(''.join(SAFE_DIGITS))}]*")
_LETTER = re.compile(r"[A-Za-zА-Яа-яЁё]")
_DIGIT = re.compile(r"[0-9]")
_TO_DIGIT = str.maketrans(SAFE_DIGITS)
_ZEROS_OF_MONEY = re.compile(
    r"(?<=\d )[ОOоo0]{3}(?:[,.\-][ОOоo0-9]{2}\b|(?=\s?(?:[,.\-]\d\d\b|руб|р\.|₽|[ОOоo0]{3}\b)))"
)
_LETTER_FOR_DIGIT = str.maketrans({"0": "о", "3": "з", "6": "б", "1": "l", "4": "ч"})
_WORD_WITH_DIGIT = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё0346]*[А-Яа-яЁё]")


def to_cyrillic(text: str) -> str:
    """Latin look-alikes as Cyrillic: for plates, series and case numbers."""
    return text.translate(_TO_CYRILLIC)


def to_latin(text: str) -> str:
    """Cyrillic look-alikes as Latin: for VIN and e-mail addresses."""
    return text.translate(_TO_LATIN)


def digit_view(text: str) -> str:
    """`text` with letters inside numbers as the digits they look like: «2l.О1.2О22» → «21.01.2022».

    Only runs made of digits, separators and safe look-alikes are touched, and only where at least a third of
    their characters are real digits: words, plates and VIN keep their letters.
    """

    def numeric(match: re.Match[str]) -> str:
        run = match.group()
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        if _LETTER.match(before) or _LETTER.match(after):
            return run
        signs = sum(1 for char in run if char.isalnum() or char in "|!")
        digits = len(_DIGIT.findall(run))
        if digits == signs or digits * 3 < signs or digits == 0:
            return run
        return run.translate(_TO_DIGIT)

    return _ZEROS_OF_MONEY.sub(lambda match: match.group().translate(_TO_DIGIT), _NUMERIC.sub(numeric, text))


def word_view(text: str) -> str:
    """`text` with digits inside words as the letters they look like: «сентя6ря» → «сентября»."""
    return _WORD_WITH_DIGIT.sub(lambda match: match.group().translate(_LETTER_FOR_DIGIT), text)


def digit_readings(token: str, limit: int = 64) -> tuple[str, ...]:
    """Every all-digit reading of `token`, at most `limit`; empty when some character resembles no digit."""
    choices: list[str] = []
    total = 1
    for char in token:
        options = char if char.isdigit() and char.isascii() else DIGIT_READINGS.get(char, "")
        if not options:
            return ()
        total *= len(options)
        if total > limit:
            return ()
        choices.append(options)
    return tuple("".join(reading) for reading in product(*choices))
