"""The note beside a built encoder: which it is, from what, how well it agrees with its source, what its files are."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from text.encoder.contract import EncoderIdentity
from text.encoder.errors import EncoderDamaged, EncoderMismatch, EncoderMissing
from text.encoder.form import FORM

MANIFEST = "manifest.json"
MODEL = "model.int8.onnx"
TOKENIZER = "tokenizer.json"
FULL = "full"
"""The sentence-transformers directory, kept only when asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRecord:
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Cosines between the vectors of the 8-bit model and of its source on the texts that ship with the package."""

    minimum: float
    mean: float
    texts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Prefixes:
    """What a model was trained to see before a query and before a passage; empty for most models but the e5 family."""

    query: str
    passage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """`source`: what the encoder was built from, exactly enough to tell whether it must be built again;
    `form`: the rules of `text.encoder.form` it was built for; `versions`: of the libraries that built it."""

    schema: int = 1
    identity: EncoderIdentity
    source: str
    form: str
    prefixes: Prefixes
    max_tokens: int
    quantisation: str
    agreement: Agreement
    files: tuple[FileRecord, ...]
    versions: Mapping[str, str]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


def read_manifest(directory: Path) -> Manifest:
    """Raises EncoderMissing, EncoderDamaged, EncoderMismatch (built for another form of text)."""
    from pydantic import TypeAdapter, ValidationError

    path = directory / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as absent:
        raise EncoderMissing(directory=directory) from absent
    try:
        manifest = TypeAdapter(Manifest).validate_json(text)
    except ValidationError as broken:
        raise EncoderDamaged(file=path) from broken
    if manifest.form != FORM:
        raise EncoderMismatch(made_with=manifest.form, present=FORM)
    return manifest


def write_manifest(directory: Path, manifest: Manifest) -> None:
    from pydantic import TypeAdapter

    path = directory / MANIFEST
    part = path.with_suffix(".part")
    part.write_bytes(TypeAdapter(Manifest).dump_json(manifest, indent=1) + b"\n")
    part.replace(path)


def verify_files(directory: Path, manifest: Manifest) -> None:
    """Read every file of the encoder (0.1 s) and compare it with its record. Raises EncoderDamaged."""
    for record in manifest.files:
        path = directory / record.name
        if not path.is_file() or path.stat().st_size != record.bytes or file_sha256(path) != record.sha256:
            raise EncoderDamaged(file=path)


def record_of(path: Path) -> FileRecord:
    return FileRecord(name=path.name, bytes=path.stat().st_size, sha256=file_sha256(path))


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prefixes_of(full: Path) -> Prefixes:
    """The prompts a sentence-transformers directory names; none where it names none."""
    path = full / "config_sentence_transformers.json"
    prompts = json.loads(path.read_text(encoding="utf-8")).get("prompts", {}) if path.exists() else {}
    return Prefixes(query=prompts.get("query") or "", passage=prompts.get("passage") or prompts.get("document") or "")


def identity_of(full: Path, *, dimension: int) -> EncoderIdentity:
    """Of a sentence-transformers directory, by the name in its configuration or else the directory's."""
    path = full / "config_sentence_transformers.json"
    named = json.loads(path.read_text(encoding="utf-8")).get("model_name") if path.exists() else None
    return EncoderIdentity(model=named or full.resolve().name, version=version_of(full), dimension=dimension)


def version_of(full: Path) -> str:
    """Twelve hex digits over all that decides a vector: weights, tokenizer, the modules behind the transformer
    (pooling, projections), prefixes and form. The 8-bit export has the version of its source: it agrees with it within
    the pinned bound, so that what was trained on full vectors serves 8-bit ones."""
    digest = hashlib.sha256()
    for path in sorted(full.rglob("*.safetensors")):
        _add_tensors(digest, path)
    digest.update(file_sha256(full / TOKENIZER).encode())
    for path in (full / "modules.json", *sorted(full.glob("[0-9]*_*/config.json"))):
        # Parsed and written again, so that another layout of the same JSON is the same encoder.
        content = json.loads(path.read_text(encoding="utf-8"))
        if path.name == "modules.json":  # classes move between releases of sentence-transformers
            content = [str(module["type"]).rpartition(".")[2] for module in content]
        digest.update(json.dumps(content, sort_keys=True).encode())
    prefixes = prefixes_of(full)
    digest.update(json.dumps([prefixes.query, prefixes.passage, FORM]).encode())
    return digest.hexdigest()[:12]


def _add_tensors(digest: hashlib._Hash, path: Path) -> None:
    """Names, shapes and bytes of the tensors, whatever order and padding the writer of the file chose.

    Format: https://huggingface.co/docs/safetensors (u64 length of a JSON header, the header, the data).
    """
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        for name in sorted(header):
            start, end = header[name]["data_offsets"]
            digest.update(json.dumps([name, header[name]["dtype"], header[name]["shape"]]).encode())
            file.seek(8 + length + start)
            left = end - start
            while left:
                block = file.read(min(left, 1 << 22))
                if not block:
                    raise EncoderDamaged(file=path)
                digest.update(block)
                left -= len(block)
