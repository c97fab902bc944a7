"""An officer's words made into terms. Whatever is typed is searched for as words: there is no query language that a
stray quote, a slash or a bracket could break."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.norms import Norm, find_norms
from search.records import text_terms
from text.lemmas import lemmas, stop_lemmas

LONGEST = 60_000
"""Characters of a query that are read; a case is decided on its first pages."""
_QUOTED = re.compile(r"[\"«“„]([^\"«»“”„]{2,200})[\"»”“]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedQuery:
    """`text`: what was read of the query, of the same offsets. `lemmas`, `grams`: its terms with repeats, without stop
    words; of a query that is nothing but stop words, the stop words. `quoted`: lemmas that stood in quotes. `norms`:
    references to statutes."""

    text: str
    lemmas: tuple[str, ...]
    grams: tuple[str, ...]
    quoted: frozenset[str]
    norms: tuple[Norm, ...]

    @property
    def words(self) -> int:
        return len(self.lemmas)


def parse(text: str) -> ParsedQuery:
    """Never raises. An empty query has no terms."""
    read = _CONTROL.sub(" ", text[:LONGEST])
    kept, grams = text_terms(read)
    stop = stop_lemmas()
    return ParsedQuery(
        text=read,
        lemmas=kept or tuple(lemmas(read)),
        grams=grams,
        quoted=frozenset(
            lemma for match in _QUOTED.finditer(read) for lemma in lemmas(match.group(1)) if lemma not in stop
        ),
        norms=tuple(find_norms(read)),
    )
