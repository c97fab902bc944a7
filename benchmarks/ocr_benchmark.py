"""`python -m benchmarks ocr`: how well pages are read, beside the ways people read them without Kazus.

Pages are rendered from `benchmarks/texts` under five conditions. Half of the texts are held out: recipes are tuned on
the others. Peers read the very same image with the tutorial's call, `pytesseract.image_to_string`.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytesseract
from PIL import Image

from benchmarks import report as reporting
from benchmarks.render.rendering import render_document
from benchmarks.render.truth import CONDITIONS, Condition, RenderedPage
from benchmarks.texts import BenchmarkText, TextPart, load_texts
from ocr.document import Word
from ocr.evaluation import (
    FieldReading,
    Figure,
    Ratio,
    TrueWord,
    character_error_rate,
    field_exactness,
    pooled,
    well_placed_share,
)

KAZUS, PLAIN, PLAIN_ENG = "kazus", "tesseract -l rus", "tesseract -l rus+eng"
SYSTEMS = (KAZUS, PLAIN, PLAIN_ENG)
MUST_KAZUS: Mapping[Condition, float] = {"clean": 0.017, "scan": 0.023, "fax": 0.019, "photo": 0.048, "stamped": 0.041}
"""The prototype's character error rates on its own pages plus one point."""
MUST_PLAIN: Mapping[Condition, float] = {"clean": 0.015, "scan": 0.04, "fax": 0.04, "photo": 0.25, "stamped": 0.55}
"""Plain Tesseract must err at least so much, else the pages are too easy."""
_NUMBERS = re.compile(
    r"(?<![\w.])(?:\d{1,2}\.\d{2}\.\d{4}|\d{1,3}(?: \d{3})+(?:,\d{2})?|[A-HJ-NPR-Z0-9]{17}|"
    r"[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2}\d{2,3}|\d{9,20}|ХХХ \d{10}|ТТТ \d{10}|\d[\d/-]{5,}\d)(?!\w)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one system read of one page. `words` empty where the system gives no boxes."""

    text: str
    words: tuple[Word, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage:
    text: BenchmarkText
    condition: Condition
    page: RenderedPage
    readings: Mapping[str, Reading] = field(default_factory=dict)


Reader = Callable[[RenderedPage], Reading]


def read_by_kazus(page: RenderedPage) -> Reading:
    """The whole page as `kazus read` would, from the file's bytes."""
    import os

    from benchmarks.render.pdf import write_pdf
    from ocr.options import ReadOptions
    from ocr.reading import read

    started = sum(os.times()[:4])
    document = read(write_pdf([page]), ReadOptions(workers=0))
    words = document.pages[0].words if document.pages else ()
    text = document.pages[0].text if document.pages else ""
    return Reading(text=text, words=words, seconds=sum(os.times()[:4]) - started)


def read_by_tutorial(languages: str) -> Reader:
    """The call of every tutorial, on the image as it arrived."""

    def reader(page: RenderedPage) -> Reading:
        import os

        started = sum(os.times()[:4])
        picture = Image.fromarray(page.image if page.image.ndim == 2 else page.image[:, :, ::-1])
        text = pytesseract.image_to_string(picture, lang=languages)
        return Reading(text=text, seconds=sum(os.times()[:4]) - started)

    return reader


READERS: Mapping[str, Reader] = {
    KAZUS: read_by_kazus,
    PLAIN: read_by_tutorial("rus"),
    PLAIN_ENG: read_by_tutorial("rus+eng"),
}


def run(
    texts: Sequence[BenchmarkText],
    *,
    conditions: Sequence[Condition] = CONDITIONS,
    systems: Sequence[str] = SYSTEMS,
    seed: int = 1,
) -> list[ReadPage]:
    """Renders every text under every condition and has every system read every page."""
    done: list[ReadPage] = []
    started = time.monotonic()
    total = len(texts) * len(conditions)
    for number, (condition, text) in enumerate(((c, t) for c in conditions for t in texts), start=1):
        for page in render_document(text.text, text.layout, text.signed, condition, seed):
            readings = {system: READERS[system](page) for system in systems}
            done.append(ReadPage(text=text, condition=condition, page=page, readings=readings))
        spent = time.monotonic() - started
        print(
            f"\r{number}/{total} {condition} {text.name}, {spent / number * (total - number) / 60:.1f} min left   ",
            end="",
            file=sys.stderr,
        )
    print(file=sys.stderr)
    return done


def without_rules(text: str) -> str:
    """A signature line is read as underscores by some and as nothing by others, a leader as dots or as nothing:
    neither is an error of letters."""
    return re.sub(r"[_¯]{2,}|[.·…]{4,}", " ", text)


def key_numbers(true: str, read: str) -> list[FieldReading]:
    """Every date, sum and number of the page; read when it stands in the text read as often as on the page."""
    plain = " ".join(read.split())
    wanted = Counter(match.group() for match in _NUMBERS.finditer(" ".join(true.split())))
    return [
        FieldReading(true=number, read=number if order < plain.count(number) else None)
        for number, count in wanted.items()
        for order in range(count)
    ]


def figures(pages: Sequence[ReadPage]) -> tuple[reporting.Row, ...]:
    rows = []
    parts: tuple[tuple[str, TextPart | None], ...] = (("", None), (", held out", "held"))
    for condition in dict.fromkeys(one.condition for one in pages):
        for suffix, part in parts:
            chosen = [one for one in pages if one.condition == condition and part in (None, one.text.part)]
            if not chosen:
                continue
            for system in chosen[0].readings:
                rows += _system_rows(system, f"{condition}{suffix}", chosen)
    return tuple(rows)


def _system_rows(system: str, condition: str, pages: Sequence[ReadPage]) -> list[reporting.Row]:
    found: list[tuple[str, Figure]] = [("CER", error_rate(system, pages))]
    numbers = [reading for one in pages for reading in key_numbers(one.page.text, one.readings[system].text)]
    found.append(("numbers exact", field_exactness(numbers)))
    found.append(("CPU seconds a page", pooled([Ratio(part=one.readings[system].seconds, whole=1) for one in pages])))
    if any(one.readings[system].words for one in pages):
        found.append(
            (
                "words right with box IoU ≥ 0.5",
                well_placed_share(
                    [
                        (
                            [TrueWord(text=word.text, box=word.box) for word in one.page.words],
                            one.readings[system].words,
                        )
                        for one in pages
                    ]
                ),
            )
        )
    return [
        reporting.Row(
            system=system,
            condition=condition,
            metric=metric,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            n=figure.n,
        )
        for metric, figure in found
    ]


def error_rate(system: str, pages: Sequence[ReadPage]) -> Figure:
    return character_error_rate(
        [(without_rules(one.page.text), without_rules(one.readings[system].text)) for one in pages]
    )


def musts(pages: Sequence[ReadPage]) -> tuple[reporting.Must, ...]:
    found = []
    for condition in dict.fromkeys(one.condition for one in pages):
        chosen = [one for one in pages if one.condition == condition]
        if all(KAZUS in one.readings for one in chosen):
            value = error_rate(KAZUS, chosen).value
            limit = MUST_KAZUS[condition]
            found.append(
                reporting.Must(
                    text=f"{condition}: CER of kazus ≤ {limit}",
                    value=value,
                    passed=value is not None and value <= limit,
                )
            )
        if all(PLAIN in one.readings for one in chosen):
            value = error_rate(PLAIN, chosen).value
            limit = MUST_PLAIN[condition]
            found.append(
                reporting.Must(
                    text=f"{condition}: CER of {PLAIN} ≥ {limit}, pages are hard enough",
                    value=value,
                    passed=value is not None and value >= limit,
                )
            )
    return tuple(found)


def texts_of(only: Sequence[str], quick: bool) -> tuple[BenchmarkText, ...]:
    """All texts, those named, or every fourth when `quick`."""
    texts = load_texts()
    if only:
        return tuple(text for text in texts if text.name in only)
    return texts[::4] if quick else texts


def worst(pages: Sequence[ReadPage]) -> str:
    """Pages by falling character error rate, with what every system made of them."""
    rates = [({system: error_rate(system, [one]).value or 0.0 for system in one.readings}, one) for one in pages]
    rates.sort(key=lambda entry: -next(iter(entry[0].values())))
    return "\n".join(
        f"{one.condition} {one.text.name}: "
        + ", ".join(f"{system} {100 * rate:.1f} %" for system, rate in found.items())
        for found, one in rates
    )
