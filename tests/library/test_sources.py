"""Files of decisions: JSONL, text, DOCX, PDF, folders, and what is wrong with them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from library.sources import SourceFault, SourceRow, rows_of
from library.sources.docx_file import docx_text

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, body: str, *, before: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<?xml version='1.0'?>{before}<w:document {WORD}>{body}</w:document>")
    return path


def test_paragraphs_of_a_docx_are_lines(tmp_path: Path) -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>г. Москва</w:t><w:tab/>"
        "<w:t>1 февраля 2022 года</w:t></w:r></w:p><w:p><w:r><w:t>РЕШИЛ:</w:t></w:r></w:p>"
    )
    assert docx_text(docx(tmp_path / "a.docx", body)) == "г. Москва\t1 февраля 2022 года\nРЕШИЛ:"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_a_broken_docx_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    (fault,) = rows_of([tmp_path / "a.docx"])
    assert isinstance(fault, SourceFault)
    assert fault.error.code == "library.file_unreadable"


def test_a_docx_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = docx(tmp_path / "a.docx", "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", before="<!DOCTYPE x [<!ENTITY a 'b'>]>")
    (fault,) = rows_of([bomb])
    assert isinstance(fault, SourceFault)


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "б.txt").write_text("Второе.", encoding="utf-8")
    (tmp_path / "а.txt").write_text("Первое.", encoding="utf-8-sig")
    (tmp_path / ".hidden.txt").write_text("Третье.", encoding="utf-8")
    rows = list(rows_of([tmp_path]))
    assert [row.id for row in rows if isinstance(row, SourceRow)] == ["а", "б"]
    assert isinstance(rows[0], SourceRow)
    assert rows[0].row.text == "Первое."


def test_an_id_is_the_rows_own_else_its_number_else_the_files_name(tmp_path: Path) -> None:
    head = "РЕШЕНИЕ\n№ У-22-11/5010-003\n"
    (tmp_path / "1.txt").write_text(head, encoding="utf-8")
    (tmp_path / "2.txt").write_text("Без номера.", encoding="utf-8")
    lines = ['{"id": "own", "number": "N", "text": "a"}', '{"number": "N", "text": "a"}', '{"text": "a"}']
    (tmp_path / "3.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ids = [row.id for row in rows_of([tmp_path]) if isinstance(row, SourceRow)]
    assert ids == ["У-22-11/5010-003", "2", "own", "N", "3#3"]


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "cp1251.txt").write_bytes("Решение".encode("cp1251"))
    (tmp_path / "empty.txt").write_bytes(b"  \n")
    missing = tmp_path / "missing.jsonl"
    faults = list(rows_of([tmp_path / "cp1251.txt", tmp_path / "empty.txt", missing]))
    codes = [fault.error.code for fault in faults if isinstance(fault, SourceFault)]
    assert codes == ["library.file_unreadable", "library.file_empty", "library.file_unreadable"]


def test_a_pdf_is_read_by_ocr(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("F", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("F", 12)
    canvas.drawString(72, 700, "Решение по обращению гражданина к страховой организации")
    canvas.drawString(72, 680, "Требование удовлетворить в полном объёме и взыскать сумму")
    canvas.save()
    (row,) = rows_of([tmp_path / "a.pdf"])
    assert isinstance(row, SourceRow)
    assert row.row.text is not None
    assert "Требование удовлетворить" in row.row.text
