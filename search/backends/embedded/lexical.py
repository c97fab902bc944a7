"""tantivy's part of the embedded engine: candidates by BM25 over lemmas, 4-grams and norms, under native filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from search.backends.contract import Candidate, Record, TermField, WeightedTerm
from search.backends.embedded.facets import Facets, chosen, day_ends, facets_of, kopeck_ends
from search.errors import IndexDamaged, IndexReadOnly
from search.filters import FILTER_NAMES, Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT_FIELDS: Mapping[TermField, str] = {"lemma": "lemmas", "gram": "grams", "norm": "norm_terms"}
_TIES = 64
"""Asked for beyond k, so that ties at the cut are cut by id and not by where a segment happens to begin."""
_WRITER_BYTES = 64 << 20
_MOST_EXACT_HITS = 1 << 20


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in _TEXT_FIELDS.values():
        # Terms come cut and folded; positions are not kept: nothing asks for phrases.
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for name in FILTER_NAMES:
        builder.add_text_field(f"is_{name}", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("kopecks", indexed=True, fast=True)
    return builder.build()


def term_text(field: TermField, text: str) -> str:
    """The term as it stands in the index: a norm is one term though it has spaces."""
    return text.replace(" ", "_") if field == "norm" else text


class LexicalIndex:
    """One tantivy index. Readers follow the writer by `reload`."""

    def __init__(self, folder: Path, writable: bool) -> None:
        self._schema = _schema()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
            # One thread: documents keep their order, and an import does not take every core.
            self._writer = self._index.writer(_WRITER_BYTES, 1) if writable else None
        except ValueError as error:
            if "lock" in str(error).lower():
                raise IndexReadOnly() from error
            raise IndexDamaged(what="tantivy") from error
        self._index.config_reader("manual")
        self._index.reload()

    def reload(self) -> None:
        self._index.reload()

    def upsert(self, records: Iterable[Record]) -> None:
        writer = self._writing()
        for record in records:
            writer.delete_documents_by_term("id", record.decision.id)
            document = tantivy.Document()
            document.add_text("id", record.decision.id)
            document.add_text("lemmas", " ".join(record.lemmas))
            document.add_text("grams", " ".join(record.grams))
            facets = facets_of(record.decision, record.features.norms)
            _add_facets(document, facets)
            writer.add_document(document)

    def delete(self, ids: Iterable[str]) -> None:
        writer = self._writing()
        for name in ids:
            writer.delete_documents_by_term("id", name)

    def commit(self) -> None:
        self._writing().commit()
        self._index.reload()

    def close(self) -> None:
        """Lets the writer's lock go, waiting for its merges."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, terms: Sequence[WeightedTerm], filters: Filters, k: int) -> list[Candidate]:
        wanted = [self._term(term) for term in terms if term.weight > 0]
        if not wanted or k < 1:
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in wanted])
        held = [(tantivy.Occur.Must, self._unscored(condition)) for condition in self._conditions(filters)]
        if held:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *held])
        searcher = self._index.searcher()
        found = searcher.search(query, limit=min(k + _TIES, _MOST_EXACT_HITS), count=False)
        scored = [Candidate(id=str(searcher.doc(place)["id"][0]), score=float(score)) for score, place in found.hits]
        return sorted(scored, key=lambda candidate: (-candidate.score, candidate.id))[:k]

    def frequencies(self, terms: Iterable[tuple[TermField, str]]) -> dict[tuple[TermField, str], int]:
        searcher = self._index.searcher()
        return {
            (field, text): searcher.doc_freq(_TEXT_FIELDS[field], term_text(field, text)) for field, text in set(terms)
        }

    def size(self) -> int:
        return int(self._index.searcher().num_docs)

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise IndexReadOnly()
        return self._writer

    def _term(self, term: WeightedTerm) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, _TEXT_FIELDS[term.field], term_text(term.field, term.text))
        return tantivy.Query.boost_query(query, term.weight)

    def _unscored(self, condition: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.const_score_query(condition, 0.0)

    def _conditions(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name, keys in chosen(filters).items():
            yield tantivy.Query.term_set_query(self._schema, f"is_{name}", list(keys))
        for field, (low, high) in (("day", day_ends(filters)), ("kopecks", kopeck_ends(filters))):
            if low is not None or high is not None:
                yield tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)


def _add_facets(document: tantivy.Document, facets: Facets) -> None:
    for name, pairs in facets.values.items():
        for key, _ in pairs:
            document.add_text(f"is_{name}", key)
            if name == "norm":
                document.add_text("norm_terms", term_text("norm", key))
    if facets.day is not None:
        document.add_integer("day", facets.day)
    if facets.kopecks is not None:
        document.add_integer("kopecks", facets.kopecks)
