"""The report as a person likes to read it: what is proposed and why first, then each criterion with its evidence."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from cases.package_report import PackageReport
from classify.classification import Classification
from intake.evidence import Absence, Evidence, Quote, Record
from intake.report import TypedDocument, Verdict
from kazus.cli.context import Language
from kazus.cli.labels import keys, label
from kazus.cli.library_text import hit_lines, named

_SIGN = {"met": "✓", "not_met": "✕", "cannot_tell": "?"}
_COLOUR = {"met": "green", "not_met": "red", "cannot_tell": "yellow"}
_SURE_TYPE = 0.9
_ORDER = {"not_met": 0, "cannot_tell": 1, "met": 2}
_DATES = {"birth_date", "contract_date", "breach_date", "initial_application_date"} | {
    "claim_date",
    "claim_received_date",
    "reply_date",
}
_TEXTS: dict[str, tuple[str, str]] = {
    "filed": ("подано", "filed"),
    "given": ("указано", "as given"),
    "received": ("день получения: дата подачи не указана", "day of receipt: no filing date was given"),
    "proposal": ("ПРЕДЛОЖЕНИЕ", "PROPOSAL"),
    "person": ("Предлагает программа, решает человек.", "The machine proposes, a person decides."),
    "likely_type": ("тип на {share}", "type {share} sure"),
    "doubtful_type": ("тип под вопросом: {share}", "type in doubt: {share}"),
    "documents": ("Документы", "Documents"),
    "page": ("с.", "p."),
    "facts": ("Сведения", "Facts"),
    "unknown": ("не найдено", "not found"),
    "conflicts": ("Расхождения", "Conflicts"),
    "criteria": ("Критерии", "Criteria"),
    "met_of": ("выполнено {met} из {all}", "{met} of {all} met"),
    "computation": ("расчёт", "computed"),
    "looked": ("искали", "looked in"),
    "not_applicable": ("Не применялось", "Not applicable"),
    "deadlines": ("Сроки", "Deadlines"),
    "copy": ("повтор документа {number}", "copy of document {number}"),
    "not_recognised": ("тип не определён", "type not recognised"),
    "unverified": (
        "Правила не сверены с текстом закона: {n} из {all}. Перед отказом сверьте редакцию (kazus criteria).",
        "Rules not verified against the statute: {n} of {all}. Check the edition before refusing (kazus criteria).",
    ),
    "subject": ("О чём спор (по тексту обращения)", "What it is about (by the appeal's text)"),
    "product": ("Услуга", "Product"),
    "category": ("Предмет спора", "Category"),
    "undecided": ("решает человек", "a person decides"),
    "similar": ("Похожие решения", "Similar decisions"),
    "items": ("по требованию", "for the item"),
}


def _t(key: str, language: Language, **values: object) -> str:
    return _TEXTS[key][0 if language == "ru" else 1].format(**values)


def report_lines(report: PackageReport, title: str, titles: Mapping[str, str], language: Language) -> Iterator[str]:
    """The printed report. `titles`: criterion id → its name; the width is the terminal's, at most 110 columns."""
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    yield from _head(report, title, titles, language, width)
    yield from _documents(report, language)
    yield from _facts(report, language, width)
    if report.classification is not None:
        yield from _subject(report.classification, language, width)
    yield from _criteria(report, titles, language, width)
    if report.not_applicable:
        yield ""
        yield _heading(_t("not_applicable", language))
        for criterion, why in report.not_applicable.items():
            yield from _wrapped(f"  – {titles.get(criterion, criterion)}: {why}", width, "    ")
    if report.deadlines:
        yield ""
        yield _heading(_t("deadlines", language))
        for deadline in report.deadlines:
            yield from _wrapped(
                f"  {_day(deadline.due)}  {label('deadline', deadline.name, language)}: {deadline.computation}",
                width,
                " " * 14,
            )
    if report.similar:
        yield ""
        yield _heading(_t("similar", language))
        for hit in report.similar:
            yield from hit_lines(hit, language)
    unverified = sum(not verdict.verified for verdict in report.verdicts)
    if unverified:
        yield ""
        yield from _wrapped(_t("unverified", language, n=unverified, all=len(report.verdicts)), width, "")


