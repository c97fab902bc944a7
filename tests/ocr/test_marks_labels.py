"""Ink beside a printed «подпись»: a stroke is found, an empty line, a name and a seal are not."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.document import Box, Quad, Word
from ocr.marks_labels import signatures_beside_labels

WIDTH, HEIGHT = 1200, 1700


def word(text: str, x0: int, x1: int, *, confidence: float = 0.9) -> Word:
    box = Box(x0 / WIDTH, 800 / HEIGHT, x1 / WIDTH, 830 / HEIGHT)
    return Word(text=text, box=box, quad=Quad.of(box), confidence=confidence, line=0)


def page() -> npt.NDArray[np.uint8]:
    """A label's ink at 300..420 and a ruled line behind it."""
    sheet = np.full((HEIGHT, WIDTH), 245, np.uint8)
    for x in range(300, 420, 16):
        cv2.rectangle(sheet, (x, 805), (x + 9, 828), 40, 2)
    cv2.line(sheet, (440, 829), (760, 832), 60, 2)
    return sheet


LABEL = word("подпись", 300, 420)


def signed() -> npt.NDArray[np.uint8]:
    sheet = page()
    stroke = [(480 + 14 * step, 812 + (22 if step % 2 else -18)) for step in range(12)]
    cv2.polylines(sheet, [np.array(stroke, np.int32)], False, 70, 3, cv2.LINE_AA)
    return sheet


def test_a_stroke_over_the_line_is_a_signature() -> None:
    (mark,) = signatures_beside_labels(signed(), [LABEL])
    assert mark.kind == "signature"
    assert mark.box.x0 * WIDTH < 500
    assert mark.box.x1 * WIDTH > 610


def test_an_empty_line_is_none() -> None:
    assert signatures_beside_labels(page(), [LABEL]) == ()


def test_a_printed_name_behind_the_label_is_none() -> None:
    sheet = page()
    cv2.putText(sheet, "Lyakhova", (560, 826), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 40, 2)
    assert signatures_beside_labels(sheet, [LABEL, word("Ляхова", 555, 720)]) == ()


def test_ink_of_a_seal_is_not_looked_at() -> None:
    assert signatures_beside_labels(signed(), [LABEL], [Box(0.35, 0.4, 0.7, 0.6)]) == ()


def test_without_the_word_nothing_is_looked_for() -> None:
    assert signatures_beside_labels(signed(), [word("договор", 300, 420)]) == ()
