from __future__ import annotations

import pytest
from ocr_samples import letter_pdf, picture, printed, zipped

from ocr.errors import FileEmpty, UnknownType
from ocr.formats.detect import detect


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture(printed(), "JPEG"), "jpeg"),
        (picture(printed(), "PNG"), "png"),
        (picture(printed(), "TIFF"), "tiff"),
        (letter_pdf(), "pdf"),
        (b"\r\n mail rubbish \r\n" + letter_pdf(), "pdf"),
        (zipped([("письмо.txt", b"text")]), "zip"),
        ("Заявление".encode(), "text"),
        ("Заявление".encode("cp1251"), "text"),
        ("Заявление".encode("utf-16"), "text"),
    ],
)
def test_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert detect(data) == kind


def test_empty_file_is_refused() -> None:
    with pytest.raises(FileEmpty):
        detect(b"")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "DOC/XLS/MSG"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(60), "RAR"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"GIF89a" + bytes(20), "GIF"),
        (zipped([("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]), "DOCX"),
        (zipped([("mimetype", b"a"), ("content.xml", b"<a/>")]), "ODF"),
        (bytes(range(256)) * 4, "?"),
    ],
)
def test_other_types_are_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(UnknownType) as caught:
        detect(data)
    assert caught.value.parameters == {"kind": kind}