def _head(
    report: PackageReport, title: str, titles: Mapping[str, str], language: Language, width: int
) -> Iterator[str]:
    filed = f"{_t('filed', language)} {_day(report.filed)} ({_t(report.filed_source, language)})"
    yield click.style(f"{title} · {filed} · {label('value', report.channel, language)}", bold=True)
    yield ""
    colour = {"accept": "green", "human": "yellow"}.get(report.outcome.value, "red")
    proposal = f"{_t('proposal', language)}: {label('outcome', report.outcome.value, language)}"
    yield click.style(proposal, fg=colour, bold=True)
    if report.outcome.grounds:
        yield from _grounds(report, titles, language, width)
    yield _t("person", language)


def _grounds(report: PackageReport, titles: Mapping[str, str], language: Language, width: int) -> Iterator[str]:
    """What decided the proposal, each with what was found: a criterion's name alone reads as if it were met."""
    for result in ("not_met", "cannot_tell"):
        found = {verdict.criterion for verdict in report.verdicts if verdict.result == result}
        names = [titles.get(ground, ground) for ground in report.outcome.grounds if ground in found]
        if names:
            yield from _wrapped(f"  {label('result', result, language)}: {'; '.join(names)}", width, "    ")


def _documents(report: PackageReport, language: Language) -> Iterator[str]:
    yield ""
    pages = sum(document.pages for document in report.documents)
    yield _heading(f"{_t('documents', language)}: {len(report.documents)} · {_pages(pages, language)}")
    for number, document in enumerate(report.documents, start=1):
        if document.error is not None:
            yield click.style(f"  {number:>2} {document.name}: {document.error.message}", fg="red")
            yield f"     {document.error.remedy} [{document.error.code}]"
            continue
        if document.copy_of is not None:
            yield f"  {number:>2} {document.name} · {_t('copy', language, number=document.copy_of + 1)}"
            continue
        parts = [label("type", part.type, language) for part in document.parts]
        if document.type is None:
            name = _t("not_recognised", language)
        elif len(parts) > 1:
            name = " + ".join(parts)
        else:
            name = label("type", document.type, language)
        grade = f" · {label('grade', document.grade, language)}" if document.grade else ""
        ending = f"{_pages(document.pages, language)}{grade}{_sureness(document, language)}"
        yield f"  {number:>2} {name} · {document.name} · {ending}"


def _sureness(document: TypedDocument, language: Language) -> str:
    """How sure the type is, where a person should look at it."""
    if document.type is None or document.type_probability is None:
        return ""
    if not document.type_abstained and document.type_probability >= _SURE_TYPE:
        return ""
    kind = "doubtful_type" if document.type_abstained else "likely_type"
    return f" · {_t(kind, language, share=f'{document.type_probability:.0%}')}"


def _pages(count: int, language: Language) -> str:
    if language == "en":
        return f"{count} page" if count == 1 else f"{count} pages"
    ending = "а" if count % 10 == 1 and count % 100 != 11 else "ы"
    many = count % 10 not in (1, 2, 3, 4) or count % 100 in (11, 12, 13, 14)
    return f"{count} страниц" if many else f"{count} страниц{ending}"


def _facts(report: PackageReport, language: Language, width: int) -> Iterator[str]:
    yield ""
    yield _heading(_t("facts", language))
    for name in keys("fact"):
        if name not in report.facts or name == "category":
            continue
        fact = report.facts[name]
        if fact.value is None and name in {"fee_paid", "vin", "plate", "email"}:
            continue
        value = _value(name, fact.value, language)
        yield from _wrapped(f"  {label('fact', name, language):<26} {value}", width, " " * 29)
    if report.conflicts:
        yield ""
        yield _heading(_t("conflicts", language))
        for conflict in report.conflicts:
            values = " ≠ ".join(_value(conflict.fact, value, language) for value in conflict.values)
            yield from _wrapped(f"  {label('fact', conflict.fact, language)}: {values}", width, "    ")


