"""`kazus model`: the classifiers of this installation, training to a directory, figures on labelled texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from classify.classification import ModelName
from classify.evaluation import CalibrationError, ClassCoverage, ClassFigures, Evaluation, Interval, SetSize
from kazus.cli.context import invocation_of
from kazus.errors import PathNotFound
from text.encoder.contract import EncoderIdentity

if TYPE_CHECKING:
    from classify.evaluation import Predictions


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedModel:
    """`source`: where it comes from. `usable`: this machine has the encoder it needs, if it needs one."""

    name: str
    version: str
    source: str
    usable: bool
    encoder: EncoderIdentity | None
    taxonomy_version: str
    data_hash: str
    examples: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelList:
    items: tuple[ListedModel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainedModel:
    """`bytes`: of all its files."""

    name: str
    version: str
    directory: str
    encoder: EncoderIdentity | None
    examples: int
    data_hash: str
    bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluatedLevel:
    """Figures of one level (`id`: product or category) on labelled texts; intervals are 95 % bootstrap."""

    id: str
    model: ModelName
    per_class: tuple[ClassFigures, ...]
    macro_f1: Interval
    log_loss: Interval
    ece: CalibrationError
    coverage: tuple[ClassCoverage, ...] | None
    set_size: SetSize | None
    n: int
    data_hash: str


@click.group("model")
def command() -> None:
    """The classifiers: what is there, training, figures on labelled texts."""


@command.command("list")
def list_(**options: Any) -> int:
    """The classifiers that this installation ships, and whether this machine can run them."""
    from classify.artefact import read_manifest
    from kazus.assembly import installed_encoder, shipped_classifiers
    from kazus.cli.output import answer, write

    invocation = invocation_of(options)
    encoder = installed_encoder(invocation.settings())
    found: list[ListedModel] = []
    for directory in shipped_classifiers().values():
        manifest = read_manifest(directory)
        needs = manifest.encoder
        found.append(
            ListedModel(
                name=manifest.name,
                version=manifest.version,
                source="shipped",
                usable=needs is None or (encoder is not None and encoder.identity == needs),
                encoder=needs,
                taxonomy_version=manifest.taxonomy_version,
                data_hash=manifest.data_hash,
                examples=manifest.examples,
            )
        )
    if invocation.machine_output:
        write(answer("kazus.model.list/1", ModelList(items=tuple(found))))
        return 0
    for model in found:
        needs_text = model.encoder.model if model.encoder else "–"
        click.echo(f"{model.name}@{model.version}  {'+' if model.usable else '!'}  {needs_text}  n={model.examples}")
    return 0


@command.command("train")
@click.option("--input", "inputs", type=click.Path(path_type=Path), multiple=True, metavar="FILE.jsonl",
              help="Labelled texts; may be repeated. Else the corpus that ships with Kazus.")  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the model is written."
)
@click.option("--name", help="Name of the model; else joined with an encoder and baseline without.")
@click.option("--words-only", is_flag=True, help="Read no encoder's vectors even if one is installed.")
@click.option("--figures/--no-figures", default=True, show_default=True, help="Cross-validate for the card: minutes.")
def train_(
    inputs: tuple[Path, ...], out: Path, name: str | None, words_only: bool, figures: bool, **options: Any
) -> int:
    """Train a classifier and write it with its card and its cross-validated figures. Same texts, same version.

    A row is a JSON object with id, text, product and category, and if known categories, group and author; a weight
    below 1 marks a text that is no appeal.
    """
    from classify.artefact import save
    from classify.card import write_card
    from classify.examples import read_examples
    from classify.report import reports
    from classify.train import fit, prepare
    from kazus.assembly import corpus_files, corpus_trust, installed_encoder
    from kazus.cli.output import answer, write

    invocation = invocation_of(options)
    settings = invocation.settings()
    for path in inputs:
        if not path.is_file():
            raise PathNotFound(path=path)
    encoder = None if words_only else installed_encoder(settings)
    examples = tuple(example for path in inputs or corpus_files() for example in read_examples(path))
    prepared = prepare(examples, encoder)
    called = name or ("baseline" if encoder is None else "joined")
    model = fit(prepared, None, name=called, trust=corpus_trust())
    save(model, out)
    write_card(model, reports(prepared) if figures else (), out)
    trained = TrainedModel(
        name=model.name,
        version=model.version,
        directory=str(out),
        encoder=model.encoder,
        examples=model.examples,
        data_hash=model.data_hash,
        bytes=sum(path.stat().st_size for path in out.iterdir() if path.is_file()),
    )
    if invocation.machine_output:
        write(answer("kazus.model.train/1", trained))
    else:
        click.echo(f"{trained.name}@{trained.version}  {trained.directory}  {trained.bytes / 1e6:.1f} MB")
    return 0


@command.command("evaluate")
@click.option("--input", "input_file", type=click.Path(path_type=Path), required=True, metavar="FILE.jsonl",
              help="Labelled texts that the model has not learnt from.")  # fmt: skip
@click.option("--model", metavar="NAME@VERSION", help="A shipped model or a directory; else the best one here.")
def evaluate_(input_file: Path, model: str | None, **options: Any) -> int:
    """Figures of a model on labelled texts: per class, macro-F1, log-loss, calibration error beside the perfect
    model's, coverage and size of the label sets."""
    from classify.conformal import label_sets
    from classify.evaluation import evaluate
    from classify.examples import data_hash, read_examples
    from kazus.assembly import open_classifier
    from kazus.cli.output import Answers, element

    invocation = invocation_of(options)
    if not input_file.is_file():
        raise PathNotFound(path=input_file)
    examples = read_examples(input_file)
    classifier = open_classifier(invocation.settings(), model, invocation.remark)
    found = classifier.probabilities([example.text for example in examples])
    answers = Answers(invocation, "kazus.model.evaluate/1")
    said = ModelName(name=classifier.model.name, version=classifier.model.version)
    for level, own, matrix, gold in (
        ("product", classifier.model.product, found.product, [example.product for example in examples]),
        ("category", classifier.model.category, found.category, [example.category for example in examples]),
    ):
        predictions = _predictions(own.labels, gold, matrix, label_sets(matrix, own.least))
        row = _evaluated(level, said, evaluate(predictions), data_hash(examples))
        if invocation.machine_output:
            answers.add(element("kazus.model.evaluate/1", row) | {"error": None})
        else:
            f1, loss, ece = row.macro_f1, row.log_loss, row.ece
            click.echo(
                f"{level}: macro-F1 {f1.value:.3f} ({f1.low:.3f}–{f1.high:.3f}), log-loss {loss.value:.3f}, "
                f"ECE {ece.value:.3f} ({ece.floor:.3f}), n={row.n}"
            )
    answers.close()
    return 0


def _predictions(labels: tuple[str, ...], gold: list[str], probabilities: Any, inside: Any) -> Predictions:
    import numpy as np

    from classify.evaluation import Predictions

    return Predictions(labels=labels, gold=np.array(gold), probabilities=probabilities, inside=inside)


def _evaluated(level: str, model: ModelName, found: Evaluation, digest: str) -> EvaluatedLevel:
    return EvaluatedLevel(
        id=level,
        model=model,
        per_class=found.per_class,
        macro_f1=found.macro_f1,
        log_loss=found.log_loss,
        ece=found.ece,
        coverage=found.coverage,
        set_size=found.set_size,
        n=found.n,
        data_hash=digest,
    )
