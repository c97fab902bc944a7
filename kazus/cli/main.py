"""The command `kazus`: global options, lazy sub-commands, and errors turned into exit codes.

Modules of commands are imported only when called, so that `kazus --help` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import version
from typing import Any

import click

from kazus.cli.context import GLOBAL_OPTIONS, Interrupted, Invocation, collect, fail
from text.errors import CodedError

_COMMANDS: dict[str, tuple[str, str]] = {
    "setup": ("kazus.cli.setup_command", "Prepare the data directory: database and the sample package. Resumable."),
    "doctor": ("kazus.cli.doctor_command", "Say what is missing on this machine and how to get it."),
    "migrate": ("kazus.cli.migrate_command", "Bring the database to this program's version."),
    "read": ("kazus.cli.read_command", "Read files: text layer or OCR, words with boxes, marks, page grades."),
    "intake": ("kazus.cli.intake_command", "Read a package of scans and judge every criterion, with evidence."),
    "library": ("kazus.cli.library_command", "The library of decisions: import, search, similar, statistics."),
    "classify": ("kazus.cli.classify_command", "Say which product and dispute a text is about, or abstain."),
    "model": ("kazus.cli.model_command", "The classifiers: list, train, evaluate."),
    "registry": ("kazus.cli.registry_command", "The registry of financial organisations: import, find."),
    "calendar": ("kazus.cli.calendar_command", "Working days and periods of the law: add, year."),
    "criteria": ("kazus.cli.criteria_command", "The criteria in force on a day, with their sources."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and one line; imports a command's module when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        del ctx
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[name][0])
        command: click.Command = module.command
        add_global_options(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


def add_global_options(command: click.Command) -> None:
    """The global options are accepted before and after every command (and by each command of a group)."""
    if isinstance(command, click.Group):
        for child in command.commands.values():
            add_global_options(child)
        return
    present = {param.name for param in command.params}
    command.params.extend(option for option in GLOBAL_OPTIONS if option.name not in present)


@click.group(cls=LazyGroup, params=list(GLOBAL_OPTIONS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("kazus"), prog_name="kazus")
@click.pass_context
def kazus(ctx: click.Context, /, **options: Any) -> None:
    """Казус читает документы обращения к финансовому уполномоченному и показывает, можно ли его принять.

    Kazus reads the papers of a consumer's appeal to the financial ombudsman and says, criterion by criterion and with
    the evidence on the page, whether it can be accepted. The machine proposes; a person refuses.

    Exit codes: 0 done, 1 some inputs failed, 2 usage, 3 the data directory is owned by another process or cannot be
    reached, 4 not set up.
    """
    ctx.obj = collect(Invocation(), options)


def main(arguments: list[str] | None = None) -> None:
    """Entry point: every coded error becomes a sentence with a remedy on stderr and its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    from store.errors import StoreError

    try:
        result = kazus.main(args=arguments, prog_name="kazus", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except Interrupted as interrupted:
        return interrupted.exit_code
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (CodedError, StoreError) as error:
        return fail(error)
    except BrokenPipeError:
        return 0
    return result if isinstance(result, int) else 0
