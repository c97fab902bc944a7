"""What every `search.backends.contract.Backend` must do. A test class inherits it and gives the fixture `backend`:
empty, writable, made for `IDENTITY`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from search.backends.contract import Backend, WeightedTerm
from search.decision import Decision, Section
from search.filters import Filters
from search.records import index_identity
from tests.search.decisions import BARE, ENCODER, FOUR, TRACES, TRANSFER, WEAR, made

IDENTITY = index_identity(ENCODER)
ALL = {one.id for one in FOUR}


def term(text: str, field: str = "lemma") -> WeightedTerm:
    return WeightedTerm(field=field, text=text)  # type: ignore[arg-type]


class SearchBackendSuite:
    @pytest.fixture
    def backend(self) -> Backend:
        raise NotImplementedError

    @pytest.fixture
    def full(self, backend: Backend) -> Backend:
        backend.upsert(made(FOUR))
        backend.commit(watermark="4")
        return backend

    def passing(self, backend: Backend, filters: Filters) -> set[str]:
        """Who passes, by vectors; words and counts must agree."""
        dense = {one.id for one in backend.dense(np.ones(IDENTITY.dimension, np.float32), filters, 10)}
        every = [term(word) for word in ("заявитель", "страховщик", "деньга", "премия", "двери", "дверь", "банк")]
        assert {one.id for one in backend.lexical(every, filters, 10)} == dense
        assert backend.counts(filters).total == len(dense)
        return dense

    def test_an_empty_index_answers_everything_with_nothing(self, backend: Backend) -> None:
        backend.commit()
        assert backend.lexical([term("банк")], Filters(), 5) == []
        assert backend.dense(np.ones(IDENTITY.dimension, np.float32), Filters(), 5) == []
        assert backend.counts(Filters()).total == 0
        assert backend.features(["traces"]) == {}
        assert backend.term_statistics([("lemma", "банк")]).decisions == 0

    def test_words_find_decisions_that_have_any_of_them(self, full: Backend) -> None:
        assert [one.id for one in full.lexical([term("трасолог")], Filters(), 5)] == ["traces"]
        assert {one.id for one in full.lexical([term("износ"), term("банк")], Filters(), 5)} == {"wear", "transfer"}
        assert full.lexical([term("кооператив")], Filters(), 5) == []
        assert full.lexical([], Filters(), 5) == []

    def test_the_number_of_candidates_is_limited(self, full: Backend) -> None:
        words = [term("заявитель"), term("страховщик"), term("банк")]
        assert len(full.lexical(words, Filters(), 2)) == 2
        assert len(full.dense(np.ones(IDENTITY.dimension, np.float32), Filters(), 3)) == 3
        assert full.dense(np.ones(IDENTITY.dimension, np.float32), Filters(), 0) == []

    def test_weights_order_candidates(self, full: Backend) -> None:
        for heavy, light, first in (("износ", "банк", "wear"), ("банк", "износ", "transfer")):
            terms = [WeightedTerm(field="lemma", text=heavy, weight=9.0), term(light)]
            assert full.lexical(terms, Filters(), 5)[0].id == first

    def test_equal_scores_come_in_the_order_of_ids(self, backend: Backend) -> None:
        backend.upsert(made([replace(BARE, id=name) for name in ("c", "a", "b")]))
        backend.commit()
        assert [one.id for one in backend.lexical([term("премия")], Filters(), 2)] == ["a", "b"]
        assert [one.id for one in backend.dense(np.ones(IDENTITY.dimension, np.float32), Filters(), 3)] == list("abc")

    def test_grams_find_what_is_misread(self, full: Backend) -> None:
        assert full.lexical([term("_тра", "gram"), term("расо", "gram")], Filters(), 1)[0].id == "traces"

    def test_norms_are_terms_with_spaces(self, full: Backend) -> None:
        assert [one.id for one in full.lexical([term("ч. 3.13 ст. 8 161-ФЗ", "norm")], Filters(), 5)] == ["transfer"]
        assert {one.id for one in full.lexical([term("ст. 12 40-ФЗ", "norm")], Filters(), 5)} == {"traces", "wear"}

    def test_vectors_find_the_nearest(self, full: Backend) -> None:
        vector = ENCODER.encode_queries(["мошенники позвонили, деньги списаны со счёта без добровольного согласия"])[0]
        assert full.dense(vector, Filters(), 1)[0].id == "transfer"

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(), ALL),
            (Filters(product=("OSAGO",)), {"traces", "wear"}),
            (Filters(product=("OSAGO", "BANK_ACCOUNT")), {"traces", "wear", "transfer"}),
            (Filters(product=("OSAGO",), outcome=("partial",)), {"wear"}),
            (Filters(category=("AC_UNAUTH",)), {"transfer"}),
            (Filters(claim_item=("неустойка",)), {"wear"}),
            (Filters(organisation_kind=("bank",)), {"transfer"}),
            (Filters(disputed_fact=("трасология",)), {"traces"}),
            (Filters(court=("upheld",)), {"wear"}),
            (Filters(expertise=True), {"traces"}),
            (Filters(expertise=False), {"wear"}),
            (Filters(norm=("40-ФЗ",)), {"traces", "wear"}),
            (Filters(norm=("ст. 12 40-ФЗ",)), {"traces", "wear"}),
            (Filters(norm=("п. 21 ст. 12 40-ФЗ",)), {"traces"}),
            (Filters(norm=("п. 2 ст. 12 40-ФЗ",)), set()),
            (Filters(date_from=date(2024, 5, 10)), {"wear", "transfer"}),
            (Filters(date_to=date(2024, 5, 10)), {"traces", "wear"}),
            (Filters(date_from=date(2023, 3, 1), date_to=date(2023, 3, 1)), {"traces"}),
            (Filters(amount_min=Decimal("61300.50")), {"traces", "wear", "transfer"}),
            (Filters(amount_min=Decimal("61300.51")), {"traces", "transfer"}),
            (Filters(amount_max=Decimal("94000")), {"traces", "wear"}),
            (Filters(product=("KPK",)), set()),
        ],
    )
    def test_filters_hold_in_every_mode(self, full: Backend, filters: Filters, expected: set[str]) -> None:
        assert self.passing(full, filters) == expected

    def test_counts_say_what_each_value_would_leave(self, full: Backend) -> None:
        counts = full.counts(Filters(product=("OSAGO",)))
        assert counts.total == 2
        assert counts.values["outcome"] == {"partial": 1, "satisfied": 1}
        assert counts.values["product"] == {"OSAGO": 2, "BANK_ACCOUNT": 1}
        assert counts.values["expertise"] == {"false": 1, "true": 1}

    def test_values_are_what_decisions_have(self, full: Backend) -> None:
        values = full.values()
        assert values["product"] == ["BANK_ACCOUNT", "OSAGO"]
        assert "неустойка" in values["claim_item"]

    def test_features_come_back_as_they_went_in(self, full: Backend) -> None:
        put = {record.decision.id: record for record in made(FOUR)}
        got = full.features(["traces", "bare", "nobody"])
        assert set(got) == {"traces", "bare"}
        for name, features in got.items():
            expected = put[name].features
            assert features.decision == replace(put[name].decision, sections=())
            assert features.norms == expected.norms
            assert features.places == expected.places
            np.testing.assert_allclose(features.vector, expected.vector, atol=2e-3)
            for one in ("passages", "signature"):
                np.testing.assert_array_equal(getattr(features, one), getattr(expected, one))
            np.testing.assert_allclose(features.scales, expected.scales)
            for terms in ("lemmas", "grams"):
                np.testing.assert_array_equal(getattr(features, terms).keys, getattr(expected, terms).keys)
                np.testing.assert_array_equal(getattr(features, terms).counts, getattr(expected, terms).counts)

    def test_texts_come_back_as_they_went_in(self, full: Backend) -> None:
        assert full.sections(["wear", "nobody"]) == {"wear": WEAR.sections}

    def test_term_statistics_are_of_the_whole_index(self, full: Backend) -> None:
        statistics = full.term_statistics([("lemma", "страховщик"), ("lemma", "нет такого"), ("norm", "ст. 12 40-ФЗ")])
        assert statistics.decisions == 4
        assert statistics.frequency[("lemma", "страховщик")] == 2
        assert statistics.frequency[("lemma", "нет такого")] == 0
        assert statistics.frequency[("norm", "ст. 12 40-ФЗ")] == 2
        lengths = [len(record.lemmas) for record in made(FOUR)]
        assert statistics.mean_lemmas == pytest.approx(sum(lengths) / 4)

    def test_nothing_is_seen_before_the_commit(self, full: Backend) -> None:
        full.upsert(made([replace(BARE, id="later")]))
        full.delete(["traces"])
        assert self.passing(full, Filters()) == ALL
        full.commit()
        assert self.passing(full, Filters()) == ALL - {"traces"} | {"later"}

    def test_an_upsert_replaces(self, full: Backend) -> None:
        changed = replace(TRACES, product="KASKO", sections=(Section(name="text", text="Дверь, кооператив, пай."),))
        full.upsert(made([changed]))
        full.commit()
        assert full.counts(Filters()).total == 4
        assert full.lexical([term("трасолог")], Filters(), 5) == []
        assert [one.id for one in full.lexical([term("кооператив")], Filters(product=("KASKO",)), 5)] == ["traces"]
        assert full.sections(["traces"])["traces"] == changed.sections

    def test_what_is_deleted_is_gone_everywhere(self, full: Backend) -> None:
        full.delete(["traces", "nobody"])
        full.commit()
        assert self.passing(full, Filters()) == ALL - {"traces"}
        assert full.features(["traces"]) == {}
        assert full.sections(["traces"]) == {}
        assert "трасология" not in full.values()["disputed_fact"]

    def test_generations_grow_with_changes_only(self, full: Backend) -> None:
        before = full.generation
        assert full.commit() == before
        full.delete(["bare"])
        assert full.commit() == full.generation == before + 1

    def test_health_says_what_the_index_is(self, full: Backend) -> None:
        health = full.health()
        assert (health.backend, health.identity, health.decisions) == (full.name, IDENTITY, 4)
        assert (health.generation, health.watermark) == (full.generation, "4")
        full.delete(["bare"])
        full.commit()
        assert full.health().watermark == "4"

    def test_a_decision_without_words_or_particulars_is_kept(self, backend: Backend) -> None:
        backend.upsert(made([Decision(id="empty", sections=(Section(name="text", text=""),)), TRANSFER]))
        backend.commit()
        assert set(backend.features(["empty"])) == {"empty"}
        assert {one.id for one in backend.dense(np.ones(IDENTITY.dimension, np.float32), Filters(), 5)} == {
            "empty",
            "transfer",
        }
