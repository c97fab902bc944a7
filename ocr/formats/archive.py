"""ZIP archives, looked into in memory: nothing is written to disk, least of all under a name from the archive."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ocr.errors import (
    FileError,
    FileTooLarge,
    ZipBomb,
    ZipBroken,
    ZipEmpty,
    ZipEncrypted,
    ZipMethodUnsupported,
    ZipPathTraversal,
    ZipTooManyFiles,
)
from ocr.limits import MEGABYTE, Limits

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075  # extra field "Info-ZIP Unicode Path", APPNOTE.TXT 4.6.9
_DRIVE = re.compile(r"[A-Za-z]:")
_SERVICE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_CHUNK = 1 << 20
# What zipfile raises on damaged archives: offsets that lead nowhere are a ValueError, flags of names a UnicodeError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, struct.error, ValueError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One file of an archive: its name as people see it, and why it will not be read, if so."""

    name: str
    index: int
    error: FileError | None


def members(data: bytes, limits: Limits) -> list[Member]:
    """The archive's files in natural order, judged by the archive's own directory, nothing unpacked.

    Raises ZipBroken, ZipEmpty, ZipTooManyFiles and ZipBomb for the archive as a whole.
    """
    with _archive(data) as archive:
        listed = [
            (index, info, name)
            for index, info in enumerate(archive.infolist())
            if not (name := member_name(info)).endswith("/") and not _is_service(name)
        ]
    if not listed:
        raise ZipEmpty()
    if len(listed) > limits.zip_files:
        raise ZipTooManyFiles(files=len(listed), limit=limits.zip_files)
    total = sum(info.file_size for _, info, _ in listed)
    if total > limits.zip_bytes:
        raise ZipBomb(size_mb=total // MEGABYTE)
    found = [Member(name=name, index=index, error=_refusal(info, name, limits)) for index, info, name in listed]
    return sorted(found, key=lambda member: natural(member.name))


def unpack(data: bytes, index: int, limits: Limits) -> bytes:
    """The bytes of the archive's entry `index`.

    What is unpacked is counted, whatever the archive claims; `zipfile` itself stops at the size claimed and compares
    the check sum.

    Raises ZipBroken, ZipBomb, ZipEncrypted, ZipMethodUnsupported.
    """
    pieces: list[bytes] = []
    size = 0
    with _archive(data) as archive:
        info = archive.infolist()[index]
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > limits.file_bytes:
                    raise ZipBomb(size_mb=size // MEGABYTE)
                pieces.append(piece)
    return b"".join(pieces)


def member_name(info: zipfile.ZipInfo) -> str:
    """The entry's name: UTF-8 where flagged, else the Unicode extra field, else UTF-8 by luck, else DOS Cyrillic."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    declared = _unicode_path(info.extra, raw)
    if declared is not None:
        return declared
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866")


def natural(name: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A sorting key: folder by folder, numbers by value, letters without case."""
    return tuple(
        tuple(
            (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
            for piece in re.split(r"(\d+)", part)
            if piece
        )
        for part in name.split("/")
    )


def _archive(data: bytes) -> _ArchiveGuard:
    return _ArchiveGuard(data)


class _ArchiveGuard:
    """`zipfile` behind our own errors."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(self._data))
        except (*_DAMAGED, NotImplementedError) as error:
            raise ZipBroken() from error
        return self._archive

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        self._archive.close()
        if isinstance(error, NotImplementedError):
            raise ZipMethodUnsupported() from error
        if isinstance(error, RuntimeError):  # zipfile's way to say that a password is needed
            raise ZipEncrypted() from error
        if isinstance(error, _DAMAGED):
            raise ZipBroken() from error


def _refusal(info: zipfile.ZipInfo, name: str, limits: Limits) -> FileError | None:
    if _leads_out(name):
        return ZipPathTraversal()
    if info.flag_bits & _ENCRYPTED:
        return ZipEncrypted()
    if info.file_size >= limits.zip_ratio_from_bytes and info.file_size > limits.zip_ratio * max(1, info.compress_size):
        return ZipBomb(size_mb=info.file_size // MEGABYTE)
    if info.file_size > limits.file_bytes:
        return FileTooLarge(size_mb=info.file_size // MEGABYTE, limit_mb=limits.file_bytes // MEGABYTE)
    return None


def _leads_out(name: str) -> bool:
    flat = name.replace("\\", "/")
    return flat.startswith("/") or bool(_DRIVE.match(flat)) or ".." in flat.split("/") or "\0" in name


def _is_service(name: str) -> bool:
    return name.startswith(_SERVICE[0]) or name.rsplit("/", 1)[-1] in _SERVICE[1:]


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    for kind, body in _extra_fields(extra):
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack("<L", body[1:5])[0] == zlib.crc32(raw):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[position : position + 4])
        yield kind, extra[position + 4 : position + 4 + size]
        position += 4 + size
