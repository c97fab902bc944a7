"""Both roads from a question to an answer, over either engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from search import Decision, Filters, Found, Likeness, Query, QueryClasses, Searcher, Section
from search.backends.contract import Backend
from search.backends.embedded.engine import rebuild_embedded
from search.errors import CursorInvalid, TopInvalid, UnknownFilterValue
from search.records import index_identity
from tests.search.decisions import ENCODER, FOUR, TRACES, decision, made
from tests.search.memory_backend import MemoryBackend

IDENTITY = index_identity(ENCODER)
APPEAL = (
    "Здравствуйте! На стоянке мне помяли дверь. Страховая прислала отказ: трасолог пишет, будто царапины не от этого "
    "столкновения. Прошу взыскать страховое возмещение 90 000 руб., см. п. 21 ст. 12 Закона об ОСАГО. С уважением"
)
CLASSES = QueryClasses(product={"OSAGO": 0.9}, category={"INS_REFUSAL": 0.8, "INS_WEAR": 0.1})


@pytest.fixture(params=["embedded", "memory"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    if request.param == "memory":
        memory = MemoryBackend(IDENTITY)
        memory.upsert(made(FOUR))
        memory.commit()
        yield memory
        return
    with rebuild_embedded(tmp_path / "index", IDENTITY) as embedded:
        embedded.upsert(made(FOUR))
        embedded.commit()
        yield embedded


@pytest.fixture
def searcher(backend: Backend) -> Searcher:
    return Searcher(backend=backend, encoder=ENCODER)


def similar(searcher: Searcher, text: str = APPEAL, **options: object) -> Found:
    return searcher.similar(Query(id="q", text=text), **options)  # type: ignore[arg-type]


def test_a_case_finds_the_decision_like_it_and_says_why(searcher: Searcher) -> None:
    found = similar(searcher, classes=CLASSES, statistics=True)
    best = found.hits[0]
    assert (found.id, found.total, best.rank, best.decision) == ("q", 4, 1, "traces")
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    reasons = {reason.feature: reason.text for reason in best.reasons}
    assert reasons["norms"] == "Общие нормы: п. 21 ст. 12 40-ФЗ."
    assert reasons["category"] == "Вероятная категория спора совпадает: INS_REFUSAL."
    assert all(reason.contribution > 0 for reason in best.reasons)
    passage = best.passages[0]
    sections = {section.name: section.text for section in TRACES.sections}
    assert sections[passage.section][passage.start : passage.end] == passage.text
    assert passage.query_start is not None
    assert "трасолог" in APPEAL[passage.query_start : passage.query_end]
    other = next(hit for hit in found.hits if hit.decision == "transfer")
    assert "Другой продукт: в решении BANK_ACCOUNT, запрос скорее о OSAGO." in other.differs
    assert "Решение не ссылается на п. 21 ст. 12 40-ФЗ." in other.differs
    assert "Сумма другого порядка: в решении 500 000 ₽, в запросе 90 000 ₽." in other.differs
    assert found.statistics is not None
    assert found.statistics.n == 4
    assert {share.outcome: share.n for share in found.statistics.outcomes} == {
        "satisfied": 1,
        "partial": 1,
        "refused": 1,
    }
    assert found.statistics.awarded_ratio.n == 3
    assert found.statistics.awarded_ratio.median == pytest.approx(40000 / 61300.5)
    assert [(year.year, year.n, year.satisfied) for year in found.statistics.by_year] == [(2023, 1, 1), (2024, 2, 1)]


def test_an_officers_words_find_what_speaks_of_them(searcher: Searcher) -> None:
    found = searcher.find(Query(id="1", text="износ без соглашения о деньгах"))
    assert found.hits[0].decision == "wear"
    assert "износ" in next(reason.text for reason in found.hits[0].reasons if reason.feature == "lemma")
    assert found.statistics is None


def test_filters_hold_on_both_roads(searcher: Searcher) -> None:
    filters = Filters(product=("OSAGO",), date_from=date(2024, 1, 1))
    for found in (
        searcher.find(Query(id="1", text="заявитель", filters=filters)),
        searcher.similar(Query(id="1", text=APPEAL, filters=filters)),
    ):
        assert [hit.decision for hit in found.hits] == ["wear"]
        assert found.total == 1
        assert found.counts["product"] == {"BANK_ACCOUNT": 1, "OSAGO": 1}
    with pytest.raises(UnknownFilterValue):
        searcher.find(Query(id="1", text="а", filters=Filters(product=("НЕТ",))))


def test_each_likeness_counts_its_own(searcher: Searcher) -> None:
    features: dict[Likeness, set[str]] = {}
    for likeness in ("all", "facts", "norms", "text"):
        hits = similar(searcher, likeness=likeness, classes=CLASSES).hits
        features[likeness] = {reason.feature for hit in hits for reason in hit.reasons}
    assert "category" in features["all"]
    assert not features["facts"] & {"norms", "category", "product"}
    assert features["text"] <= {"lemma", "gram", "decision", "passage", "near_words", "near_meaning"}
    assert similar(searcher, "ч. 3.13 ст. 8 161-ФЗ", likeness="norms").hits[0].decision == "transfer"


def test_a_case_without_norms_takes_those_of_the_decisions_like_it(searcher: Searcher) -> None:
    found = similar(searcher, "Страховщик отказал в выплате, перечислил деньги за вычетом износа", likeness="norms")
    assert {hit.decision for hit in found.hits[:2]} == {"traces", "wear"}
    assert found.hits[0].reasons[0].feature == "norms"


def test_near_duplicates_are_folded_unless_asked_not_to(backend: Backend) -> None:
    backend.upsert(made([replace(TRACES, id="twin", amount_claimed=Decimal(95000))]))
    backend.commit()
    searcher = Searcher(backend=backend, encoder=ENCODER)
    first = similar(searcher).hits[0]
    assert {first.decision, *first.folded} == {"traces", "twin"}
    unfolded = similar(searcher, fold=False)
    assert len(unfolded.hits) == len(similar(searcher).hits) + 1
    assert all(hit.folded == () for hit in unfolded.hits)


def test_what_is_excluded_is_not_found(searcher: Searcher) -> None:
    assert "traces" not in {hit.decision for hit in similar(searcher, exclude=("traces",)).hits}


def test_pages_join_to_the_whole_in_every_order(searcher: Searcher) -> None:
    for sort in ("relevance", "date", "amount"):
        query = Query(id="1", text=APPEAL, sort=sort, top=10)  # type: ignore[arg-type]
        whole = [(hit.rank, hit.decision) for hit in searcher.similar(query).hits]
        paged: list[tuple[int, str]] = []
        cursor = None
        while True:
            page = searcher.similar(replace(query, top=1, cursor=cursor))
            paged += [(hit.rank, hit.decision) for hit in page.hits]
            cursor = page.cursor
            if cursor is None:
                break
        assert paged == whole
        assert [rank for rank, _ in whole] == list(range(1, len(whole) + 1))
    by_date = searcher.similar(Query(id="1", text=APPEAL, sort="date")).hits
    assert [hit.decision for hit in by_date] == ["transfer", "wear", "traces", "bare"]


def test_a_cursor_of_another_query_is_refused(searcher: Searcher) -> None:
    cursor = searcher.similar(Query(id="1", text=APPEAL, top=1)).cursor
    for query in (Query(id="1", text="иное", cursor=cursor), Query(id="1", text=APPEAL, sort="date", cursor=cursor)):
        with pytest.raises(CursorInvalid):
            searcher.similar(query)
    with pytest.raises(CursorInvalid):
        searcher.find(Query(id="1", text=APPEAL, cursor=cursor))


def test_the_number_of_answers_has_limits(searcher: Searcher) -> None:
    for top in (0, -1, 1001):
        with pytest.raises(TopInvalid):
            searcher.find(Query(id="1", text="а", top=top))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "износ",
        "и не о том",
        "12345 678 9,00 000",
        "refund of the insurance premium please",
        "((((((\"'`*?[]{}\\/^~ AND OR NOT -+",
        "'; DROP TABLE decisions; --",
        "\x00\x01\ud7ff\uffff",
        "🙂🙂🙂",
        "й" * 5000,
        "Страховая отказала в выплате. " * 7000,
        "а.б.в.г.д. " * 9000,
        "1 " * 60_000,
    ],
    ids=range(14),
)
def test_any_text_gets_an_answer(searcher: Searcher, text: str) -> None:
    for found in (searcher.find(Query(id="1", text=text)), similar(searcher, text, statistics=True)):
        assert found.total == 4
        TypeAdapter(Found).dump_json(found)


def test_a_query_without_a_word_lists_what_passes_newest_first_and_is_like_nothing(searcher: Searcher) -> None:
    assert [hit.decision for hit in searcher.find(Query(id="1", text="")).hits] == [
        "transfer",
        "wear",
        "traces",
        "bare",
    ]
    assert similar(searcher, "").hits == ()


def test_a_number_of_a_decision_finds_it(backend: Backend) -> None:
    found = Searcher(backend=backend, encoder=ENCODER).find(Query(id="1", text="У-23-78464"))
    assert found.hits[0].decision == "traces"


def test_both_engines_rank_alike(tmp_path: Path) -> None:
    varied = [
        decision(f"d{number:02d}", f"Дело о {word} и выплате {number}.", f"Вывод о {word}.", product="OSAGO")
        for number, word in enumerate(["двери", "счёте", "износе", "вкладе", "премии", "ремонте"] * 3)
    ]
    memory = MemoryBackend(IDENTITY)
    memory.upsert(made(varied))
    memory.commit()
    with rebuild_embedded(tmp_path / "index", IDENTITY) as embedded:
        embedded.upsert(made(varied))
        embedded.commit()
        answers = [
            [(hit.decision, hit.score) for hit in similar(Searcher(backend=one, encoder=ENCODER), fold=False).hits]
            for one in (memory, embedded)
        ]
    assert [name for name, _ in answers[0]] == [name for name, _ in answers[1]]
    for (_, left), (_, right) in zip(*answers, strict=True):
        assert left == pytest.approx(right, abs=2e-3)  # the embedded engine keeps vectors at half precision


def test_an_answer_does_not_depend_on_the_order_of_import(tmp_path: Path) -> None:
    answers = []
    for place, decisions in (("a", FOUR), ("b", FOUR[::-1])):
        with rebuild_embedded(tmp_path / place, IDENTITY) as backend:
            backend.upsert(made(decisions))
            backend.commit()
            found = similar(Searcher(backend=backend, encoder=ENCODER), classes=CLASSES)
            answers.append(replace(found, milliseconds=0))
    assert answers[0] == answers[1]


def test_a_whole_decision_in_one_section_is_found_too(backend: Backend) -> None:
    backend.upsert(
        made([Decision(id="whole", sections=(Section(name="text", text="Ломбард продал кольцо заявителя."),))])
    )
    backend.commit()
    found = similar(Searcher(backend=backend, encoder=ENCODER), "Ломбард продал моё кольцо")
    assert found.hits[0].decision == "whole"
    assert found.hits[0].passages[0].section == "text"
