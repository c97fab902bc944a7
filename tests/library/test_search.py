"""The two roads through the library's door: a small library, the stand-in encoder, the shipped ranker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from decisions import jsonl, parts, row
from encoder_stand_in import HashingEncoder

from library.errors import IndexBusy
from library.import_decisions import ImportOptions, import_decisions
from library.service import HowSimilar, LibraryParts, open_to_read, open_to_write, query_text
from search.decision import QueryClasses
from search.errors import QueryError, UnknownFilterValue
from search.filters import Filters
from search.hit import Found
from search.query import Query
from store.data_directory import DataDirectory
from store.owner_lock import owned
from text.errors import CodedError

WEAR = "страховое возмещение выплачено с учётом износа, направление на ремонт не выдано"


@pytest.fixture
def filled(data_dir: Path, tmp_path: Path) -> Path:
    with open_to_write(data_dir, parts=parts()) as library:
        file = jsonl(tmp_path / "d.jsonl", *(row(number) for number in range(12)))
        library.import_paths([file], ImportOptions(anonymised=True))
    return data_dir


def ids(found: Found | QueryError) -> list[str]:
    assert isinstance(found, Found)
    return [hit.decision for hit in found.hits]


def test_words_and_cases_find_their_subject(filled: Path) -> None:
    with open_to_read(filled, parts=parts()) as library:
        by_words = library.find(Query(id="q", text="износ направление на ремонт", top=3))
        by_case = library.similar(Query(id="q", text=f"Мне сообщили: {WEAR}.", top=3), HowSimilar(fold=False))
    assert by_words.hits[0].product == "OSAGO"
    assert by_case.hits[0].product == "OSAGO"
    assert by_words.total == 12
    assert by_case.statistics is None
    assert by_words.hits[0].number is not None


def test_filters_hold_and_one_bad_query_does_not_stop_the_others(filled: Path) -> None:
    queries = [
        Query(id="a", text="износ", filters=Filters(product=("KASKO",))),
        Query(id="b", text="износ", filters=Filters(product=("OSGO",))),
        Query(id="c", text="износ", filters=Filters(outcome=("refused",))),
    ]
    with open_to_read(filled, parts=parts()) as library:
        for answers in (list(library.find_each(queries)), list(library.similar_each(queries))):
            first, second, third = answers
            assert isinstance(first, Found)
            assert isinstance(third, Found)
            assert isinstance(second, UnknownFilterValue)
            assert {hit.product for hit in first.hits} == {"KASKO"}
            assert {hit.outcome for hit in third.hits} == {"refused"}
        with pytest.raises(UnknownFilterValue):
            library.similar(queries[1])


def test_a_decision_is_not_its_own_likeness(filled: Path) -> None:
    with open_to_read(filled, parts=parts()) as library:
        stored = library.decision("dec-0004")
        query = Query(id="q", text=query_text(stored), top=12)
        alone = library.similar(query, HowSimilar(fold=False, exclude=("dec-0004",), statistics=True))
        together = library.similar(query, HowSimilar(fold=False))
    assert "dec-0004" not in ids(alone)
    assert ids(together)[0] == "dec-0004"
    assert alone.statistics is not None
    assert alone.statistics.n > 0


def test_beside_a_case_stand_its_most_similar_decisions(filled: Path) -> None:
    with open_to_read(filled, parts=parts()) as library:
        hits = library.most_similar(WEAR, top=2)
        version = library.version()
    assert hits is not None
    assert len(hits) == 2
    assert version.startswith("library 12, hashing-stand-in@1")


def test_an_empty_library_has_nothing_beside_a_case(data_dir: Path) -> None:
    with open_to_read(data_dir, parts=parts()) as library:
        assert library.most_similar(WEAR) is None
        assert library.version() == "library 0, no index"
        found = library.find(Query(id="q", text="износ"))
    assert (found.total, found.hits) == (0, ())


def test_the_classes_of_all_queries_are_asked_for_at_once(filled: Path) -> None:
    asked: list[list[str]] = []

    def classify(texts: object) -> list[QueryClasses]:
        asked.append(list(texts))  # type: ignore[call-overload]
        return [QueryClasses(product={"MFO_LOAN": 1.0}, category={"LOAN_CAP": 1.0})] * len(asked[-1])

    base = parts()
    told = LibraryParts(open_encoder=base.open_encoder, classify=classify)
    with open_to_read(filled, parts=told) as library:
        answers = list(library.similar_each([Query(id="a", text="спор"), Query(id="b", text="деньги")]))
    assert asked == [["спор", "деньги"]]
    first, _ = answers
    assert isinstance(first, Found)
    assert first.hits[0].product == "MFO_LOAN"


def damage(data_dir: Path) -> None:
    for manifest in (data_dir / "index").rglob("manifest.json"):
        manifest.write_text("{", encoding="utf-8")


def test_a_damaged_index_is_made_anew_and_the_question_answered(filled: Path) -> None:
    damage(filled)
    notes: list[CodedError] = []
    with open_to_read(filled, parts=parts(notes)) as library:
        assert library.find(Query(id="q", text="износ", top=1)).hits
    assert [note.code for note in notes] == ["library.index_rebuilt"]


def test_a_damaged_index_of_an_owned_directory_is_said(filled: Path) -> None:
    damage(filled)
    with owned(filled), open_to_read(filled, parts=parts()) as library, pytest.raises(IndexBusy) as busy:
        library.find(Query(id="q", text="износ"))
    assert busy.value.exit_code == 3
    with owned(filled), open_to_read(filled, parts=parts(), caller_owns=True) as library:
        assert library.find(Query(id="q", text="износ")).hits


def test_what_an_import_left_behind_is_indexed_by_the_first_question(filled: Path, tmp_path: Path) -> None:
    data = DataDirectory(filled)
    database = data.database()
    file = jsonl(tmp_path / "late.jsonl", row(40))
    # As an import leaves it that is killed between the database and the index.
    import_decisions([file], ImportOptions(anonymised=True), database, lambda: 0, lambda: datetime.now(UTC))
    database.close()
    with open_to_read(filled, parts=parts()) as library:
        assert library.check().missing == ("dec-0040",)
        assert library.statistics(Filters()).total == 13
    notes: list[CodedError] = []
    with owned(filled), open_to_read(filled, parts=parts(notes)) as library:
        assert library.find(Query(id="q", text="износ")).total == 12
    assert [note.code for note in notes] == ["library.index_behind"]
    with open_to_read(filled, parts=parts()) as library:
        assert library.find(Query(id="q", text="износ")).total == 13
        assert library.check().agrees


def test_a_decision_only_the_index_holds_is_no_agreement(filled: Path) -> None:
    from search import open_embedded
    from search.records import index_identity, make_records

    encoder = HashingEncoder()
    with open_to_read(filled, parts=parts()) as library:
        stranger = replace(library.decision("dec-0001").decision, id="stranger")
    backend = open_embedded(filled / "index", index_identity(encoder), writable=True)
    backend.upsert(make_records([stranger], encoder))
    backend.commit()
    backend.close()
    with open_to_read(filled, parts=parts()) as library:
        check = library.check()
    assert (check.surplus, check.missing, check.watermark, check.agrees) == (1, (), check.last_change, False)


def test_statistics_agree_with_what_search_counts(filled: Path) -> None:
    filters = Filters(norm=("ст. 12 40-ФЗ",), claim_item=("Неустойка",), disputed_fact=("износ",))
    with open_to_read(filled, parts=parts()) as library:
        for narrowed in (filters, Filters(outcome=("partial",)), Filters(product=("OSAGO", "KASKO"))):
            found = library.find(Query(id="q", text="износ", filters=narrowed))
            assert library.statistics(narrowed).total == found.total


def test_a_query_without_words_has_no_classes_and_the_others_have_theirs() -> None:
    from pathlib import Path

    from classify import Classifier
    from library.query_classes import QueryClassifier

    shipped = Path(__file__).parent.parent.parent / "models" / "classifier" / "baseline"
    classes = QueryClassifier(lambda: Classifier.open(shipped))
    empty, appeal, digits = classes(["", "Страховая по ОСАГО выплатила возмещение с учётом износа.", "12 345"])
    assert (empty, digits) == (None, None)
    assert appeal is not None
    assert max(appeal.product, key=appeal.product.__getitem__) == "OSAGO"
