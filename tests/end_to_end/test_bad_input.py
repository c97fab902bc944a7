"""Bad files inside a package: each a document with a coded error, the rest judged, the originals kept."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from pathlib import Path

import pytest

from kazus.cli.main import run
from tests.ocr.ocr_samples import letter_pdf, noise, pdf_of, picture, zipped

APPEAL = """Финансовому уполномоченному
ОБРАЩЕНИЕ
Заявитель: Ковригина Анна Сергеевна, родилась 04.05.1981 в г. Торжок Тверской области
Адрес: 172002, Тверская область, г. Торжок, ул. Луначарского, д. 4, кв. 9
Прошу взыскать 12 500 рублей.
10.06.2026 Ковригина А.С. (подпись)
"""


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels and holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


NESTED = zipped([("a.txt", b"text")])
PDF_WITHOUT_PAGES = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    sample = Path(__file__).parent.parent.parent / "models" / "samples" / "package" / "2_pretenziya.pdf"
    files = {
        "01-appeal.txt": APPEAL.encode(),
        "02-empty.pdf": b"",
        "03-unknown.bin": bytes(range(256)) * 8,
        "04-cut-off.pdf": sample.read_bytes()[:20_000],
        "05-huge.png": png_that_claims(20_000, 20_000),
        "06-no-pages.pdf": PDF_WITHOUT_PAGES,
        "07-bomb.zip": zipped([("zeros.txt", b"0" * 400_000_000)]),
        "08-nested.zip": zipped([("inner.zip", NESTED)]),
        "09-traversal.zip": zipped([("../../outside.txt", APPEAL.encode())]),
        "10-locked.pdf": letter_pdf(encrypt="secret"),
        "11-cut-off.jpg": picture(noise(400, 300))[:30_000],
        "12-again.txt": APPEAL.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.slow
def test_nothing_kills_the_run_and_nothing_is_lost(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZUS_ENCODER", "./none")  # what is damaged here has no need of it
    data = ["--data-dir", str(tmp_path / "data"), "--quiet"]
    assert run([*data, "setup", "--no-sample"]) == 0
    assert run([*data, "intake", str(package), "--filed", "2026-06-10", "--json"]) == 1
    (report,) = json.loads(capsys.readouterr().out)["items"]
    errors = {Path(document["path"]).name: document["error"] for document in report["documents"]}
    codes = {name: error["code"] if error else None for name, error in errors.items()}
    assert codes == {
        "01-appeal.txt": None,
        "02-empty.pdf": "ocr.file_empty",
        "03-unknown.bin": "ocr.unknown_type",
        "04-cut-off.pdf": "ocr.pdf_truncated",
        "05-huge.png": "ocr.too_many_pixels",
        "06-no-pages.pdf": "ocr.pdf_without_pages",
        "zeros.txt": "ocr.zip_bomb",
        "inner.zip": "ocr.zip_nested",
        "outside.txt": "ocr.zip_path_traversal",
        "10-locked.pdf": "ocr.pdf_encrypted",
        "11-cut-off.jpg": "ocr.image_truncated",
        "12-again.txt": None,
    }
    assert all(error["message"] and error["remedy"] for error in errors.values() if error)
    assert report["documents"][0]["type"] == "APPEAL_FU"
    assert report["documents"][-1]["copy_of"] == 0
    assert not any(verdict["result"] == "not_met" and "страниц" in verdict["reason"] for verdict in report["verdicts"])
    kept = {path.name for path in (tmp_path / "data" / "blobs").rglob("*") if path.is_file()}
    for original in (NESTED, *(file.read_bytes() for file in package.iterdir() if file.name != "08-nested.zip")):
        assert hashlib.sha256(original).hexdigest() in kept or not original
    assert not (tmp_path.parent / "outside.txt").exists()
