"""Errors of the cases' room."""

from __future__ import annotations

from text.errors import CodedError


class RegistryUnreadable(CodedError):
    code = "cases.registry_unreadable"
    message_ru = "Файл реестра не читается: {reason}."
    message_en = "The registry file cannot be read: {reason}."
    remedy_ru = "Нужен CSV в кодировке UTF-8, разделитель «;», столбцы: {columns}."
    remedy_en = "A CSV file in UTF-8 is needed, separated by “;”, with the columns: {columns}."


class RegistryRowInvalid(CodedError):
    code = "cases.registry_row_invalid"
    message_ru = "Строка {line} реестра: в столбце {column} стоит «{value}», а нужно {expected}."
    message_en = "Row {line} of the registry: column {column} holds “{value}” where {expected} is needed."
    remedy_ru = "Исправьте строку и повторите импорт: реестр принимается целиком или не принимается."
    remedy_en = "Correct the row and import again: a registry is taken whole or not at all."


class PageCrashesReader(CodedError):
    code = "cases.page_crashes_reader"
    message_ru = "Страница {page} не прочитана: {tries} раза подряд чтение обрывалось вместе с процессом."
    message_en = "Page {page} was given up: {tries} times its reading ended together with the process."
    remedy_ru = "Пересканируйте страницу с обычным разрешением или прочтите её глазами; остальные страницы прочитаны."
    remedy_en = "Scan the page again at an ordinary resolution, or read it by eye; the other pages have been read."
