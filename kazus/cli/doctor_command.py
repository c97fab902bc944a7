"""`kazus doctor`: what is missing and how to get it."""

from __future__ import annotations

from typing import Any

import click

from kazus.cli.context import invocation_of

_SIGN = {"ok": "✓", "missing": "✕", "warning": "!"}
_IN_RUSSIAN = {
    "disk": "свободное место",
    "registry": "реестр организаций",
    "ready": "готов",
    "read-only": "только чтение",
}
_COLOUR = {"ok": "green", "missing": "red", "warning": "yellow"}


@click.command("doctor")
def command(**options: Any) -> int:
    """Look at this machine and the data directory; say what is missing and how to get it. Changes nothing.

    Exit code 0 when everything needed is there (warnings may remain), 4 when something is missing.
    """
    from kazus.checkup import CheckUp, check_up
    from kazus.cli.output import answer, write

    invocation = invocation_of(options)
    settings = invocation.settings()
    findings = tuple(check_up(settings))
    if invocation.machine_output:
        write(answer("kazus.doctor/1", CheckUp(items=findings)))
    else:
        for finding in findings:
            sign = click.style(_SIGN[finding.state], fg=_COLOUR[finding.state])
            name, found = finding.name, finding.found
            if settings.lang == "ru":
                name, found = _IN_RUSSIAN.get(name, name), _IN_RUSSIAN.get(found, found)
            click.echo(f"{sign} {name}: {found}")
            if finding.remedy:
                click.echo(f"    → {finding.remedy}")
    return 4 if any(finding.state == "missing" for finding in findings) else 0
