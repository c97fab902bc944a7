from __future__ import annotations

import inspect
import pickle
import re
import string

import pytest

from ocr import errors
from text.errors import CodedError

CODED = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, CodedError) and hasattr(kind, "code")
]


def parameters_of(kind: type[CodedError]) -> dict[str, str]:
    templates = (kind.message_ru, kind.message_en, kind.remedy_ru, kind.remedy_en)
    return {name: "7" for text in templates for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.__name__)
def test_every_error_speaks_both_languages(kind: type[CodedError]) -> None:
    error = kind(**parameters_of(kind))
    assert re.fullmatch(r"ocr\.[a-z_]+", kind.code)
    for language, letters in (("ru", "[А-Яа-яЁё]"), ("en", "[A-Za-z]")):
        for sentence in (error.message(language), error.remedy(language)):  # type: ignore[arg-type]
            assert re.search(letters, sentence)
            assert sentence.endswith(".")
    assert not re.search("[А-Яа-яЁё]", kind.message_en + kind.remedy_en)


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.__name__)
def test_both_languages_use_the_same_parameters(kind: type[CodedError]) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert names(kind.message_ru) == names(kind.message_en)
    assert names(kind.remedy_ru) == names(kind.remedy_en)


def test_codes_are_distinct() -> None:
    assert len({kind.code for kind in CODED}) == len(CODED)
    assert len(CODED) > 25


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(errors.PageTimedOut(number=3, seconds="5")))
    assert error.note() == errors.PageTimedOut(number=3, seconds="5").note()
