"""Features of a decision as bytes, with a checksum: what the embedded engine keeps in its table of features."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from search.backends.contract import DecisionFeatures, PassagePlace, TermCounts
from search.decision import Decision, Section
from search.errors import IndexDamaged

_HEAD = struct.Struct("<IIIIIII")  # checksum, bytes of JSON, lemmas, grams, dimension, passages, signature


def packed_features(features: DecisionFeatures) -> bytes:
    particulars = json.dumps(
        [_particulars(features.decision), features.norms, [[p.section, p.start, p.end] for p in features.places]],
        ensure_ascii=False,
    ).encode()
    body = b"".join(
        [
            particulars,
            features.lemmas.keys.tobytes(),
            features.lemmas.counts.tobytes(),
            features.grams.keys.tobytes(),
            features.grams.counts.tobytes(),
            features.vector.astype(np.float16).tobytes(),
            features.passages.tobytes(),
            features.scales.tobytes(),
            features.signature.tobytes(),
        ]
    )
    return (
        _HEAD.pack(
            zlib.crc32(body),
            len(particulars),
            len(features.lemmas.keys),
            len(features.grams.keys),
            len(features.vector),
            len(features.passages),
            len(features.signature),
        )
        + body
    )


def unpacked_features(packed: bytes) -> DecisionFeatures:
    """Raises IndexDamaged when the bytes are not what was packed."""
    try:
        checksum, size, lemmas, grams, dimension, passages, signature = _HEAD.unpack_from(packed)
    except struct.error as error:
        raise IndexDamaged(what="features") from error
    body = memoryview(packed)[_HEAD.size :]
    if zlib.crc32(body) != checksum:
        raise IndexDamaged(what="features")
    particulars, norms, places = json.loads(bytes(body[:size]))
    offset = size

    def take(kind: Any, n: int) -> Any:
        nonlocal offset
        array = np.frombuffer(body, kind, n, offset)
        offset += array.nbytes
        return array

    return DecisionFeatures(
        decision=_decision(particulars),
        norms=tuple(norms),
        lemmas=TermCounts(keys=take(np.uint32, lemmas), counts=take(np.uint8, lemmas)),
        grams=TermCounts(keys=take(np.uint32, grams), counts=take(np.uint8, grams)),
        vector=take(np.float16, dimension).astype(np.float32),
        passages=take(np.int8, passages * dimension).reshape(passages, dimension),
        scales=take(np.float32, passages),
        places=tuple(PassagePlace(section=section, start=start, end=end) for section, start, end in places),
        signature=take(np.uint32, signature),
    )


def packed_sections(sections: Iterable[Section]) -> bytes:
    body = zlib.compress(json.dumps([[s.name, s.text] for s in sections], ensure_ascii=False).encode(), 6)
    return zlib.crc32(body).to_bytes(4, "little") + body


def unpacked_sections(packed: bytes) -> tuple[Section, ...]:
    """Raises IndexDamaged when the bytes are not what was packed."""
    if zlib.crc32(packed[4:]) != int.from_bytes(packed[:4], "little"):
        raise IndexDamaged(what="sections")
    return tuple(Section(name=name, text=text) for name, text in json.loads(zlib.decompress(packed[4:])))


def _particulars(decision: Decision) -> list[object]:
    return [
        decision.id,
        decision.number,
        decision.date.isoformat() if decision.date else None,
        decision.product,
        decision.category,
        decision.claim_items,
        decision.outcome,
        decision.organisation_kind,
        None if decision.amount_claimed is None else str(decision.amount_claimed),
        None if decision.amount_awarded is None else str(decision.amount_awarded),
        decision.norms,
        decision.disputed_facts,
        decision.expertise,
        decision.court,
    ]


def _decision(values: list[Any]) -> Decision:
    return Decision(
        id=values[0],
        number=values[1],
        date=None if values[2] is None else date.fromisoformat(values[2]),
        product=values[3],
        category=values[4],
        claim_items=tuple(values[5]),
        outcome=values[6],
        organisation_kind=values[7],
        amount_claimed=None if values[8] is None else Decimal(values[8]),
        amount_awarded=None if values[9] is None else Decimal(values[9]),
        norms=tuple(values[10]),
        disputed_facts=tuple(values[11]),
        expertise=values[12],
        court=values[13],
        sections=(),
    )
