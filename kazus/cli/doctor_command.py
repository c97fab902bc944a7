"""`kazus doctor`: what is missing and how to get it."""

from __future__ import annotations

from typing import Any

import click

from kazus.cli.context import invocation_of

_SIGN = {"ok": "✓", "missing": "✕", "warning": "!"}
_COLOUR = {"ok": "green", "missing": "red", "warning": "yellow"}


@click.command("doctor")
def command(**options: Any) -> int:
    """Look at this machine and the data directory; say what is missing and how to get it. Changes nothing.

    Exit code 0 when everything needed is there (warnings may remain), 4 when something is missing.
    """
    from kazus.checkup import CheckUp, check_up
    from kazus.cli.output import answer, write

    invocation = invocation_of(options)
    findings = tuple(check_up(invocation.settings()))
    if invocation.machine_output:
        write(answer("kazus.doctor/1", CheckUp(items=findings)))
    else:
        for finding in findings:
            sign = click.style(_SIGN[finding.state], fg=_COLOUR[finding.state])
            click.echo(f"{sign} {finding.name}: {finding.found}")
            if finding.remedy:
                click.echo(f"    → {finding.remedy}")
    return 4 if any(finding.state == "missing" for finding in findings) else 0
