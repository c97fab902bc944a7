"""Sections by headings, the head's facts, what was asked for and what became of it."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from library.anatomy import expertise_of, find_anatomy, find_sections, sections_of
from library.claims import Claim, item_name
from library.evaluation import TrueAnatomy, score_anatomy

DECISION = """СЛУЖБА ФИНАНСОВОГО УПОЛНОМОЧЕННОГО
Р Е Ш Е Н И Е
25 октября 2022 года    № У-22-118388/5010-003
г. Москва
ОБ УДОВЛЕТВОРЕНИИ ТРЕБОВАНИЙ
по обращению ФИО1
Уполномоченный по правам потребителей финансовых услуг в сфере страхования Полунин Глеб Аркадьевич (далее –
Финансовый уполномоченный) по результатам рассмотрения обращения от 20.09.2022 № У-22-118388 ФИО1 (далее –
Заявитель) в отношении Акционерного общества «Страховая компания „Кедровый Дом“» (место нахождения: г. Москва),
У С Т А Н О В И Л:
Поступило Обращение Заявителя с требованиями о взыскании доплаты страхового возмещения в размере 264 000 рублей;
о взыскании процентов за пользование чужими денежными средствами в размере 9 676 рублей 47 копеек; о взыскании
расходов на проведение независимой экспертизы в размере 9 000 рублей; о взыскании компенсации морального вреда.
Рассмотрев предоставленные сторонами документы, Финансовый уполномоченный установил следующее.
Договор заключён 01.02.2022.
Рассмотрев имеющиеся в деле документы, Финансовый уполномоченный приходит к следующим выводам.
Согласно пункту 15.1 статьи 12 Федерального закона от 25.04.2002 № 40-ФЗ ремонт оплачивается без учёта износа.
Для проверки доводов организована независимая экспертиза.
Руководствуясь статьёй 22 Закона № 123-ФЗ, Финансовый уполномоченный
Р Е Ш И Л:
1. Требование ФИО1 к АО «СК „Кедровый Дом“» о взыскании доплаты страхового возмещения удовлетворить частично.
2. Взыскать с АО «СК „Кедровый Дом“» в пользу ФИО1 доплату страхового возмещения в размере 126 400 рублей.
3. В удовлетворении остальной части требования о взыскании доплаты страхового возмещения отказать.
4. Требование о взыскании процентов за пользование чужими денежными средствами оставить без рассмотрения.
5. В удовлетворении требования о взыскании расходов на проведение независимой экспертизы отказать.
6. Требование о взыскании компенсации морального вреда оставить без рассмотрения.
Решение вступает в силу по истечении десяти рабочих дней после дня его подписания.
Финансовый уполномоченный    Г.А. Полунин
"""


def test_sections_stand_one_after_another() -> None:
    places = find_sections(DECISION)
    names = [place.name for place in places]
    assert names == ["header", "preamble", "established", "findings", "operative", "closing"]
    beginnings = [DECISION[place.start : place.start + 14] for place in places]
    assert beginnings == [
        "СЛУЖБА ФИНАНСО",
        "Уполномоченный",
        "У С Т А Н О В ",
        "Рассмотрев име",
        "Руководствуясь",
        "Решение вступа",
    ]
    between = [DECISION[a.end : b.start] for a, b in pairwise(places)]
    assert [gap.strip() for gap in between] == [""] * 5


def test_search_gets_the_sections_that_speak_of_the_case() -> None:
    sections = sections_of(DECISION, find_sections(DECISION))
    assert [section.name for section in sections] == ["established", "findings", "operative"]
    assert sections[1].text.endswith("независимая экспертиза.")


def test_head_and_claims() -> None:
    found = find_anatomy(DECISION)
    assert (found.number, found.date and found.date.isoformat()) == ("У-22-118388/5010-003", "2022-10-25")
    assert (found.outcome, found.organisation_kind, found.expertise) == ("partial", "insurer", True)
    assert "п. 15.1 ст. 12 40-ФЗ" in found.norms
    assert found.claims == (
        Claim(
            item="доплата страхового возмещения",
            amount_claimed=Decimal("264000.00"),
            amount_awarded=Decimal("126400.00"),
            outcome="partial",
        ),
        Claim(item="проценты", amount_claimed=Decimal("9676.47"), amount_awarded=None, outcome="not_considered"),
        Claim(item="экспертиза", amount_claimed=Decimal("9000.00"), amount_awarded=Decimal(0), outcome="refused"),
        Claim(item="моральный вред", amount_claimed=None, amount_awarded=None, outcome="not_considered"),
    )
    assert (found.amount_claimed, found.amount_awarded) == (Decimal("282676.47"), Decimal("126400.00"))


def test_the_day_of_the_appeal_is_not_the_day_of_the_decision() -> None:
    head = "РЕШЕНИЕ по обращению от 20.09.2022 № У-22-1\nг. Москва, 25.10.2022\n"
    assert str(find_anatomy(head + DECISION[DECISION.index("У С Т А Н О В И Л") :]).date) == "2022-10-25"


def test_a_text_without_headings_is_one_section() -> None:
    found = find_anatomy("Спор о процентах.")
    assert [place.name for place in found.sections] == ["text"]
    assert (found.number, found.date, found.outcome, found.claims, found.amount_claimed) == (None, None, None, (), None)


def test_a_terminated_case_awards_nothing_on_the_merits() -> None:
    text = DECISION.replace("ОБ УДОВЛЕТВОРЕНИИ ТРЕБОВАНИЙ", "О ПРЕКРАЩЕНИИ РАССМОТРЕНИЯ ОБРАЩЕНИЯ")
    start = text.index("1. Требование")
    end = text.index("Решение вступает")
    text = text[:start] + "Прекратить рассмотрение обращения ФИО1.\n" + text[end:]
    found = find_anatomy(text)
    assert (found.outcome, found.amount_awarded) == ("terminated", None)
    assert {claim.outcome for claim in found.claims} == {"terminated"}


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("взыскании утраты товарной стоимости", "УТС"),
        ("взыскании расходов на услуги нотариуса в размере 300 рублей", "нотариус"),
        ("взыскании почтовых расходов", "почта"),
        ("взыскании удержанной платы за участие в клубе в размере 5 рублей", "удержанной платы за участие в клубе"),
    ],
)
def test_what_was_asked_for_by_its_usual_name(phrase: str, name: str) -> None:
    assert item_name(phrase) == name


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Организована независимая транспортно-трасологическая экспертиза.", True),
        ("По экспертизе Финансового уполномоченного, выполненной по Единой методике, требуется 231 000 рублей.", True),
        ("Размер проверен экспертом, 412 000 рублей соответствуют средним ценам.", True),
        ("Врач-эксперт установил повреждение связки.", True),
        ("Размер сторонами не оспаривался, необходимость в экспертизе отсутствовала.", False),
        ("Проведение экспертизы не требуется.", False),
        ("По справке медико-социальной экспертизы причиной указано заболевание.", False),
        ("Расходы определены экспертом-техником Финансовой организации.", False),
        ("Спор о сроке выплаты.", False),
    ],
)
def test_whether_an_expert_was_asked(text: str, asked: bool) -> None:
    assert expertise_of(text) is asked


@pytest.mark.slow
def test_whole_decisions_are_divided_and_read(shared: Path) -> None:
    lines = (shared / "data" / "decisions_raw" / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    scores = [
        score_anatomy(
            TrueAnatomy(
                sections={section["kind"]: section["start"] for section in row["sections"]},
                number=row["number"],
                date=row["date"],
                outcome=row["outcome"],
                claims=tuple((one["outcome"], one["amount_claimed"], one["amount_awarded"]) for one in row["claims"]),
            ),
            find_anatomy(row["text"]),
        )
        for row in rows
    ]
    for part, least in (("sections", 0.97), ("facts", 0.97), ("claim_outcomes", 0.95), ("claim_amounts", 0.95)):
        right = sum(getattr(score, part)[0] for score in scores)
        there = sum(getattr(score, part)[1] for score in scores)
        assert right >= least * there, (part, right, there)
