"""`kazus classify`: an appeal's text in, product and category with probabilities out, or an abstention."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import TypeAdapter, ValidationError

from kazus.cli.context import Invocation, Language, fail, invocation_of
from kazus.errors import AppealNotFound, InputUnreadable, PathNotFound
from text.errors import CodedError

if TYPE_CHECKING:
    from classify.classification import Classification
    from classify.classifier import Classifier, ClassifyOptions
    from kazus.cli.output import Answers
    from kazus.settings import Settings

SCHEMA = "kazus.classify/1"
_TOGETHER = 16
_APPEAL = "APPEAL_FU"


@dataclass(frozen=True, kw_only=True, slots=True)
class InputRow:
    """A row of `--input`: other keys, gold labels among them, are ignored."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """One input: its text, or why it has none."""

    id: str
    text: str
    error: CodedError | None = None


@click.command("classify")
@click.argument("inputs", nargs=-1, metavar="[TEXT | PATH… | -]")
@click.option("--input", "input_file", type=click.Path(path_type=Path), metavar="FILE.jsonl", help="One text a row.")
@click.option("--explain", is_flag=True, help="Name the words that speak for the labels and against them.")
@click.option(
    "--top-k", type=click.IntRange(1, 30), default=5, show_default=True, metavar="N", help="Categories shown."
)
@click.option("--model", metavar="NAME@VERSION", help="Else the best that this machine can run.")
def command(
    inputs: tuple[str, ...],
    input_file: Path | None,
    explain: bool,
    top_k: int,
    model: str | None,
    **options: Any,
) -> int:
    """Say which service is in dispute and what is disputed, with probabilities, or abstain and say why.

    An existing PATH is read (a text file, a scan, or a folder or ZIP with a package, of which the appeal is taken);
    anything else is the text itself; - is the standard input. A row of --input is a JSON object with id and text.
    Needs no data directory.
    """
    from classify.classifier import ClassifyOptions
    from kazus.assembly import open_classifier
    from kazus.cli.output import Answers

    invocation = invocation_of(options)
    if bool(inputs) == (input_file is not None):
        raise click.UsageError("TEXT, PATH… or --input / укажите TEXT, PATH… или --input")
    settings = invocation.settings()
    given = _rows(input_file) if input_file is not None else _inputs(inputs, settings)
    classifier = open_classifier(settings, model, invocation.remark)
    answers = Answers(invocation, SCHEMA)
    failed = False
    how = ClassifyOptions(top=top_k, explain=explain)
    while batch := list(islice(given, _TOGETHER)):
        for one, found in _classified(classifier, batch, how):
            failed |= isinstance(found, CodedError)
            _give(one, found, answers, invocation, settings.lang)
    answers.close()
    return 1 if failed else 0


def _rows(path: Path) -> Iterator[Given]:
    if not path.is_file():
        raise PathNotFound(path=path)
    adapter = TypeAdapter(InputRow)
    rows: list[Given] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = adapter.validate_python(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            problem = error.msg if isinstance(error, json.JSONDecodeError) else error.errors()[0]["msg"]
            raise InputUnreadable(line=number, problem=problem) from error
        rows.append(Given(id=row.id, text=row.text))
    return iter(rows)


def _inputs(inputs: tuple[str, ...], settings: Settings) -> Iterator[Given]:
    for number, given in enumerate(inputs, start=1):
        if given == "-":
            yield Given(id="-", text=sys.stdin.read())
        elif _exists(given):
            yield _from_path(Path(given), settings)
        else:
            yield Given(id=str(number), text=given)


def _exists(given: str) -> bool:
    try:
        return Path(given).exists()
    except (OSError, ValueError):  # a text longer than a file name may be, or with a zero byte
        return False


def _from_path(path: Path, settings: Settings) -> Given:
    """The text of the appeal among the documents of `path`; of a single document its own text."""
    from intake.document_types import recognise_types
    from intake.page_text import DocumentText
    from kazus.assembly import read_options
    from ocr.reading import read_all

    documents = [one for one in read_all([path], read_options(settings)) if one.copy_of is None]
    readable = [one for one in documents if one.error is None]
    if len(documents) == 1 and readable:
        return Given(id=str(path), text="\n".join(page.text for page in readable[0].pages))
    typed = recognise_types([DocumentText(number, one) for number, one in enumerate(readable)])
    for document, kind in zip(readable, typed, strict=True):
        part = next((part for part in kind.parts if part.type == _APPEAL), None)
        if part is not None:
            pages = [page for page in document.pages if part.first_page <= page.number <= part.last_page]
            return Given(id=str(path), text="\n".join(page.text for page in pages))
        if kind.type == _APPEAL:
            return Given(id=str(path), text="\n".join(page.text for page in document.pages))
    return Given(id=str(path), text="", error=AppealNotFound(path=path))


def _classified(
    classifier: Classifier, batch: list[Given], how: ClassifyOptions
) -> Iterator[tuple[Given, Classification | CodedError]]:
    """Each input's answer, in order. The readable ones go through the model together."""
    from classify.errors import TextError
    from classify.input_text import read_text

    errors: dict[int, CodedError] = {}
    for place, one in enumerate(batch):
        if one.error is not None:
            errors[place] = one.error
            continue
        try:
            read_text(one.text)
        except TextError as error:
            errors[place] = error
    sound = [place for place in range(len(batch)) if place not in errors]
    answers = classifier.classify([batch[place].text for place in sound], how, [batch[place].id for place in sound])
    found = dict(zip(sound, answers, strict=True))
    for place, one in enumerate(batch):
        yield one, errors[place] if place in errors else found[place]


def _give(
    one: Given, found: Classification | CodedError, answers: Answers, invocation: Invocation, language: Language
) -> None:
    from classify.classification import Classification as Answer
    from kazus.cli.classify_text import classification_lines
    from kazus.cli.output import element, failed_element

    if isinstance(found, CodedError):
        if invocation.machine_output:
            answers.add(failed_element(SCHEMA, Answer, one.id, found, language))
        else:
            fail(found)
    elif invocation.machine_output:
        answers.add(element(SCHEMA, found) | {"error": None})
    else:
        click.echo("\n".join(classification_lines(found, language)))
