"""A model on disk: arrays (`arrays.npz`, read without pickle), names (`model.json`), SHA-256 of both (`manifest.json`).

Nothing in an artefact can run: opening one builds no class that its bytes name. Beside these lie `card.md` and
`report.json`, for people, and not needed to open it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from classify.agreement import Agreement
from classify.calibrate import Calibration, ClaimedCurve
from classify.disputed import TagTrust
from classify.errors import ModelDamaged, ModelNotFound
from classify.features import BLOCKS, FeatureOptions, FeatureSpace
from classify.model import Level, Model, Neighbours
from text.encoder.contract import EncoderIdentity

FORMAT = 1
_ARRAYS, _NAMES, _MANIFEST = "arrays.npz", "model.json", "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """`files`: SHA-256 of each. The rest repeats what a list of models shows, so that it need not open them."""

    format: int
    name: str
    version: str
    encoder: EncoderIdentity | None
    taxonomy_version: str
    data_hash: str
    examples: int
    files: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Neighbours:
    ids: tuple[str, ...]
    products: tuple[str, ...]
    categories: tuple[str, ...]
    scale: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Names:
    """Everything of a model that is no array."""

    options: FeatureOptions
    terms: dict[str, tuple[str, ...]]
    encoder_scale: float
    product_labels: tuple[str, ...]
    category_labels: tuple[str, ...]
    claimed: ClaimedCurve
    least_known: float
    trust: tuple[TagTrust, ...]
    neighbours: _Neighbours | None


_MANIFEST_ADAPTER = TypeAdapter(Manifest)
_NAMES_ADAPTER = TypeAdapter(_Names)


def save(model: Model, directory: Path) -> Manifest:
    """Writes the three files; the directory is made if it is not there."""
    directory.mkdir(parents=True, exist_ok=True)
    contents = {_ARRAYS: _array_bytes(model), _NAMES: _NAMES_ADAPTER.dump_json(_names(model))}
    manifest = Manifest(
        format=FORMAT,
        name=model.name,
        version=model.version,
        encoder=model.encoder,
        taxonomy_version=model.taxonomy_version,
        data_hash=model.data_hash,
        examples=model.examples,
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    )
    for name, content in contents.items():
        (directory / name).write_bytes(content)
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (directory / _MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


def read_manifest(directory: Path) -> Manifest:
    """Raises ModelNotFound without a manifest, ModelDamaged for one that cannot be read or is of another format."""
    path = directory / _MANIFEST
    if not path.is_file():
        raise ModelNotFound(model=directory)
    try:
        manifest = _MANIFEST_ADAPTER.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ModelDamaged(file=path, problem=error.errors()[0]["msg"]) from error
    if manifest.format != FORMAT:
        raise ModelDamaged(file=path, problem=f"format {manifest.format}, expected {FORMAT}")
    return manifest


def load(directory: Path) -> Model:
    """The model in `directory`, after its files' hashes have been compared. Raises ModelNotFound, ModelDamaged."""
    manifest = read_manifest(directory)
    contents: dict[str, bytes] = {}
    for name in (_ARRAYS, _NAMES):
        path = directory / name
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != manifest.files.get(name):
            raise ModelDamaged(file=path, problem="SHA-256")
        contents[name] = content
    try:
        names = _NAMES_ADAPTER.validate_json(contents[_NAMES])
        with np.load(io.BytesIO(contents[_ARRAYS]), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return _model(manifest, names, arrays)
    except (ValidationError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelDamaged(file=directory, problem=type(error).__name__) from error


def _names(model: Model) -> _Names:
    near = model.neighbours
    return _Names(
        options=model.space.options,
        terms=model.space.terms,
        encoder_scale=model.space.encoder_scale,
        product_labels=model.product.labels,
        category_labels=model.category.labels,
        claimed=model.claimed,
        least_known=model.least_known,
        trust=model.trust,
        neighbours=None
        if near is None
        else _Neighbours(ids=near.ids, products=near.products, categories=near.categories, scale=near.scale),
    )


def _array_bytes(model: Model) -> bytes:
    arrays: dict[str, NDArray[Any]] = {"idf": model.space.idf, "agreement": model.agreement.log_odds}
    if model.space.encoder_mean is not None:
        arrays["encoder_mean"] = model.space.encoder_mean
    for name, level in (("product", model.product), ("category", model.category)):
        arrays |= {
            f"{name}.coefficients": level.coefficients.astype(np.float16),
            f"{name}.intercept": level.intercept,
            f"{name}.calibration": level.calibration.weights,
            f"{name}.calibration_intercept": level.calibration.intercept,
            f"{name}.sharpness": np.array(level.sharpness),
            f"{name}.least": level.least,
        }
    if model.neighbours is not None:
        arrays["neighbours"] = model.neighbours.vectors
    out = io.BytesIO()
    # np.savez writes the clock into the archive; the same model must be the same bytes.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), raw.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _model(manifest: Manifest, names: _Names, arrays: dict[str, NDArray[Any]]) -> Model:
    space = FeatureSpace(
        options=names.options,
        terms={block: names.terms[block] for block in BLOCKS},
        idf=arrays["idf"],
        encoder_mean=arrays.get("encoder_mean"),
        encoder_scale=names.encoder_scale,
    )
    near = names.neighbours
    return Model(
        name=manifest.name,
        version=manifest.version,
        space=space,
        product=_level("product", names.product_labels, arrays),
        category=_level("category", names.category_labels, arrays),
        agreement=Agreement(log_odds=arrays["agreement"]),
        claimed=names.claimed,
        least_known=names.least_known,
        trust=names.trust,
        encoder=manifest.encoder,
        neighbours=None
        if near is None
        else Neighbours(
            ids=near.ids,
            products=near.products,
            categories=near.categories,
            vectors=arrays["neighbours"],
            scale=near.scale,
        ),
        taxonomy_version=manifest.taxonomy_version,
        data_hash=manifest.data_hash,
        examples=manifest.examples,
    )


def _level(name: str, labels: tuple[str, ...], arrays: dict[str, NDArray[Any]]) -> Level:
    return Level(
        labels=labels,
        coefficients=arrays[f"{name}.coefficients"].astype(np.float32),
        intercept=arrays[f"{name}.intercept"],
        calibration=Calibration(
            weights=arrays[f"{name}.calibration"], intercept=arrays[f"{name}.calibration_intercept"]
        ),
        sharpness=float(arrays[f"{name}.sharpness"].item()),
        least=arrays[f"{name}.least"],
    )
