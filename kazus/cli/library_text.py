"""What the library answers, as a case officer likes to read it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from kazus.cli.context import Language
from kazus.cli.labels import label

if TYPE_CHECKING:
    from library.check import CheckReport
    from library.import_decisions import ImportReport
    from library.statistics import LibraryStatistics
    from search.hit import Found, Hit, Statistics

_COLOURS = {"satisfied": "green", "partial": "yellow", "refused": "red", "terminated": "cyan"}
_MOST_COUNTS = 6
_TEXTS: dict[str, tuple[str, str]] = {
    "found": ("Показано {shown} из {total}", "{shown} of {total} shown"),
    "nothing": ("Ничего не найдено: под фильтры подходит решений: {total}.", "Nothing found; {total} decisions pass."),
    "empty": (
        "Библиотека пуста. Загрузите решения: kazus library import ФАЙЛ",
        "The library is empty. Import decisions: kazus library import FILE",
    ),
    "why": ("Почему:", "Why:"),
    "differs": ("Отличия:", "Differs:"),
    "folded": ("Почти такие же:", "Nearly the same:"),
    "of_claimed": ("{awarded} из {claimed}", "{awarded} of {claimed}"),
    "asked": ("заявлено {claimed}", "{claimed} claimed"),
    "ended": ("Чем закончились (решений: {n})", "How they ended ({n} decisions)"),
    "ratio": (
        "Взыскано от заявленного: медиана {median}, середина {q1}–{q3} (n = {n})",
        "Awarded of claimed: median {median}, middle half {q1}–{q3} (n = {n})",
    ),
    "years": ("По годам, в пользу потребителя", "By year, for the consumer"),
    "counts": ("Сузить", "Narrow"),
    "more": ("Дальше: --cursor {cursor}", "More: --cursor {cursor}"),
    "index": ("индекс {generation}, {backend}, {ms} мс", "index {generation}, {backend}, {ms} ms"),
    "total": ("Решений: {n}", "{n} decisions"),
    "imported": (
        "Прочитано {read}: добавлено {added}, обновлено {updated}, без изменений {unchanged}, не загружено {failed}"
        " · {seconds} с · индекс {generation}",
        "{read} read: {added} added, {updated} updated, {unchanged} unchanged, {failed} failed"
        " · {seconds} s · index {generation}",
    ),
    "dry": ("Проба: ничего не записано.", "Dry run: nothing was written."),
    "replaced": ("Обезличено: {classes}", "Anonymised: {classes}"),
    "agrees": (
        "Индекс и база согласны: решений {n}, изменение {change}.",
        "Index and database agree: {n} decisions, change {change}.",
    ),
    "disagrees": (
        "Индекс и база расходятся: в базе {decisions}, в индексе {indexed}; нет в индексе {missing}, "
        "отличаются {different}, лишних {surplus}. Выполните: kazus library reindex",
        "Index and database disagree: {decisions} in the database, {indexed} in the index; {missing} missing, "
        "{different} different, {surplus} surplus. Run: kazus library reindex",
    ),
    "no_vectors": (
        "Индекс построен без модели предложений: поиск только по словам и нормам.",
        "The index was made without the sentence encoder: words and norms only.",
    ),
}


def _t(key: str, language: Language, **values: object) -> str:
    return _TEXTS[key][0 if language == "ru" else 1].format(**values)


def _width() -> int:
    return min(110, shutil.get_terminal_size((100, 24)).columns)


def money(amount: Decimal) -> str:
    """«187 400 ₽», kopecks only where there are any."""
    whole = f"{amount:,.2f}".removesuffix(".00").replace(",", "\u00a0").replace(".", ",")
    return f"{whole}\u00a0₽"


def named(group: str, code: str, language: Language) -> str:
    """A product or category by its name in Russian, by its code in English."""
    if language == "en":
        return code
    from classify.labels import load_taxonomy

    taxonomy = load_taxonomy()
    entries = taxonomy.products if group == "product" else taxonomy.categories
    return next((entry.name for entry in entries if entry.code == code), code)


def found_lines(found: Found, language: Language, *, library: int) -> Iterator[str]:
    """One query's answer. `library`: decisions in the whole library."""
    if not library:
        yield _t("empty", language)
        return
    if not found.hits:
        yield _t("nothing", language, total=found.total)
    else:
        index = _t("index", language, generation=found.generation, backend=found.backend, ms=found.milliseconds)
        shown = _t("found", language, shown=len(found.hits), total=found.total)
        yield click.style(shown, bold=True) + click.style(f" · {index}", dim=True)
    for hit in found.hits:
        yield ""
        yield from hit_lines(hit, language)
    if found.statistics is not None:
        yield ""
        yield from statistics_lines(found.statistics, language)
    narrowing = list(_counts(found.counts, language)) if found.hits else []
    if narrowing:
        yield ""
        yield click.style(_t("counts", language), bold=True)
        yield from narrowing
    if found.cursor is not None:
        yield ""
        yield click.style(_t("more", language, cursor=found.cursor), dim=True)


