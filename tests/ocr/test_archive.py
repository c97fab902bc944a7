from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from ocr_samples import zipped

from ocr.errors import (
    ZipBomb,
    ZipBroken,
    ZipEmpty,
    ZipEncrypted,
    ZipMethodUnsupported,
    ZipPathTraversal,
    ZipTooManyFiles,
)
from ocr.formats.archive import members, natural, unpack
from ocr.limits import Limits

LIMITS = Limits()


def names(data: bytes) -> list[str]:
    return [member.name for member in members(data, LIMITS)]


def raw_name_zip(name: bytes, flags: int = 0, extra: bytes = b"", body: bytes = b"text") -> bytes:
    """A stored one-file archive with the name's bytes as given."""
    crc = zlib.crc32(body)
    fields = (20, flags, 0, 0, 33, crc, len(body), len(body), len(name), len(extra))
    local = b"PK\x03\x04" + struct.pack("<HHHHHLLLHH", *fields) + name + extra + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + struct.pack("<HHHHHLLLHH", *fields)
    central += struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name + extra
    return local + central + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def test_members_come_in_natural_order_without_litter() -> None:
    data = zipped(
        [
            ("стр 10.txt", b"a"),
            ("стр 2.txt", b"b"),
            ("папка/", b""),
            ("папка/Б.txt", b"c"),
            ("папка/а.txt", b"d"),
            ("__MACOSX/._стр 2.txt", b"e"),
            ("Thumbs.db", b"f"),
        ]
    )
    assert names(data) == ["папка/а.txt", "папка/Б.txt", "стр 2.txt", "стр 10.txt"]
    assert [unpack(data, member.index, LIMITS) for member in members(data, LIMITS)] == [b"d", b"c", b"b", b"a"]


@pytest.mark.parametrize(
    ("raw", "flags"),
    [("Заявление.pdf".encode("cp866"), 0), ("Заявление.pdf".encode(), 0), ("Заявление.pdf".encode(), 0x800)],
)
def test_russian_names_are_read_as_they_were_written(raw: bytes, flags: int) -> None:
    assert names(raw_name_zip(raw, flags)) == ["Заявление.pdf"]


def test_unicode_extra_field_wins_over_a_crippled_name() -> None:
    raw = b"???.pdf"
    body = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + "Чек.pdf".encode()
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert names(raw_name_zip(raw, extra=extra)) == ["Чек.pdf"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b.txt", "..\\..\\b.txt", "C:\\b.txt"])
def test_names_that_lead_out_are_refused_and_the_rest_is_read(name: str) -> None:
    found = members(zipped([(name, b"x"), ("ok.txt", b"y")]), LIMITS)
    refused = [member for member in found if member.error is not None]
    assert [type(member.error) for member in refused] == [ZipPathTraversal]
    assert [member.name for member in found if member.error is None] == ["ok.txt"]


def test_a_name_with_two_dots_inside_is_innocent() -> None:
    assert members(zipped([("договор..pdf", b"x")]), LIMITS)[0].error is None


def test_bombs_are_known_by_ratio_by_size_and_by_number() -> None:
    zeros = zipped([("zeros.bin", bytes(6_000_000)), ("ok.txt", b"y")])
    errors = {member.name: type(member.error) for member in members(zeros, LIMITS)}
    assert errors == {"zeros.bin": ZipBomb, "ok.txt": type(None)}
    with pytest.raises(ZipBomb):
        members(zipped([("a", b"x" * 600), ("b", b"y" * 600)]), Limits(zip_bytes=1000))
    with pytest.raises(ZipTooManyFiles):
        members(zipped([(str(number), b"x") for number in range(5)]), Limits(zip_files=4))


def test_a_small_blank_page_may_shrink_a_thousandfold() -> None:
    assert members(zipped([("blank.tif", bytes(1_000_000))]), LIMITS)[0].error is None


def test_an_archive_that_lies_about_sizes_is_stopped_while_unpacking() -> None:
    honest = zipped([("a.txt", b"x" * 100_000)])
    lying = honest.replace(struct.pack("<L", 100_000), struct.pack("<L", 10))
    assert lying != honest
    with pytest.raises(ZipBroken):
        unpack(lying, 0, LIMITS)
    with pytest.raises(ZipBomb):
        unpack(honest, 0, Limits(file_bytes=99_999))


def test_damage_is_told() -> None:
    data = bytearray(zipped([("a.txt", b"The quick brown fox" * 30)], deflate=False))
    data[60] ^= 0xFF
    with pytest.raises(ZipBroken):
        unpack(bytes(data), 0, LIMITS)
    with pytest.raises(ZipBroken):
        members(zipped([("a.txt", b"x")])[:30], LIMITS)
    with pytest.raises(ZipEmpty):
        members(zipped([]), LIMITS)


def test_encryption_and_unknown_methods_are_told() -> None:
    data = zipped([("a.txt", b"secret")], deflate=False)
    locked = data.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0").replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"
    )
    assert [type(member.error) for member in members(locked, LIMITS)] == [ZipEncrypted]
    with pytest.raises(ZipEncrypted):
        unpack(locked, 0, LIMITS)
    odd = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        central = archive.start_dir
    odd[8:10] = odd[central + 10 : central + 12] = struct.pack("<H", 97)
    with pytest.raises(ZipMethodUnsupported):
        unpack(bytes(odd), 0, LIMITS)


def test_natural_order() -> None:
    assert sorted(["b/1", "a10", "a9", "A1"], key=natural) == ["A1", "a9", "a10", "b/1"]
