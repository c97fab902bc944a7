"""VIN, plates and papers of vehicles under their field names."""

from __future__ import annotations

from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.values.vehicle import find_vehicle_numbers


def find_vehicle_fields(paper: Paper) -> Iterator[Found]:
    for item in find_vehicle_numbers(paper.text.text):
        if item.kind == "sts" and not item.labelled and paper.type not in ("STS", "APPEAL_FU", "DKP", "OTHER"):
            continue
        yield Found(
            name=item.kind,
            start=item.start,
            end=item.end,
            value=item.value,
            strength=0.95 if item.labelled or item.kind == "plate" else 0.8,
            check=item.check,
            repaired=item.repaired,
        )