def hit_lines(hit: Hit, language: Language) -> Iterator[str]:
    title = [hit.number or hit.decision]
    if hit.number is not None:
        title.append(hit.decision)
    if hit.date is not None:
        title.append(f"{hit.date:%d.%m.%Y}")
    head = click.style(f"{hit.rank:>3}. {' · '.join(title)}", bold=True)
    end = _ended(hit, language)
    yield f"{head} · {end}" if end else head
    kinds = [
        named(group, code, language)
        for group, code in (("product", hit.product), ("category", hit.category))
        if code is not None
    ]
    if hit.court is not None:
        kinds.append(hit.court)
    if kinds:
        yield f"     {' · '.join(kinds)}"
    for passage in hit.passages[:1]:
        text = " ".join(passage.text.split())
        section = label("section", passage.section, language)
        yield from _wrapped(f"«{textwrap.shorten(text, 420, placeholder=' …')}» ({section})", "     ")
    if hit.reasons:
        why = "; ".join(reason.text.rstrip(".") for reason in hit.reasons[:3])
        yield from _wrapped(f"{_t('why', language)} {why}", "     ", "       ")
    if hit.differs:
        differs = "; ".join(sentence.rstrip(".") for sentence in hit.differs[:3])
        yield from _wrapped(f"{_t('differs', language)} {differs}", "     ", "       ")
    if hit.folded:
        yield from _wrapped(f"{_t('folded', language)} {', '.join(hit.folded)}", "     ", "       ")


def _ended(hit: Hit, language: Language) -> str:
    parts = []
    if hit.outcome is not None:
        parts.append(click.style(label("decided", hit.outcome, language), fg=_COLOURS.get(hit.outcome)))
    if hit.amount_awarded is not None and hit.amount_claimed is not None:
        awarded, claimed = money(hit.amount_awarded), money(hit.amount_claimed)
        parts.append(_t("of_claimed", language, awarded=awarded, claimed=claimed))
    elif hit.amount_claimed is not None:
        parts.append(_t("asked", language, claimed=money(hit.amount_claimed)))
    return ": ".join(parts)


def statistics_lines(statistics: Statistics, language: Language) -> Iterator[str]:
    """Outcomes with their shares, the awarded part of what was claimed, by year."""
    yield click.style(_t("ended", language, n=statistics.n), bold=True)
    for share in statistics.outcomes:
        bar = click.style("█" * round(share.share * 30), fg=_COLOURS.get(share.outcome))
        name = label("decided", share.outcome, language)
        yield f"  {name:<26} {share.n:>5}  {_percent(share.share):>5}  {bar}"
    ratio = statistics.awarded_ratio
    if ratio.median is not None and ratio.q1 is not None and ratio.q3 is not None:
        median, q1, q3 = _percent(ratio.median), _percent(ratio.q1), _percent(ratio.q3)
        yield f"  {_t('ratio', language, median=median, q1=q1, q3=q3, n=ratio.n)}"
    if statistics.by_year:
        years = ", ".join(f"{year.year}: {year.satisfied}/{year.n}" for year in statistics.by_year)
        yield from _wrapped(f"{_t('years', language)}: {years}", "  ", "    ")


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _counts(counts: Mapping[str, Mapping[str, int]], language: Language) -> Iterator[str]:
    for name, values in counts.items():
        ordered = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(ordered) < 2:
            continue
        shown = ", ".join(f"{_value(name, value, language)} {n}" for value, n in ordered[:_MOST_COUNTS])
        more = ", …" if len(ordered) > _MOST_COUNTS else ""
        yield from _wrapped(f"--{name.replace('_', '-')}: {shown}{more}", "  ", "    ")


def _value(name: str, value: str, language: Language) -> str:
    """The value to type, with its meaning behind it where the value is a code."""
    if name in ("product", "category") and language == "ru":
        meaning = named(name, value, language)
        return value if meaning == value else f"{value} ({meaning})"
    return value


def stats_lines(answer: LibraryStatistics, language: Language, *, library: int) -> Iterator[str]:
    """`library`: decisions in the whole library."""
    if not library:
        yield _t("empty", language)
        return
    yield from statistics_lines(answer.statistics, language)
    if answer.total:
        yield ""
        yield from _counts({name: values for name, values in answer.counts.items() if name != "outcome"}, language)


def import_lines(report: ImportReport, language: Language, *, dry_run: bool) -> Iterator[str]:
    for failed in report.failed:
        yield f"  ✕ {failed.source}: {failed.message} [{failed.code}]"
    yield _t(
        "imported",
        language,
        read=report.read,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        failed=len(report.failed),
        seconds=f"{report.seconds:.1f}",
        generation=report.generation,
    )
    if report.replaced:
        yield replaced_line(report.replaced, language)
    if dry_run:
        yield _t("dry", language)


def replaced_line(replaced: Mapping[str, int], language: Language) -> str:
    classes = ", ".join(f"{label('personal', kind, language)} {n}" for kind, n in replaced.items())
    return _t("replaced", language, classes=classes)


def check_lines(report: CheckReport, language: Language) -> Iterator[str]:
    if report.agrees:
        yield _t("agrees", language, n=report.decisions, change=report.last_change)
    else:
        yield _t(
            "disagrees",
            language,
            decisions=report.decisions,
            indexed=report.indexed,
            missing=report.missing_count,
            different=report.different_count,
            surplus=report.surplus,
        )
        for id_ in (*report.missing, *report.different):
            yield f"  {id_}"
    if report.encoder == "none":
        yield _t("no_vectors", language)


def _wrapped(text: str, indent: str, further: str | None = None) -> Iterator[str]:
    yield from textwrap.wrap(
        text, _width(), initial_indent=indent, subsequent_indent=further or indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
