"""What a model sees of a text: lemmas, pairs of lemmas, character grams inside words, and the encoder's vector.

TF-IDF as usual: (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1), each block of features of length 1, the blocks weighted.
Words are cut once, with their places, so that what a feature adds to a score can be led back to words of the input.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from text.lemmas import lemmas, stop_lemmas
from text.tokens import tokens

if TYPE_CHECKING:
    from text.encoder.contract import Encoder

Block = str
BLOCKS: tuple[Block, ...] = ("words", "pairs", "grams")
GRAM_LENGTHS = (2, 3, 4, 5)
SEGMENT_CHARACTERS = 1_800
"""About what the encoder reads in one go; a longer text is read at its two ends."""
_CACHED_WORDS = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureOptions:
    """Least number of texts a feature must stand in, and the share of each block in the squared length of a row."""

    min_words: int = 2
    min_pairs: int = 3
    min_grams: int = 5
    words: float = 0.3
    pairs: float = 0.2
    grams: float = 0.3
    encoder: float = 0.2

    def least(self, block: Block) -> int:
        return {"words": self.min_words, "pairs": self.min_pairs, "grams": self.min_grams}[block]

    def weight(self, block: Block) -> float:
        return {"words": self.words, "pairs": self.pairs, "grams": self.grams}[block]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A feature of the block at text[start:end]. Positional, because a text has thousands of them."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CutText:
    """The occurrences of one text, a list a block, and its content words (lemmas that are no stop words)."""

    words: list[Occurrence]
    pairs: list[Occurrence]
    grams: list[Occurrence]
    content: list[str]

    def block(self, name: Block) -> list[Occurrence]:
        return {"words": self.words, "pairs": self.pairs, "grams": self.grams}[name]

    def counted(self) -> CountedText:
        counts = {name: Counter(one.term for one in self.block(name)) for name in BLOCKS}
        return CountedText(counts=counts, content=tuple(self.content))


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedText:
    """A text without places: how often each term stands in it, a counter a block. What training keeps."""

    counts: dict[Block, Counter[str]]
    content: tuple[str, ...]


def cut(text: str) -> CutText:
    """Every lemma, pair of neighbouring lemmas and gram of `text`, with places in it."""
    words: list[Occurrence] = []
    grams: list[Occurrence] = []
    for token in tokens(text):
        lemma, pieces = _word(token.text)
        words.append(Occurrence(lemma, token.start, token.end))
        grams += [Occurrence(gram, token.start, token.end) for gram in pieces]
    pairs = [Occurrence(f"{a.term} {b.term}", a.start, b.end) for a, b in pairwise(words)]
    ignored = stop_lemmas()
    content = [word.term for word in words if word.term not in ignored and not word.term.isdigit()]
    return CutText(words=words, pairs=pairs, grams=grams, content=content)


_KNOWN_WORDS: dict[str, tuple[str, tuple[str, ...]]] = {}


def _word(word: str) -> tuple[str, tuple[str, ...]]:
    known = _KNOWN_WORDS.get(word)
    if known is None:
        lemma = "".join(lemmas(word)) or word
        padded = f" {word} "
        pieces = tuple(
            padded[start : start + length] for length in GRAM_LENGTHS for start in range(len(padded) - length + 1)
        )
        known = (lemma, pieces)
        if len(_KNOWN_WORDS) < _CACHED_WORDS:
            _KNOWN_WORDS[word] = known
    return known


@dataclass(frozen=True, kw_only=True, slots=True)
class SparseRow:
    """`columns` ascending within a block, `values` the same length."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class FeatureSpace:
    """`terms` of each block in column order; `idf` over all of them. Encoder columns follow after the terms.

    `encoder_mean` (dimension,) and `encoder_scale` centre the encoder's vectors; None for a model without one.
    """

    options: FeatureOptions
    terms: dict[Block, tuple[str, ...]]
    idf: NDArray[np.float32]
    encoder_mean: NDArray[np.float32] | None = None
    encoder_scale: float = 1.0
    _columns: dict[Block, dict[str, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        start, columns = 0, {}
        for block in BLOCKS:
            columns[block] = {term: start + place for place, term in enumerate(self.terms[block])}
            start += len(self.terms[block])
        object.__setattr__(self, "_columns", columns)

    @property
    def term_count(self) -> int:
        return len(self.idf)

    def column(self, block: Block, term: str) -> int | None:
        return self._columns[block].get(term)

    def row(self, text: CountedText) -> SparseRow:
        """The text's TF-IDF row over the terms."""
        columns: list[NDArray[np.int32]] = []
        values: list[NDArray[np.float32]] = []
        for block in BLOCKS:
            known = self._columns[block]
            counts = sorted((known[term], count) for term, count in text.counts[block].items() if term in known)
            if not counts:
                continue
            places = np.array([place for place, _ in counts], np.int32)
            weights = (1 + np.log(np.array([count for _, count in counts], np.float32))) * self.idf[places]
            length = float(np.linalg.norm(weights))
            columns.append(places)
            values.append((weights * (self.options.weight(block) ** 0.5 / length)).astype(np.float32))
        if not columns:
            return SparseRow(columns=np.zeros(0, np.int32), values=np.zeros(0, np.float32))
        return SparseRow(columns=np.concatenate(columns), values=np.concatenate(values))

    def encoded(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Encoder vectors (n, dimension) as the columns that follow the terms."""
        assert self.encoder_mean is not None, "a space without an encoder has no such columns"
        scale = self.options.encoder**0.5 / self.encoder_scale
        return np.asarray((vectors - self.encoder_mean) * scale, np.float32)

    def known_share(self, text: CountedText) -> float:
        """The share of the text's content words that the model has learnt; 0 for a text without any."""
        known = self._columns["words"]
        return sum(word in known for word in text.content) / len(text.content) if text.content else 0.0


def document_counts(texts: Sequence[CountedText], block: Block) -> Counter[str]:
    """In how many texts each term of the block stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(text.counts[block].keys())
    return found


def learn_space(
    texts: Sequence[CountedText], options: FeatureOptions, vectors: NDArray[np.float32] | None
) -> FeatureSpace:
    """Terms and their idf from `texts`; the encoder's mean and spread from `vectors` (len(texts), dimension)."""
    terms: dict[Block, tuple[str, ...]] = {}
    idf: list[float] = []
    for block in BLOCKS:
        found = document_counts(texts, block)
        kept = sorted(term for term, count in found.items() if count >= options.least(block))
        terms[block] = tuple(kept)
        idf += [log((1 + len(texts)) / (1 + found[term])) + 1 for term in kept]
    mean, scale = None, 1.0
    if vectors is not None:
        mean = np.asarray(vectors.mean(axis=0), np.float32)
        scale = float(np.sqrt(((vectors - mean) ** 2).sum(axis=1).mean())) or 1.0
    return FeatureSpace(
        options=options, terms=terms, idf=np.array(idf, np.float32), encoder_mean=mean, encoder_scale=scale
    )


def encode(encoder: Encoder, texts: Iterable[str]) -> NDArray[np.float32]:
    """A vector a text, shape (n, dimension), of length 1: of the whole text, or the mean of its two ends."""
    segments: list[str] = []
    counts: list[int] = []
    for text in texts:
        short = len(text) <= SEGMENT_CHARACTERS
        parts = [text] if short else [text[:SEGMENT_CHARACTERS], text[-SEGMENT_CHARACTERS:]]
        segments += parts
        counts.append(len(parts))
    vectors = encoder.encode_queries(segments)
    starts = np.cumsum([0, *counts[:-1]]) if counts else np.zeros(0, np.int64)
    sums = np.add.reduceat(vectors, starts, axis=0) if counts else vectors
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths > 0, lengths, 1), np.float32)
