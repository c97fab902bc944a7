"""An input text made ready: tags blanked, length limited, language told, Latin spelling of Russian undone.

`ReadText.at` leads every place back to the input, so an explanation points at what was given.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classify.classification import TextLanguage
from classify.errors import TextEmpty, TextTooLong, TextWithoutWords

MAX_CHARACTERS = 1_000_000
READ_FROM_START = 14_000
READ_FROM_END = 6_000
"""Of a longer text the middle is left out: an appeal says what it wants at its two ends."""

_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[a-zA-Z][^<>]{0,2000}>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_NOT_RUSSIAN_LETTERS = re.compile(r"[іїєґўјљњћђџѓќәғқңөұүһ]", re.IGNORECASE)
_TRANSLITERATION: tuple[tuple[str, str], ...] = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "ё"), ("jo", "ё"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("ye", "е"), ("iy", "ий"), ("yy", "ый"),
    ("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("j", "й"),
    ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"),
    ("u", "у"), ("f", "ф"), ("h", "х"), ("c", "ц"), ("y", "ы"), ("w", "в"), ("x", "кс"), ("q", "к"), ("'", "ь"),
    ("4", "ч"), ("6", "ш"),
)  # fmt: skip
_VOWEL = "aeiouy"
_LONGEST_LETTER = max(len(latin) for latin, _ in _TRANSLITERATION)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadText:
    """`text` is what the models read; `at[i]` is the place in the input of its i-th character, with one more at the
    end. `cut`: the middle of a very long text was left out."""

    text: str
    at: tuple[int, ...] | None
    language: TextLanguage
    cut: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the input."""
        if self.at is None:
            return start, end
        last, following = self.at[end - 1], self.at[end]
        return self.at[start], following if following - last <= _LONGEST_LETTER else last + 1


def read_text(given: str) -> ReadText:
    """Raises TextEmpty, TextWithoutWords or TextTooLong; every other text is read, in whatever language it is."""
    if len(given) > MAX_CHARACTERS:
        raise TextTooLong(characters=len(given), limit=MAX_CHARACTERS)
    text = _ENTITY.sub(_blank_entity, _MARKUP.sub(lambda match: " " * len(match.group()), given))
    if not text.strip():
        raise TextEmpty
    if not _LETTER.search(text):
        raise TextWithoutWords
    places: list[int] | None = None
    cut = len(text) > READ_FROM_START + READ_FROM_END
    if cut:
        places = [*range(READ_FROM_START), *range(len(text) - READ_FROM_END, len(text))]
        text = text[:READ_FROM_START] + text[-READ_FROM_END:]
    language = language_of(text)
    if language == "ru-Latn":
        text, origins = transliterated(text)
        places = origins if places is None else [places[origin] for origin in origins]
    at = None if places is None else (*places, len(given))
    return ReadText(text=text, at=at, language=language, cut=cut)


def _blank_entity(match: re.Match[str]) -> str:
    """The character an entity stands for, padded to the entity's length, so that places stay."""
    return html.unescape(match.group())[:1].ljust(len(match.group()))


def language_of(text: str) -> TextLanguage:
    """By alphabet first, then by the little words: Russian, Russian in Latin letters, or another language.

    Latin look-alikes of a poor scan do not make a text foreign: a fifth of Cyrillic letters is enough for Russian.
    """
    cyrillic, latin, letters = (len(pattern.findall(text)) for pattern in (_CYRILLIC, _LATIN, _LETTER))
    words = [word.lower() for word in _WORD.findall(text)]
    if cyrillic >= 0.2 * letters:
        foreign_letters = len(_NOT_RUSSIAN_LETTERS.findall(text))
        foreign, russian = _share(words, "other_cyrillic"), _share(words, "russian")
        return "other" if foreign_letters > 0.01 * letters or foreign > russian else "ru"
    if latin < 0.5 * letters:
        return "other"
    distinct = {word for word in words if word in _little_words()["transliterated"]}
    is_russian = len(distinct) >= 2 and _share(words, "transliterated") >= 0.08 and _share(words, "english") <= 0.08
    return "ru-Latn" if is_russian else "other"


@cache
def _little_words() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(files("classify").joinpath("little_words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


def _share(words: list[str], name: str) -> float:
    """The share of `words` that stand in the list `name`."""
    known = _little_words()[name]
    return sum(word in known for word in words) / max(1, len(words))


def transliterated(text: str) -> tuple[str, list[int]]:
    """Latin spelling back to Cyrillic, longest first, and for every new character the place it came from.

    Follows what people type rather than one standard; «y» is й beside a vowel, else ы. Cyrillic stays.
    """
    lowered = text.lower() if len(text.lower()) == len(text) else text
    letters: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(text):
        found = next((pair for pair in _TRANSLITERATION if lowered.startswith(pair[0], place)), None)
        inside = found is not None and (found[0].isalpha() or _beside_a_letter(lowered, place))
        if found is None or not inside:
            written, taken = text[place], 1
        else:
            written, taken = found[1], len(found[0])
            if found[0] == "y" and place and lowered[place - 1] in _VOWEL:
                written = "й"
        letters.append(written)
        origins += [place] * len(written)
        place += taken
    return "".join(letters), origins


def _beside_a_letter(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return before.isalpha() and (after.isalpha() or text[place] == "'")
