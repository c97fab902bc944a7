"""Models of a small world, trained once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.examples import Example
from classify.model import Model
from classify.train import train
from tests.classify.small_world import DECISIONS, small_world
from tests.encoder_stand_in import HashingEncoder


@pytest.fixture(scope="session")
def examples() -> tuple[Example, ...]:
    return small_world()


@pytest.fixture(scope="session")
def words_model(examples: tuple[Example, ...]) -> Model:
    return train(examples, None, name="small", decisions=DECISIONS)


@pytest.fixture(scope="session")
def joined_model(examples: tuple[Example, ...]) -> Model:
    return train(examples, HashingEncoder(), name="small-joined", decisions=DECISIONS)


@pytest.fixture(scope="session")
def shipped() -> Path:
    return Path(__file__).parent.parent.parent / "models" / "classifier" / "baseline"
