"""From decisions to records: everything an engine keeps of a decision is computed here, once, the same for both."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from search.backends.contract import DecisionFeatures, IndexIdentity, PassagePlace, Record, TermCounts
from search.boilerplate import without_boilerplate
from search.decision import ESTABLISHED, FINDINGS, Decision
from search.norms import find_norms
from search.passages import CHUNKER, PlacedPassage, decision_passages
from search.ranking.near_duplicates import signature
from text.grams import word_grams
from text.lemmas import lemmas, stop_lemmas

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from text.encoder.contract import Encoder

_BATCH = 16
_OF_THE_CASE = (ESTABLISHED, FINDINGS)


def index_identity(encoder: Encoder) -> IndexIdentity:
    """What an index made with `encoder` and this version of the chunker is made with."""
    made_by = encoder.identity
    return IndexIdentity(
        encoder_model=made_by.model, encoder_version=made_by.version, dimension=made_by.dimension, chunker=CHUNKER
    )


def make_records(decisions: Iterable[Decision], encoder: Encoder) -> Iterator[Record]:
    """One record a decision, in their order; passages are encoded a few decisions at a time."""
    rest = iter(decisions)
    while batch := list(islice(rest, _BATCH)):
        placed = [decision_passages(decision) for decision in batch]
        # A decision without a word is found by its particulars alone; it still needs a vector.
        texts = [[passage.text for passage in passages] or [""] for passages in placed]
        vectors = encoder.encode_passages([text for one in texts for text in one])
        start = 0
        for decision, passages, own in zip(batch, placed, texts, strict=True):
            yield _record(decision, passages, vectors[start : start + len(own)])
            start += len(own)


def text_terms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lemmas without stop words, and 4-grams of the words: the terms of a text, for indexing and for asking."""
    stop = stop_lemmas()
    return tuple(lemma for lemma in lemmas(text) if lemma not in stop), tuple(word_grams(text))


@lru_cache(maxsize=1 << 15)
def label_lemmas(label: str) -> tuple[str, ...]:
    """Lemmas without stop words of a claim item or a disputed fact: a library has few labels and many decisions."""
    stop = stop_lemmas()
    return tuple(lemma for lemma in lemmas(label) if lemma not in stop)


def term_key(term: str) -> int:
    """The 32-bit number a term is known by in `TermCounts`."""
    return zlib.crc32(term.encode())


def term_counts(terms: Iterable[str]) -> TermCounts:
    import numpy as np

    counted: Counter[int] = Counter(term_key(term) for term in terms)
    keys = np.array(sorted(counted), np.uint32)
    counts = np.array([min(255, counted[int(key)]) for key in keys], np.uint8)
    return TermCounts(keys=keys, counts=counts)


def whole_text(decision: Decision) -> str:
    """What terms are taken from: the number, the sections without stock phrases, what the decision is labelled with."""
    sections = [without_boilerplate(section.text) for section in decision.sections]
    return "\n".join([decision.number or "", *sections, *decision.claim_items, *decision.disputed_facts])


def decision_norms(decision: Decision) -> tuple[str, ...]:
    """Normal forms of the norms a decision is labelled with, or of those its text cites where it has no labels."""
    labelled = [norm.norm for label in decision.norms for norm in find_norms(label)]
    cited = [] if labelled else [norm.norm for section in decision.sections for norm in find_norms(section.text)]
    return tuple(dict.fromkeys(labelled + cited))


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and one scale a row: the largest value of a row becomes 127."""
    import numpy as np

    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _record(decision: Decision, placed: Sequence[PlacedPassage], vectors: NDArray[np.float32]) -> Record:
    import numpy as np

    of_the_case = [index for index, passage in enumerate(placed) if passage.section in _OF_THE_CASE]
    mean = (vectors[of_the_case] if of_the_case else vectors).mean(axis=0)
    text = whole_text(decision)
    lemma_terms, gram_terms = text_terms(text)
    passages, scales = quantised(vectors[: len(placed)]) if placed else _no_passages(vectors.shape[1])
    return Record(
        decision=decision,
        lemmas=lemma_terms,
        grams=gram_terms,
        features=DecisionFeatures(
            decision=replace(decision, sections=()),
            norms=decision_norms(decision),
            lemmas=term_counts(lemma_terms),
            grams=term_counts(gram_terms),
            vector=(mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32),
            passages=passages,
            scales=scales,
            places=tuple(PassagePlace(section=p.section, start=p.start, end=p.end) for p in placed),
            signature=signature(" ".join(section.text for section in decision.sections)),
        ),
    )


def _no_passages(dimension: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    import numpy as np

    return np.zeros((0, dimension), np.int8), np.zeros(0, np.float32)
