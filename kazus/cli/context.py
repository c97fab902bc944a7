"""What every command knows: the global options, and where answers and remarks are written."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import click

if TYPE_CHECKING:
    from kazus.settings import Settings

Language = Literal["ru", "en"]
GLOBAL_OPTIONS = (
    click.Option(["--data-dir"], type=click.Path(path_type=Path), help="Data directory (KAZUS_DATA_DIR)."),
    click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object."),
    click.Option(["--jsonl", "as_jsonl"], is_flag=True, help="Print one JSON line an input, as soon as it is done."),
    click.Option(["--lang"], type=click.Choice(["ru", "en"]), help="Language of messages and reports."),
    click.Option(["--quiet"], is_flag=True, help="No progress, errors only."),
    click.Option(["--wait"], type=click.FloatRange(min=0), help="Seconds to wait for an owned data directory."),
)


class Coded(Protocol):
    """A coded error of any room."""

    @property
    def code(self) -> str: ...
    def message(self, language: Language = "ru") -> str: ...
    def remedy(self, language: Language = "ru") -> str: ...


class Interrupted(Exception):
    """A command ended early with an exit code of its own; everything worth saying has been said."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


@dataclass(frozen=True, kw_only=True, slots=True)
class Invocation:
    """The global options of one call, as given; None where nothing was said."""

    data_dir: Path | None = None
    as_json: bool = False
    as_jsonl: bool = False
    lang: Language | None = None
    quiet: bool = False
    wait: float | None = None

    def settings(self) -> Settings:
        """The settings with this call's options over them. A setting that is not valid ends the call with usage."""
        from pydantic import ValidationError

        from kazus.settings import Settings

        given = {"data_dir": self.data_dir, "lang": self.lang, "wait": self.wait}
        try:
            return Settings(**cast(Any, {name: value for name, value in given.items() if value is not None}))
        except ValidationError as error:
            first = error.errors()[0]
            name = "KAZUS_" + "_".join(str(part) for part in first["loc"]).upper()
            raise click.UsageError(f"{name}: {first['msg']}") from error

    @property
    def machine_output(self) -> bool:
        return self.as_json or self.as_jsonl

    def remark(self, text: str) -> None:
        """A line for people, on stderr, unless they asked for quiet."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)


def collect(before: Invocation, options: dict[str, Any]) -> Invocation:
    """The options given after a command over those given before it. Removes them from `options`."""
    given = {option.name: options.pop(option.name, None) for option in GLOBAL_OPTIONS if option.name}
    invocation = replace(before, **{name: value for name, value in given.items() if value not in (None, False)})
    if invocation.as_json and invocation.as_jsonl:
        raise click.UsageError("--json and --jsonl exclude each other / вместе не употребляются")
    return invocation


def invocation_of(options: dict[str, Any]) -> Invocation:
    """For a command's first line: the call's global options, wherever they stood."""
    context = click.get_current_context()
    before = context.find_object(Invocation) or Invocation()
    return collect(before, options)


def current_language() -> Language:
    """The language to fail in: what the call said, else what the environment says, else Russian."""
    import os

    arguments = sys.argv
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return "en" if arguments[position + 1] == "en" else "ru"
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "ru"
    return "en" if os.environ.get("KAZUS_LANG") == "en" else "ru"


def fail(error: Coded) -> int:
    """Say a coded error with its remedy; returns the exit code it stands for."""
    language = current_language()
    print(f"{error.message(language)}\n{error.remedy(language)} [{error.code}]", file=sys.stderr)
    exit_code = getattr(error, "exit_code", 1)
    return int(exit_code)
