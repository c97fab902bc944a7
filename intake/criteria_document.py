"""`docs/criteria.md`, written from the law's data: what Kazus judges, by which words of the law, verified or not."""

from __future__ import annotations

from collections.abc import Iterable

from intake.law.edition import Criterion, Law, load_law

_SEVERITIES = {"fatal": "fatal", "premature": "premature", "curable": "curable"}
_HEAD = """# Criteria

Written by `make docs` from `intake/law/` (data version {version}); a test fails when this file is stale.

The machine proposes, a person refuses. A criterion is **met**, **not met** or one **cannot tell**; the last says why:
`needs_person` (the rule leaves it to a person), `data_missing` (the papers do not say it), `unreadable` (a page could
not be read). Criteria of the law that are not listed here are not judged and do not appear in a report.
"""
_UNVERIFIED = "not verified: a person checks it against the statute before relying on it"


def criteria_document() -> str:
    """The whole document, Markdown, with a newline at the end."""
    law = load_law()
    parts = [_HEAD.format(version=law.version), _overview(law.criteria)]
    parts += [_section(entry) for entry in law.criteria]
    parts += [_numbers(law), _papers(law), _calendar(law)]
    return "\n".join(parts)


def _overview(criteria: Iterable[Criterion]) -> str:
    lines = ["| id | law | what it asks | failing is | verified |", "|---|---|---|---|---|"]
    for entry in criteria:
        verified = "yes" if entry.verified else "no"
        lines.append(
            f"| [`{entry.id}`](#{_anchor(entry.id)}) | {entry.law} | {entry.title_en} "
            f"| {_SEVERITIES[entry.severity]} | {verified} |"
        )
    return "\n".join(lines) + "\n"


def _anchor(criterion: str) -> str:
    return criterion.replace(".", "")


def _section(entry: Criterion) -> str:
    until = f" to {entry.valid_to.isoformat()}" if entry.valid_to is not None else ""
    return "\n".join(
        [
            f"## {entry.id}\n",
            f"**{entry.title_ru}** ({entry.title_en})\n",
            f"- Law: {entry.law}; edition read: {entry.edition}",
            f"- In force: from {entry.valid_from.isoformat()}{until}",
            f"- Severity: {_SEVERITIES[entry.severity]}",
            f"- Inputs: {', '.join(f'`{name}`' for name in entry.inputs)}",
            f"- Source: {entry.source} ({'verified' if entry.verified else _UNVERIFIED})",
            f"- Notice: «{entry.notice}»\n",
        ]
    )


def _numbers(law: Law) -> str:
    lines = ["## Terms, limits and fees\n", "| id | product | value | law | from |", "|---|---|---|---|---|"]
    for term in law.terms:
        start = term.valid_from.isoformat()
        lines.append(f"| `{term.id}` | {term.product or 'every'} | {term.words} | {term.law} | {start} |")
    for limit in law.limits:
        free = ", ".join(f"{entry.product} from {entry.valid_from.isoformat()}" for entry in limit.unlimited)
        lines.append(
            f"| `{limit.id}` | every but {free} | {limit.roubles:,.0f} руб. | {limit.law} "
            f"| {limit.valid_from.isoformat()} |"
        )
    for fee in law.fees:
        lines.append(f"| `{fee.id}` | every | {fee.roubles:,.0f} руб. | {fee.law} | {fee.valid_from.isoformat()} |")
    return "\n".join(lines) + "\n"


def _papers(law: Law) -> str:
    lines = ["## Papers that must be there\n", "| papers | one of | products | when |", "|---|---|---|---|"]
    for group in law.papers:
        scope = ", ".join(group.products or group.categories) or "every"
        scope += f", not {', '.join(group.except_categories)}" if group.except_categories else ""
        types = ", ".join(f"`{code}`" for code in group.any_of)
        lines.append(f"| {group.name} | {types} | {scope} | {group.when} |")
    return "\n".join(lines) + "\n"


def _calendar(law: Law) -> str:
    lines = ["## Calendar\n", "| year | decree | source | verified |", "|---|---|---|---|"]
    for year in range(law.calendar.first, law.calendar.last + 1):
        verified = "yes" if law.calendar.verified[year] else "no"
        lines.append(f"| {year} | {law.calendar.decrees[year]} | {law.calendar.sources[year]} | {verified} |")
    return "\n".join(lines) + "\n"
