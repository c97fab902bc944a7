"""A small package of typed-out letters (fictional, written for Kazus) through the whole examination."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

import intake
from intake import CoverSheet, EarlierCase, FactOverride, Package, Registry, Report, examine
from intake.evidence import Absence, Quote
from intake.reported_facts import CONTRACT_FACTS
from ocr.document import Box, Document, Line, Page, Quad, Word

from .facts_factory import INSURER

APPEAL = """Финансовому уполномоченному по правам потребителей финансовых услуг
ОБРАЩЕНИЕ
Заявитель: Рогожина Вера Павловна
Дата рождения: 11.04.1979, место рождения: г. Кинешма
Адрес: 155800, г. Кинешма, ул. Садовая, д. 5, кв. 9
Финансовая организация: АО «СК „Янтарный Щит“», ИНН 3990837423
Полис ОСАГО ХХХ 0418827365
Заявление о страховом возмещении подала 25.12.2025. 20.01.2026 на карту пришло 50 000 рублей.
Претензию подала 16.02.2026, отказали 02.03.2026.
Прошу взыскать доплату страхового возмещения 97 300 руб.
20.05.2026 Подписано простой электронной подписью: Рогожина В.П."""

CLAIM = """В АО «СК „Янтарный Щит“»
от Рогожиной Веры Павловны
ПРЕТЕНЗИЯ
Требую доплатить страховое возмещение 97 300 рублей.
16.02.2026 Рогожина
Вх. № 12 от 16.02.2026, принял Зуев"""

REPLY = """АО «СК „Янтарный Щит“»
Исх. № 77 от 02.03.2026
Рогожиной В.П.
На Вашу претензию от 16.02.2026 сообщаем: оснований для доплаты не имеется, в выплате отказано.
Начальник отдела Седов (подпись)"""

POLICY = """СТРАХОВОЙ ПОЛИС № ХХХ 0418827365
ОБЯЗАТЕЛЬНОГО СТРАХОВАНИЯ ГРАЖДАНСКОЙ ОТВЕТСТВЕННОСТИ ВЛАДЕЛЬЦЕВ ТРАНСПОРТНЫХ СРЕДСТВ
Страховщик: АО «СК „Янтарный Щит“»
Страхователь: Рогожина Вера Павловна
Цель использования: личная
КБМ 0,63"""

STS = """СВИДЕТЕЛЬСТВО О РЕГИСТРАЦИИ ТС
Регистрационный знак О471КВ39
Собственник РОГОЖИНА ВЕРА ПАВЛОВНА"""


def read(text: str, index: int) -> Document:
    words: list[Word] = []
    lines: list[Line] = []
    for number, line in enumerate(text.split("\n")):
        first = len(words)
        for order, word in enumerate(line.split()):
            box = Box(0.05 + order * 0.05, 0.05 + number * 0.03, 0.095 + order * 0.05, 0.07 + number * 0.03)
            words.append(Word(text=word, box=box, quad=Quad.of(box), confidence=0.9, line=number))
        hull = Box(0.05, 0.05 + number * 0.03, 0.95, 0.07 + number * 0.03)
        lines.append(Line(text=line, box=hull, words=(first, len(words) - 1), block=0))
    page = Page(
        number=1,
        width=1000,
        height=1400,
        source="text_layer",
        source_reason="",
        grade="good",
        text=text,
        words=tuple(words),
        lines=tuple(lines),
    )
    return Document(id=f"{index:064x}", path=f"{index}.pdf", name=str(index), pages=(page,))


def package(*texts: str, cover: CoverSheet | None = None) -> Package:
    return Package(
        documents=tuple(read(text, index) for index, text in enumerate(texts)),
        cover=cover or CoverSheet(filed=date(2026, 5, 20)),
        received=date(2026, 5, 21),
    )


WHOLE = (APPEAL, CLAIM, REPLY, POLICY, STS)
REGISTRY = Registry(as_of=date(2026, 11, 1), organisations=(INSURER,))


@pytest.fixture(scope="module")
def report() -> Report:
    return examine(package(*WHOLE), REGISTRY)


def results(report: Report) -> dict[str, str]:
    return {verdict.criterion: verdict.result for verdict in report.verdicts}


def test_a_sound_package_is_accepted(report: Report) -> None:
    assert {verdict.criterion: verdict.reason for verdict in report.verdicts if verdict.result != "met"} == {}
    assert report.outcome.value == "accept"
    assert list(report.not_applicable) == ["art16.6.fee"]


def test_the_report_says_when_how_and_by_what_it_was_made(report: Report) -> None:
    assert (report.filed, report.filed_source, report.channel) == (date(2026, 5, 20), "given", "electronic")
    assert set(report.timings) == {"texts", "types", "fields", "facts", "classification", "verdicts"}
    assert set(report.versions) == {"pipeline", "law", "registry"}
    assert [deadline.name for deadline in report.deadlines] == ["acceptance_notice"]
    assert report.deadlines[0].due == date(2026, 5, 25)


def test_every_fact_of_the_contract_is_there_and_points_at_words(report: Report) -> None:
    assert set(CONTRACT_FACTS) <= set(report.facts)
    assert report.facts["breach_date"].value == "2026-01-20"
    assert report.facts["claims"].value == [{"item": "страховое возмещение", "amount": "97300.00"}]
    assert report.facts["email"].value is None
    for name in ("applicant_name", "breach_date", "claims", "org_inn", "reply_kind"):
        shown = [report.fields[index] for index in report.facts[name].fields]
        assert shown, name
        assert all(isinstance(piece, Quote) and piece.boxes for field in shown for piece in field.evidence), name
    (breach,) = {report.fields[index].value for index in report.facts["breach_date"].fields}
    assert breach == "2026-01-20"


def test_without_a_cover_sheet_the_day_of_receipt_counts() -> None:
    plain = examine(package(*WHOLE, cover=CoverSheet()), REGISTRY)
    assert (plain.filed, plain.filed_source, plain.channel) == (date(2026, 5, 21), "received", "electronic")


def test_a_paper_left_out_is_missed_and_shown_as_looked_for() -> None:
    lacking = examine(package(APPEAL, POLICY, STS), REGISTRY)
    assert results(lacking)["art16.1.claim_sent"] == "not_met"
    (verdict,) = [one for one in lacking.verdicts if one.criterion == "art16.1.claim_sent"]
    (absence,) = [piece for piece in verdict.evidence if isinstance(piece, Absence)]
    assert [entry.document for entry in absence.searched] == [0, 1, 2]
    assert lacking.outcome.value == "refuse_curable"


def test_a_page_nobody_can_read_takes_the_certainty_away() -> None:
    whole = package(APPEAL, POLICY, STS)
    dark = read("", 3)
    blank = replace(dark, pages=(replace(dark.pages[0], grade="unreadable", words=(), lines=(), text=""),))
    lacking = examine(replace(whole, documents=(*whole.documents, blank)), REGISTRY)
    (verdict,) = [one for one in lacking.verdicts if one.criterion == "art16.1.claim_sent"]
    assert (verdict.result, verdict.cause) == ("cannot_tell", "unreadable")
    assert not [one.criterion for one in lacking.verdicts if one.result == "not_met"]


def test_peoples_corrections_and_earlier_cases_enter() -> None:
    corrected = examine(
        package(*WHOLE),
        REGISTRY,
        corrections=[
            FactOverride(name="breach_date", value="2021-01-20"),
            FactOverride(name="initial_answer_date", value="2021-01-20"),
        ],
    )
    assert results(corrected)["art15.1.term3y"] == "not_met"
    earlier = EarlierCase(
        number="У-26-1",
        applicant_name=None,
        org_inn=INSURER.inn,
        contract_number="ХХХ0418827365",
        vin=None,
        breach_date=None,
        items=(),
        decided=date(2026, 3, 3),
        outcome="удовлетворено",
    )
    assert results(examine(package(*WHOLE), REGISTRY, [earlier]))["art19.1.5"] == "cannot_tell"


def test_an_empty_package_and_no_registry_yield_a_report() -> None:
    empty = examine(Package(documents=(), cover=CoverSheet(), received=date(2026, 5, 21)), Registry(as_of=None))
    assert set(results(empty)) | {"art16.6.fee"} == set(results(examine(package(*WHOLE), REGISTRY))) | {"art16.6.fee"}
    assert empty.outcome.value == "refuse_curable"


def test_the_report_survives_json(report: Report) -> None:
    adapter = TypeAdapter(Report)
    again = adapter.validate_json(adapter.dump_json(report))
    assert again.verdicts == report.verdicts
    assert again.facts["claims"].value == report.facts["claims"].value


def test_public_names_load_when_used_and_importing_is_light() -> None:
    for name in intake.__all__:
        assert getattr(intake, name) is not None
    with pytest.raises(AttributeError, match="nothing_here"):
        _ = intake.nothing_here
    code = "import sys, intake; print([m for m in ('numpy', 'pydantic', 'rapidfuzz', 'pymorphy3') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
