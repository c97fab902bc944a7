"""Which characters a real recogniser takes for which: counted where its output is aligned with the printed text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from rapidfuzz.distance import Levenshtein

DATA = Path(__file__).parent / "confusions.json"
LONGEST_SOURCE, LONGEST_READ = 2, 3
WORST_PAGE = 0.25
"""Above this share of errors an alignment pairs letters that have nothing to do with each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusions:
    """`seen`: how often a character was printed; `read`: printed one or two characters → what was read instead, with
    counts. An inserted character stands with the one before it («а» → «а.»); a split
    is « » inserted, a join « » lost."""

    engine: str
    pages: int
    characters: int
    seen: Mapping[str, int]
    read: Mapping[str, Mapping[str, int]]


_CONFUSIONS = TypeAdapter(Confusions)


def differences(true: str, read: str) -> list[tuple[str, str]]:
    """Stretches in which `read` differs from `true`: (printed, read), longer than data can carry left out."""
    found: list[tuple[str, str]] = []
    edits = [code for code in Levenshtein.opcodes(true, read) if code.tag != "equal"]
    merged: list[list[int]] = []
    for code in edits:
        if merged and merged[-1][1] == code.src_start and merged[-1][3] == code.dest_start:
            merged[-1][1], merged[-1][3] = code.src_end, code.dest_end
        else:
            merged.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
    for start, end, read_start, read_end in merged:
        if start == end:  # an insertion belongs to the character before it
            start, read_start = start - 1, read_start - 1
        if start < 0 or read_start < 0:
            continue
        printed, instead = true[start:end], read[read_start:read_end]
        if len(printed) == len(instead):
            found += [(one, other) for one, other in zip(printed, instead, strict=True) if one != other]
        elif 1 <= len(printed) <= LONGEST_SOURCE and len(instead) <= LONGEST_READ:
            found.append((printed, instead))
    return found


def count(pages: Iterable[tuple[str, str]], engine: str) -> Confusions:
    """Counts over (printed, read) pages; pages read too badly to be aligned are left out."""
    seen: Counter[str] = Counter()
    read: defaultdict[str, Counter[str]] = defaultdict(Counter)
    used = 0
    for printed_page, read_page in pages:
        printed, instead = " ".join(printed_page.split()), " ".join(read_page.split())
        if not printed or Levenshtein.distance(printed, instead) > WORST_PAGE * len(printed):
            continue
        used += 1
        seen.update(printed)
        for source, result in differences(printed, instead):
            read[source][result] += 1
    return Confusions(
        engine=engine,
        pages=used,
        characters=seen.total(),
        seen=dict(sorted(seen.items())),
        read={source: dict(results.most_common()) for source, results in sorted(read.items())},
    )


def save(confusions: Confusions, file: Path = DATA) -> None:
    file.write_bytes(_CONFUSIONS.dump_json(confusions, indent=1) + b"\n")


@cache
def load(file: Path = DATA) -> Confusions:
    """The counts shipped beside this module."""
    return _CONFUSIONS.validate_json(file.read_bytes())
