from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ocr_samples import LETTER, ZERO_PAGES, letter_pdf, noise, picture, printed, zipped
from PIL import Image

from ocr import Document, Limits, PageDone, ReadOptions, expand, open_document, read, read_all, read_page
from ocr.errors import FileError, RecipeUnknown, ZipNested

HERE = ReadOptions(workers=0)


def paths(path: Path) -> list[str]:
    return [os.path.relpath(source.path, path) for source in expand(path, Limits())]


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def error_of(document: Document) -> str | None:
    return document.error.code if document.error else None


def test_a_folder_is_expanded_in_natural_order_without_litter(tmp_path: Path) -> None:
    for name in ("2.txt", "10.txt", "б/1.txt", "А/3.txt", ".hidden", ".git/x", "Thumbs.db", "__MACOSX/2.txt"):
        write(tmp_path, name, b"text")
    assert paths(tmp_path) == ["2.txt", "10.txt", "А/3.txt", "б/1.txt"]


def test_archives_are_known_by_content_and_their_members_named_inside_them(tmp_path: Path) -> None:
    path = write(tmp_path, "package.pdf", zipped([("б/полис.txt", b"two"), ("а.txt", b"one")]))
    sources = list(expand(path, Limits()))
    assert [source.path for source in sources] == [f"{path}!/а.txt", f"{path}!/б/полис.txt"]
    assert [source.name for source in sources] == ["а", "полис"]
    assert [source.load() for source in sources] == [b"one", b"two"]


def test_a_name_says_nothing_about_the_type(tmp_path: Path) -> None:
    document = read(write(tmp_path, "скан.jpg", letter_pdf()), HERE)
    assert (document.media_type, document.name, error_of(document)) == ("application/pdf", "скан", None)


def test_born_digital_document_is_read_by_its_layer() -> None:
    data = letter_pdf(2, turn=90)
    document = read(data, HERE)
    assert document.id == hashlib.sha256(data).hexdigest()
    assert [page.number for page in document.pages] == [1, 2]
    for page in document.pages:
        assert page.source == "text_layer"
        assert page.text == "\n".join(LETTER)
        assert page.text == "\n".join(line.text for line in page.lines)
        assert (page.rotation, page.width < page.height) == (270, True)
    assert document.seconds > 0
    assert document.cpu_seconds > 0


def test_bytes_and_pages_asked_for() -> None:
    document = read("один\fдва\fтри\fчетыре".encode(), replace(HERE, pages=(2, 3)))
    assert [(page.number, page.text) for page in document.pages] == [(2, "два"), (3, "три")]
    assert read("один\fдва".encode(), replace(HERE, pages=(2, 9))).pages[-1].number == 2


def test_layer_can_be_trusted_unseen() -> None:
    rubbish = letter_pdf(lines=("ijbdZahf hjdZgb\\Zpbh jZki_he h`_g b kemqZc aZykeme",) * 3)
    page = read_page(rubbish, 1, replace(HERE, text_layer="trust"))
    assert page.source == "text_layer"
    assert "велено" in page.source_reason


def test_open_document() -> None:
    opened = open_document(picture(printed(), "TIFF", save_all=True, append_images=[printed()]), Limits())
    assert (opened.media_type, opened.page_count) == ("image/tiff", 2)
    assert open_document(b"a\fb\fc", Limits()).page_count == 3
    with pytest.raises(ZipNested):
        open_document(zipped([("a.txt", b"x")]), Limits())


def test_read_is_for_one_document(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zipped([("1.txt", b"x"), ("2.txt", b"y")]))
    with pytest.raises(ValueError, match="read_all"):
        read(path, HERE)


def test_a_copy_is_noted_and_not_read_again(tmp_path: Path) -> None:
    first = write(tmp_path, "1.txt", "текст".encode())
    other = write(tmp_path, "2.txt", "другой".encode())
    again = write(tmp_path, "3.txt", "текст".encode())
    heard: list[PageDone] = []
    documents = read_all([first, other, again, first], HERE, heard.append)
    assert [document.copy_of for document in documents] == [None, None, 0, 0]
    assert documents[2].id == documents[0].id
    assert documents[2].pages == documents[0].pages
    assert [(event.document, event.done, event.total) for event in heard] == [(0, 1, 2), (1, 2, 2)]


