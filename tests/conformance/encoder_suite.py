"""What every `text.encoder.Encoder` must do. A test class inherits it and gives the fixture `encoder`."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from text.encoder import Encoder

TEXTS = (
    "Прошу взыскать неустойку по договору ОСАГО",
    "",
    "Финансовая организация отказала в выплате страхового возмещения. " * 20,
    "Списание денежных средств со счёта без согласия",
    "ст. 333 ГК РФ",
)


class EncoderSuite:
    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_vectors_have_the_dimension_and_length_one(self, encoder: Encoder) -> None:
        for vectors in (encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)):
            assert vectors.shape == (len(TEXTS), encoder.identity.dimension)
            assert vectors.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)

    def test_no_texts_make_no_vectors(self, encoder: Encoder) -> None:
        assert encoder.encode_passages([]).shape == (0, encoder.identity.dimension)
        assert encoder.encode_queries([]).shape == (0, encoder.identity.dimension)

    def test_the_same_call_gives_the_same_bytes(self, encoder: Encoder) -> None:
        assert encoder.encode_passages(TEXTS).tobytes() == encoder.encode_passages(TEXTS).tobytes()

    def test_a_vector_depends_on_its_text_alone(self, encoder: Encoder) -> None:
        together = encoder.encode_passages(TEXTS)
        alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
        turned = encoder.encode_passages(TEXTS[::-1])[::-1]
        np.testing.assert_allclose(together, alone, atol=1e-5)
        np.testing.assert_allclose(together, turned, atol=1e-5)

    def test_a_text_twice_has_one_vector_twice(self, encoder: Encoder) -> None:
        first, _, second = encoder.encode_passages(["неустойка", "другое", "неустойка"])
        np.testing.assert_allclose(first, second, atol=1e-6)

    def test_query_and_passage_are_told_apart(self, encoder: Encoder) -> None:
        query, passage = encoder.encode_queries(["неустойка"])[0], encoder.encode_passages(["неустойка"])[0]
        assert not np.allclose(query, passage, atol=1e-4)

    def test_an_empty_text_has_a_vector(self, encoder: Encoder) -> None:
        vectors = encoder.encode_queries(["", " \n", "\u00ad"])
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
        np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-6)

    @pytest.mark.parametrize(
        "variant",
        [
            unicodedata.normalize("NFD", "Страховой договор расторгнут"),
            "Страхо\u00adвой договор расторгнут",
            "Страховой дого-\nвор расторгнут",
            "  Страховой\u00a0договор\nрасторгнут ",
        ],
        ids=["letter and mark", "soft hyphen", "line end", "spaces"],
    )
    def test_how_a_text_was_typeset_does_not_matter(self, encoder: Encoder, variant: str) -> None:
        plain, same = encoder.encode_passages(["Страховой договор расторгнут", variant])
        np.testing.assert_allclose(plain, same, atol=1e-6)

    def test_what_lies_beyond_the_limit_is_not_read(self, encoder: Encoder) -> None:
        long = "Заявитель просит взыскать неустойку и штраф. " * 200
        assert encoder.count_tokens(long) > encoder.max_tokens
        first, second = encoder.encode_passages([long, long + "Кредитная карта украдена."])
        np.testing.assert_allclose(first, second, atol=1e-6)

    def test_what_lies_within_the_limit_is_read(self, encoder: Encoder) -> None:
        text = "Заявитель просит взыскать неустойку и штраф. " * 8
        longer = text + "Кредитная карта украдена мошенниками."
        assert encoder.count_tokens(longer) <= encoder.max_tokens
        first, second = encoder.encode_passages([text, longer])
        assert not np.allclose(first, second, atol=1e-3)

    def test_tokens_are_counted_with_the_prefix_and_without_a_limit(self, encoder: Encoder) -> None:
        empty, one, two, many = (encoder.count_tokens("неустойка " * n) for n in (0, 1, 2, 1000))
        assert 2 <= empty < one < two < encoder.max_tokens < many
        assert many == one + 999 * (two - one)

    def test_texts_said_alike_are_nearer_than_others(self, encoder: Encoder) -> None:
        (query,) = encoder.encode_queries(["взыскание неустойки за просрочку страховой выплаты"])
        near, far = encoder.encode_passages(
            ["Взыскать неустойку за нарушение срока страховой выплаты", "Ошибка бюро кредитных историй в отчёте"]
        )
        assert query @ near > query @ far + 0.02

    def test_threads_may_share_it(self, encoder: Encoder) -> None:
        expected = encoder.encode_passages(TEXTS).tobytes()
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: encoder.encode_passages(TEXTS).tobytes(), range(8)))
        assert set(results) == {expected}
