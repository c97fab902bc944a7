"""Makers of decisions for tests of the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from encoder_stand_in import HashingEncoder

from library.service import LibraryParts
from text.errors import CodedError

_SUBJECTS = (
    ("OSAGO", "INS_WEAR", "страховое возмещение выплачено с учётом износа, направление на ремонт не выдано"),
    ("KASKO", "INS_REPAIR", "ремонт автомобиля на станции выполнен с недостатками, краска отслоилась"),
    ("BANK_CREDIT", "CR_ADDON", "при выдаче кредита навязан сертификат юридической помощи, плата удержана"),
    ("MFO_LOAN", "LOAN_CAP", "начисленные по займу проценты превысили установленный законом предел"),
)


def row(n: int, **changes: Any) -> dict[str, Any]:
    """A structured row as the sample library has them; four subjects in turn."""
    product, category, subject = _SUBJECTS[n % len(_SUBJECTS)]
    return {
        "id": f"dec-{n:04d}",
        "number": f"У-23-{1000 + n}/5010-003",
        "date": f"2023-{n % 12 + 1:02d}-10",
        "product": product,
        "category": category,
        "claim_items": ["неустойка"],
        "organisation_type": "insurer" if n % 4 < 2 else "bank",
        "outcome": ("satisfied", "partial", "refused")[n % 3],
        "amount_claimed": 100_000,
        "amount_awarded": (100_000, 40_000, 0)[n % 3],
        "norms": ["ст. 12 40-ФЗ"],
        "disputed_facts": ["износ"],
        "established": f"Заявитель обратился {n}-й раз: {subject}.",
        "findings": f"Установлено, что {subject}. Доводы стороны {n} проверены.",
        "operative": "Требование удовлетворить.",
    } | changes


def jsonl(path: Path, *rows: Any) -> Path:
    """Rows as JSONL; a string is written as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def parts(notes: list[CodedError] | None = None, *, encoder: bool = True) -> LibraryParts:
    """A library with the stand-in encoder, or with none."""
    return LibraryParts(
        open_encoder=HashingEncoder if encoder else lambda: None,
        on_note=(notes if notes is not None else []).append,
    )
