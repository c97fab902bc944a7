"""The truth about rendered pages is true: ink in the boxes, turns undone, spans led back, one page a seed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.render import (
    CONDITIONS,
    LAYOUTS,
    Condition,
    Layout,
    RenderedPage,
    SourceDocument,
    SourcePackage,
    SpanNotFound,
    load_truth,
    locate,
    render_document,
    render_package,
    upright,
)
from benchmarks.render.rendering import _mapped
from benchmarks.render.source import ELECTRONIC
from ocr.document import Box

LETTER = """В страховую компанию «Ромашка»
от Ивановой Марии Петровны

ПРЕТЕНЗИЯ

Прошу выплатить 12 500 рублей по полису ХХХ 0123456789. Ремонт стоил дороже, чем вы посчитали, и разницу в 12 500 рублей
я внесла сама, о чём есть чек.

16.02.2026          Иванова (подпись)
"""
TABLE = (
    "Выписка\n\nДата | Операция | Сумма\n01.02.2026 | Покупка | 1 200,00\n02.02.2026 | Перевод | 300,00\n\n"
    "Итого: 1 500,00"
)


def _pages(
    condition: Condition, text: str = LETTER, layout: Layout = "letter", signed: bool = True
) -> list[RenderedPage]:
    return render_document(text, layout, signed, condition, 7)


def _darkness(image: np.ndarray) -> np.ndarray:
    """How much darker each pixel is than the paper around it."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8))
    return np.asarray(paper.astype(int) - grey)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_word_box_holds_ink_and_its_surroundings_less(condition: Condition) -> None:
    page = _pages(condition)[0]
    image = upright(page)
    dark = _darkness(image)
    height, width = dark.shape
    inside, above = [], []
    for word in page.words:
        x0, x1 = round(word.box.x0 * width), round(word.box.x1 * width)
        y0, y1 = round(word.box.y0 * height), round(word.box.y1 * height)
        inside.append(dark[y0:y1, x0:x1].mean())
        above.append(dark[max(0, y0 - 5) : max(1, y0 - 2), x0:x1].mean())
    assert np.mean(inside) > 2 * np.mean(above)
    assert min(inside) > np.median(above)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_mark_stands_instead_of_its_word(condition: Condition) -> None:
    page = _pages(condition)[0]
    marks = [mark for mark in page.marks if mark.kind == "signature"]
    assert len(marks) == 1
    start, end = marks[0].start, marks[0].end
    assert start is not None
    assert LETTER[start:end] == "(подпись)"
    assert all("(подпись)" not in word.text for word in page.words)


def test_an_unsigned_letter_has_an_empty_line_and_no_mark() -> None:
    text = LETTER.replace(" (подпись)", "")
    page = _pages("clean", text, signed=False)[0]
    assert not page.marks
    labels = [word for word in page.words if word.start is None]
    assert [word.text.strip(":").lower() for word in labels] == ["подпись"]


def test_a_signed_letter_without_the_word_gets_its_mark_all_the_same() -> None:
    page = _pages("clean", LETTER.replace(" (подпись)", ""))[0]
    assert [mark.kind for mark in page.marks] == ["signature"]
    electronic = LETTER.replace("(подпись)", "\nПодписано простой электронной подписью")
    assert not _pages("clean", electronic)[0].marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("подписано ЭП (Госуслуги)", True),
        ("Документ подписан усиленной квалифицированной электронной подписью", True),
        ("подпись: простая электронная (ЕСИА)", True),
        ("ответ прошу на электронную почту", False),
        ("Иванова (подпись)", False),
    ],
)
def test_electronic_signatures_are_told_by_their_wording(text: str, expected: bool) -> None:
    assert bool(ELECTRONIC.search(text)) is expected


def test_a_stamped_page_arrives_turned_and_its_truth_is_upright() -> None:
    page = _pages("stamped")[0]
    assert page.rotation in (90, 180, 270)
    height, width = page.image.shape[:2]
    turned = upright(page)
    assert turned.shape[:2] == ((width, height) if page.rotation in (90, 270) else (height, width))
    assert any(mark.kind == "stamp" for mark in page.marks)
    first, last = page.words[0].box, page.words[-1].box
    assert first.y0 < last.y0, "the first line of an upright page stands above the last"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_word_of_any_layout_is_lost(layout: Layout) -> None:
    page = _pages("clean", TABLE, layout, signed=False)[0]
    printed = [word for word in page.words if word.start is not None]
    assert sorted(word.text for word in printed) == sorted(TABLE.replace("|", " ").split())
    assert all(TABLE[word.start : word.end] == word.text for word in printed)


def test_long_text_flows_on_and_a_form_feed_starts_a_page() -> None:
    assert len(_pages("fax", LETTER * 12)) > 1
    assert len(_pages("fax", f"{TABLE}\f{TABLE}")) == 2


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    first, again = _pages("scan")[0], _pages("scan")[0]
    other = render_document(LETTER, "letter", True, "scan", 8)[0]
    assert first.jpeg == again.jpeg
    assert first.words == again.words
    assert first.jpeg != other.jpeg


def test_spans_lead_to_words_by_occurrence_and_to_marks(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = _pages("clean")[0]
    folder = tmp_path_factory.mktemp("spans") / "case"
    package = SourcePackage(
        id="case",
        documents=(SourceDocument(name="a", kind=None, layout="letter", signed=True, text=LETTER),),
    )
    truth = render_package(package, "clean", 7, folder).documents[0]
    assert load_truth(folder).documents[0] == truth
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF-")
    first, second = (locate(truth, "12 500 рублей", n)[0] for n in (0, 1))
    assert len(first.words) == len(second.words) == 3
    assert first.words[0].y0 <= second.words[0].y0
    assert first.words != second.words
    signature = locate(truth, "Иванова (подпись)", 0)[0]
    assert len(signature.words) == 1
    assert signature.marks == tuple(mark.box for mark in page.marks if mark.kind == "signature")
    with pytest.raises(SpanNotFound):
        locate(truth, "12 500 рублей", 2)


def test_a_box_goes_through_a_perspective_corner_by_corner() -> None:
    halving = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0.001, 1.0]])  # at y = 1000 everything is half as far
    box = _mapped(Box(200, 0, 400, 1000), halving, (1000, 1000))
    assert box == pytest.approx((0.1, 0.0, 0.4, 0.5))
