from __future__ import annotations

import io

from ocr_samples import A4, LETTER, font, letter_pdf, write_lines
from reportlab.pdfgen.canvas import Canvas

from ocr.document import Table
from ocr.formats import pdf
from ocr.formats.pdf_words import layer_text
from ocr.tables import ruled_tables

ROWS = (("Наименование", "Сумма, руб."), ("Ремонт автомобиля", "98 500,00"), ("Независимая экспертиза", "22 000,00"))


def table_pdf(*, ruled: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write_lines(canvas, LETTER[:2])
    canvas.setFont(font(), 11)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            canvas.drawString(70 + column * 220, 610 - number * 30, text)
    if ruled:
        for number in range(len(ROWS) + 1):
            canvas.line(60, 630 - number * 30, 500, 630 - number * 30)
        for x in (60, 280, 500):
            canvas.line(x, 630, x, 630 - 30 * len(ROWS))
    canvas.save()
    return out.getvalue()


def found(data: bytes) -> tuple[Table, ...]:
    with pdf.open_page(data, 1) as page:
        return ruled_tables(data, 1, layer_text(page).words)


def test_a_ruled_table_has_its_rows_and_boxes() -> None:
    (table,) = found(table_pdf(ruled=True))
    assert tuple(tuple(cell.text for cell in row) for row in table.rows) == ROWS
    first = table.rows[0][0].box
    assert abs(first.x0 - 60 / 595) < 0.003
    assert abs(first.y0 - (842 - 630) / 842) < 0.003
    assert table.box.y1 > first.y1


def test_a_row_of_cells_is_one_line_of_the_page() -> None:
    with pdf.open_page(table_pdf(ruled=True), 1) as page:
        lines = layer_text(page).lines
    assert "Ремонт автомобиля 98 500,00" in [line.text for line in lines]


def test_only_pages_with_rulings_are_looked_at() -> None:
    for data, least, most in ((table_pdf(ruled=True), 4, 50), (table_pdf(ruled=False), 0, 0), (letter_pdf(), 0, 0)):
        with pdf.open_page(data, 1) as page:
            assert least <= pdf.count_rulings(page) <= most


def test_a_frame_is_no_table() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write_lines(canvas, LETTER)
    canvas.rect(40, 600, 500, 200)
    canvas.save()
    assert found(out.getvalue()) == ()


def test_a_page_that_the_table_finder_cannot_parse_has_none() -> None:
    assert ruled_tables(b"%PDF-1.4 not a file", 1, ()) == ()