def _subject(classification: Classification, language: Language, width: int) -> Iterator[str]:
    """What the classifier makes of the appeal's text: a label, or why it leaves it to a person."""
    yield ""
    yield _heading(_t("subject", language))
    for group, decided in (("product", classification.product), ("category", classification.category)):
        if decided.label is None or decided.probabilities is None:
            said = decided.reason or _t("unknown", language)
        elif decided.abstained:
            names = "; ".join(named(group, code, language) for code in decided.set)
            said = f"{_t('undecided', language)}: {names or decided.reason}"
        else:
            share = f"{decided.probabilities[decided.label]:.0%}"
            said = f"{named(group, decided.label, language)} · {share}"
        yield from _wrapped(f"  {_t(group, language):<26} {said}", width, " " * 29)


def _criteria(report: PackageReport, titles: Mapping[str, str], language: Language, width: int) -> Iterator[str]:
    met = sum(verdict.result == "met" for verdict in report.verdicts)
    yield ""
    summary = _t("met_of", language, met=met, all=len(report.verdicts))
    yield _heading(f"{_t('criteria', language)}: {summary}")
    for verdict in sorted(report.verdicts, key=lambda verdict: _ORDER[verdict.result]):
        yield from _verdict(report, verdict, titles, language, width)


def _verdict(
    report: PackageReport, verdict: Verdict, titles: Mapping[str, str], language: Language, width: int
) -> Iterator[str]:
    notes = [verdict.law]
    if verdict.result != "met":
        notes.append(label("result", verdict.result, language))
    if verdict.cause is not None:
        notes.append(label("cause", verdict.cause, language))
    if verdict.severity is not None and verdict.result != "met":
        notes.append(label("severity", verdict.severity, language))
    if verdict.item is not None:
        notes.append(f"{_t('items', language)} «{verdict.item}»")
    title = titles.get(verdict.criterion, verdict.criterion)
    head = f"  {_SIGN[verdict.result]} {title} · {' · '.join(notes)}"
    yield click.style(head, fg=_COLOUR[verdict.result], bold=verdict.result != "met")
    yield from _wrapped(f"      {verdict.reason}", width, "      ")
    if verdict.computation:
        yield from _wrapped(f"      {_t('computation', language)}: {verdict.computation}", width, "        ")
    shown = verdict.evidence if verdict.result != "met" else verdict.evidence[:3]
    for piece in shown:
        yield from _wrapped(f"      {_evidence(report, piece, language)}", width, "        ")


def _evidence(report: PackageReport, piece: Evidence, language: Language) -> str:
    match piece:
        case Quote():
            document = report.documents[piece.document]
            kind = label("type", document.type, language) if document.type else document.name
            return f"▸ «{piece.text}» — {piece.document + 1} {kind}, {_t('page', language)} {piece.page}"
        case Absence():
            where = ", ".join(str(place.document + 1) for place in piece.searched)
            return f"▹ {piece.what} ({_t('looked', language)}: {where})"
        case Record():
            return f"▪ {piece.text} ({piece.source}, {_day(piece.as_of)})"


def _value(name: str, value: Any, language: Language) -> str:
    if value is None:
        return click.style(_t("unknown", language), dim=True)
    if name == "claims":
        return "; ".join(_claim(claim) for claim in value) or _t("unknown", language)
    if name == "amount_claimed":
        return _money(str(value))
    if name in _DATES:
        try:
            return _day(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return label("value", str(value), language)


def _claim(claim: Mapping[str, Any]) -> str:
    return claim["item"] if claim["amount"] is None else f"{claim['item']} {_money(claim['amount'])}"


def _money(value: str) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    whole, _, kopecks = f"{amount:.2f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u202f")
    return f"{grouped} ₽" if kopecks == "00" else f"{grouped},{kopecks} ₽"


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _heading(text: str) -> str:
    return click.style(text, bold=True)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, drop_whitespace=True) or [text]
