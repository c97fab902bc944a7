"""References to statutes: every way they are written comes to one form."""

from __future__ import annotations

import pytest

from search.norms import ancestors, find_norms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ч. 2 ст. 333 ГК РФ", ["ч. 2 ст. 333 ГК РФ"]),
        ("ст.333 ГК", ["ст. 333 ГК РФ"]),
        ("частью 2 статьи 333 Гражданского кодекса Российской Федерации", ["ч. 2 ст. 333 ГК РФ"]),
        ("п. 15.1 ст. 12 40-ФЗ", ["п. 15.1 ст. 12 40-ФЗ"]),
        ("пунктом 15.1 статьи 12 Федерального закона от 25.04.2002 № 40-ФЗ", ["п. 15.1 ст. 12 40-ФЗ"]),
        ("п. 21 ст. 12 Закона об ОСАГО", ["п. 21 ст. 12 40-ФЗ"]),
        ("cт. 12 4О-Ф3", ["ст. 12 40-ФЗ"]),
        ("подп. «ж» п. 16.1 ст. 12 40-ФЗ", ["подп. «ж» п. 16.1 ст. 12 40-ФЗ"]),
        ("пп. «и» п. 2 ст. 6 40-ФЗ", ["подп. «и» п. 2 ст. 6 40-ФЗ"]),
        ("Положение Банка России № 431-П", ["№ 431-П"]),
        ("№ 431-П", ["№ 431-П"]),
        ("Указание Банка России от 20.11.2015 № 3854-У", ["№ 3854-У"]),
        ("постановление Пленума ВС РФ от 08.11.2022 № 31", ["ПП ВС РФ № 31"]),
        ("п. 38 ПП ВС РФ № 31", ["п. 38 ПП ВС РФ № 31"]),
        ("постановление Правительства РФ от 28.03.2022 № 497", ["ПП РФ № 497"]),
        ("ст. 16 Закона РФ № 2300-1", ["ст. 16 Закона РФ № 2300-1"]),
        ("Закон РФ «О защите прав потребителей»", ["Закон РФ № 2300-1"]),
        ("ст. ст. 309, 310 ГК РФ", ["ст. 309 ГК РФ", "ст. 310 ГК РФ"]),
        ("ч. 2.9, 2.10 ст. 7 353-ФЗ", ["ч. 2.9 ст. 7 353-ФЗ", "ч. 2.10 ст. 7 353-ФЗ"]),
        ("п. 2 ст. 10, ст. 15 ГК РФ", ["п. 2 ст. 10 ГК РФ", "ст. 15 ГК РФ"]),
        ("ст. 36.6-1 75-ФЗ", ["ст. 36.6-1 75-ФЗ"]),
        ("115-ФЗ", ["115-ФЗ"]),
    ],
)
def test_a_reference_comes_to_its_normal_form(text: str, expected: list[str]) -> None:
    assert [norm.norm for norm in find_norms(text)] == expected


@pytest.mark.parametrize(
    "text", ["", "управляющая компания УК", "статья 15 в газете", "п. 4.3 Правил страхования", "12 000"]
)
def test_what_is_no_reference_is_not_found(text: str) -> None:
    assert find_norms(text) == []


def test_a_normal_form_is_its_own_normal_form() -> None:
    for norm in ("подп. «ж» п. 16.1 ст. 12 40-ФЗ", "п. 4.12 Правил ОСАГО", "ст. 16 Закона РФ № 2300-1", "№ 755-П"):
        assert [one.norm for one in find_norms(norm)] == [norm]
        for wider in ancestors(norm):
            assert wider in ("ГК РФ",) or [one.norm for one in find_norms(wider)] == [wider]


def test_places_are_of_the_text_given() -> None:
    text = "Руководствуясь ст. 22 123-ФЗ и ч. 1 ст. 27 123-ФЗ, решил"
    assert [text[norm.start : norm.end] for norm in find_norms(text)] == ["ст. 22 123-ФЗ", "ч. 1 ст. 27 123-ФЗ"]


def test_a_norm_is_a_part_of_its_article_and_statute() -> None:
    assert ancestors("п. 21 ст. 12 40-ФЗ") == ("п. 21 ст. 12 40-ФЗ", "ст. 12 40-ФЗ", "40-ФЗ")
    assert ancestors("ст. 16 Закона РФ № 2300-1") == ("ст. 16 Закона РФ № 2300-1", "Закон РФ № 2300-1")


def test_a_long_run_of_articles_takes_no_time() -> None:
    assert find_norms("ст. 12 п. 1, " * 20000) == []
