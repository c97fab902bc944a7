"""Noise is made in the counted proportions, at the asked rate, the same for the same seed."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import Levenshtein

from benchmarks.noise import Confusions, corrupt, count
from benchmarks.noise.confusions import DATA, differences, load, save

TEXT = "Прошу взыскать страховое возмещение в размере 12 500 рублей по полису ХХХ 0123456789 от 11.06.2025. " * 40


def test_differences_name_what_was_printed_and_what_was_read() -> None:
    assert differences("мама", "мана") == [("м", "н")]
    assert differences("шит", "пшт") != []
    assert differences("два слова", "двaслова") == [("а ", "a")]
    assert differences("слово", "сло во") == [("о", "о ")]
    assert differences("рубль", "рубпь") == [("л", "п")]
    assert differences("дом", "домишки") == [], "longer stretches are no confusion of letters"


def test_a_page_that_was_not_read_is_not_counted() -> None:
    found = count([("рубль рубль", "рубпь рубль"), ("совсем другое", "#### ~~~~~ ||")], "engine")
    assert (found.pages, found.characters) == (1, 11)
    assert found.read == {"л": {"п": 1}}
    assert found.seen["л"] == 2


def test_only_counted_errors_are_made() -> None:
    known = Confusions(
        engine="e", pages=1, characters=100, seen={"о": 50, "и": 50}, read={"о": {"0": 3}, "и": {"н": 1}}
    )
    noisy = corrupt(TEXT, 0.05, 1, known)
    assert len(noisy) == len(TEXT)
    changes = {(one, other) for one, other in zip(TEXT, noisy, strict=True) if one != other}
    assert changes == {("о", "0"), ("и", "н")}
    assert noisy.count("0") - TEXT.count("0") > sum(one != other == "н" for one, other in zip(TEXT, noisy, strict=True))


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.08])
def test_the_rate_is_kept(rate: float) -> None:
    noisy = corrupt(TEXT, rate, 5)
    made = Levenshtein.distance(TEXT, noisy) / len(TEXT)
    assert made == pytest.approx(rate, rel=0.25)


def test_one_seed_one_text_and_no_noise_at_rate_nothing() -> None:
    assert corrupt(TEXT, 0.05, 2) == corrupt(TEXT, 0.05, 2) != corrupt(TEXT, 0.05, 3)
    assert corrupt(TEXT, 0.0, 2) == TEXT
    with pytest.raises(ValueError, match="between 0 and 1"):
        corrupt(TEXT, 1.5, 2)


def test_lines_stay_lines() -> None:
    text = TEXT[:200] + "\n" + TEXT[:200]
    assert corrupt(text, 0.2, 1).count("\n") == 1


def test_the_shipped_counts_come_from_enough_print(tmp_path_factory: pytest.TempPathFactory) -> None:
    shipped = load()
    assert shipped.characters > 10_000
    assert sum(sum(results.values()) for results in shipped.read.values()) > 200
    copy = tmp_path_factory.mktemp("noise") / "copy.json"
    save(shipped, copy)
    assert copy.read_bytes() == DATA.read_bytes()
