"""Errors of the cases' room."""

from __future__ import annotations

from typing import ClassVar

from text.errors import CodedError


class RegistryNotImported(CodedError):
    """The registry is asked before any snapshot of it was imported."""

    code = "cases.registry_not_imported"
    exit_code: ClassVar[int] = 4
    message_ru = "Реестр финансовых организаций ещё не загружен."
    message_en = "No registry of financial organisations has been imported yet."
    remedy_ru = "Выполните: kazus registry import ФАЙЛ --as-of ДАТА"
    remedy_en = "Run: kazus registry import FILE --as-of DATE"


class PageCrashesReader(CodedError):
    """A page was in readers' hands each time the whole process died. Parameters: `number`, `tries`."""

    code = "cases.page_crashes_reader"
    message_ru = "Страница {number} не прочитана: раз за разом ({tries}) чтение обрывалось вместе с процессом."
    message_en = "Page {number} was given up: time after time ({tries}) its reading ended together with the process."
    remedy_ru = "Пересканируйте страницу с обычным разрешением или прочтите её глазами; остальные страницы прочитаны."
    remedy_en = "Scan the page again at an ordinary resolution, or read it by eye; the other pages have been read."
