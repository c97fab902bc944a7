"""Days and roubles of the law stand in `intake/law/*.toml` and nowhere in the code that applies it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from intake.criteria_document import criteria_document
from intake.law.edition import load_law

ROOT = Path(__file__).resolve().parents[2]
LAW = load_law()
NUMBERS = {float(term.length) for term in LAW.terms} | {
    float(sum_.roubles) for sum_ in (*LAW.limits, *LAW.fees)
}  # 3, 15, 20, 30, 180, 15 000, 500 000
IN_WORDS = re.compile(
    r"\b(?:3|15|20|30|180|15[  ]?000|500[  ]?000)\b[  ]*(?:дн|раб|кален|год|лет|руб)|тр[её]хлетн|пятнадцат|тридцат",
    re.I,
)
APPLYING = sorted(
    [
        *(ROOT / "intake" / "criteria").glob("*.py"),
        *(ROOT / "intake" / name for name in ("outcome.py", "deadlines.py", "recompute.py", "examination.py")),
        *(file for file in (ROOT / "intake" / "law").glob("*.py")),
    ]
)


def numbers_and_phrases(source: str) -> list[str]:
    """Constants that are the law's numbers, and phrases that speak them; docstrings and exponents apart."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, int | float) and not isinstance(node.value, bool) and node.value in NUMBERS:
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node.value, str) and IN_WORDS.search(node.value):
            found.append(f"line {node.lineno}: {node.value!r}")
    return sorted(found)


# Numbers of Russian grammar (20 дней, 3 дня) and of other things than the law's terms.
_GRAMMAR = {"edition.py"}


@pytest.mark.parametrize("file", APPLYING, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_number_of_the_law_in_code(file: Path) -> None:
    if file.name in _GRAMMAR:
        source = file.read_text(encoding="utf-8").split("_WORDS: dict", maxsplit=1)[0]
    else:
        source = file.read_text(encoding="utf-8")
    assert numbers_and_phrases(source) == []


def test_the_search_finds_what_it_is_for() -> None:
    assert numbers_and_phrases('last = start + 30\nsaid = "в течение 15 рабочих дней"\nlimit = 500_000\n') == [
        "line 1: 30",
        "line 2: 'в течение 15 рабочих дней'",
        "line 3: 500000",
    ]


def test_nothing_is_called_verified_without_saying_against_what() -> None:
    for entry in LAW.criteria:
        assert entry.source, entry.id
        assert entry.notice.endswith("."), entry.id
        assert not entry.verified, (
            f"{entry.id}: verified means read against the statute; say when and by whom in source"
        )


def test_the_document_names_every_criterion_and_number() -> None:
    text = criteria_document()
    for entry in LAW.criteria:
        assert f"## {entry.id}\n" in text
        assert entry.notice in text
    for term in LAW.terms:
        assert term.words in text
    assert "500,000 руб." in text


def test_the_document_in_docs_is_not_stale() -> None:
    assert (ROOT / "docs" / "criteria.md").read_text(encoding="utf-8") == criteria_document()
