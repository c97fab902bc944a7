"""How far the 8-bit model strays from its source, on texts that ship with the package.

The texts are fictional: complaints, findings and queries from the project's corpora, from one word to more than the
encoder reads, with norms, sums, names, English, capitals and characters as recognisers misread them.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from text.encoder.contract import Encoder
from text.encoder.errors import AgreementTooLow
from text.encoder.manifest import Agreement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINIMUM = 0.985
MEAN = 0.994


def agreement_texts() -> tuple[str, ...]:
    lines = files("text.encoder").joinpath("agreement_texts.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(str(json.loads(line)["text"]) for line in lines)


def agreement(encoder: Encoder, reference: NDArray[np.float32]) -> Agreement:
    """Cosines, text by text, of the encoder's passages with `reference`, (texts, dimension): the full model's vectors
    of `agreement_texts()`."""
    cosines = (encoder.encode_passages(agreement_texts()) * reference).sum(axis=1)
    return Agreement(minimum=float(cosines.min()), mean=float(cosines.mean()), texts=len(cosines))


def require_agreement(measured: Agreement) -> None:
    """Raises AgreementTooLow."""
    if not (measured.minimum >= MINIMUM and measured.mean >= MEAN):  # so that NaN fails too
        raise AgreementTooLow(minimum=f"{measured.minimum:.4f}", mean=f"{measured.mean:.4f}", texts=measured.texts)