def test_blank_text_is_a_note_not_an_error() -> None:
    (page,) = read(b" \n \n", HERE).pages
    assert (page.grade, page.grade_reason, page.error) == ("unreadable", "пустая страница", None)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "ocr.file_empty"),
    "unknown.bin": (lambda: bytes(range(256)), "ocr.unknown_type"),
    "locked.pdf": (lambda: letter_pdf(encrypt="secret"), "ocr.pdf_encrypted"),
    "cut.pdf": (lambda: letter_pdf(5)[:-2000], "ocr.pdf_truncated"),
    "cut.jpg": (lambda: picture(noise(300, 400), "JPEG")[:-20_000], "ocr.image_truncated"),
    "cut.png": (lambda: picture(noise(300, 400), "PNG")[:-20_000], "ocr.image_truncated"),
    "broken.pdf": (lambda: b"%PDF-1.4\nnothing here\n%%EOF", "ocr.pdf_broken"),
    "pageless.pdf": (lambda: ZERO_PAGES, "ocr.pdf_without_pages"),
    "huge.png": (lambda: picture(Image.new("1", (20_000, 20_000)), "PNG"), "ocr.too_many_pixels"),
    "nested.zip": (lambda: zipped([("inner.zip", zipped([("a.txt", b"x")]))]), "ocr.zip_nested"),
    "evil.zip": (lambda: zipped([("../../evil.txt", b"x")]), "ocr.zip_path_traversal"),
    "bomb.zip": (lambda: zipped([("zeros.txt", bytes(20_000_000))]), "ocr.zip_bomb"),
    "cut.zip": (lambda: zipped([("a.txt", b"x" * 90)])[:50], "ocr.zip_broken"),
    "hollow.zip": (lambda: zipped([]), "ocr.zip_empty"),
}


def test_every_bad_file_is_a_coded_document_and_the_rest_is_read(tmp_path: Path) -> None:
    for name, (make, _) in BAD.items():
        write(tmp_path, name, make())
    write(tmp_path, "good.txt", "Прошу взыскать".encode())
    os.mkfifo(tmp_path / "pipe")  # reading it would wait for ever
    before = sorted(tmp_path.parent.iterdir())
    documents = read_all([tmp_path, tmp_path / "absent.pdf"], HERE)
    found = {Path(document.path.split("!/")[0]).name: error_of(document) for document in documents}
    expected = {name: code for name, (_, code) in BAD.items()}
    assert found == expected | {"good.txt": None, "pipe": "ocr.file_unreadable", "absent.pdf": "ocr.file_missing"}
    assert len({document.id for document in documents}) == len(documents)
    for document in documents:
        if document.error is not None:
            assert document.pages == ()
            assert document.error.message
            assert document.error.remedy
    assert sorted(tmp_path.parent.iterdir()) == before


def test_a_broken_page_is_an_error_of_its_page_alone() -> None:
    data = letter_pdf(2)
    kids = re.search(rb"/Kids \[ (\d 0 R) (\d 0 R) \]", data)
    assert kids is not None
    document = read(data[: kids.start(2)] + b"2 0 R" + data[kids.end(2) :], HERE)
    assert document.error is None
    good, broken = document.pages
    assert good.text == "\n".join(LETTER)
    assert broken.error is not None
    assert broken.error.code == "ocr.page_broken"
    assert (broken.source, broken.grade, broken.words, broken.text) == ("none", "unreadable", (), "")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (document,) = read_all([tmp_path], HERE)
    assert error_of(document) == "ocr.folder_empty"


def test_what_cannot_be_read_fails_when_loaded_not_when_expanded(tmp_path: Path) -> None:
    (source,) = expand(write(tmp_path, "empty.txt", b""), Limits())
    with pytest.raises(FileError):
        source.load()


def test_an_unknown_recipe_is_refused_before_any_page() -> None:
    with pytest.raises(RecipeUnknown) as caught:
        ReadOptions(recipe="magic")
    assert "standard" in caught.value.remedy("en")


def test_importing_the_room_is_light() -> None:
    heavy = ("cv2", "numpy", "pypdfium2", "pdfplumber", "PIL", "pytesseract", "pymorphy3")
    code = f"import sys, ocr; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
