"""Errors of the shell itself. Rooms keep their own; all share the shape of `text.errors.CodedError`."""

from __future__ import annotations

from text.errors import CodedError


class PathNotFound(CodedError):
    code = "kazus.path_not_found"
    message_ru = "Нет такого файла или папки: {path}"
    message_en = "No such file or folder: {path}"
    remedy_ru = "Проверьте путь и права на чтение."
    remedy_en = "Check the path and the permission to read it."


class ManifestUnreadable(CodedError):
    code = "kazus.manifest_unreadable"
    message_ru = "Строка {line} списка пакетов не читается: {problem}"
    message_en = "Line {line} of the manifest cannot be read: {problem}"
    remedy_ru = "Каждая строка — объект JSON с ключами id и path; filed, channel и sender необязательны."
    remedy_en = "Each line is a JSON object with the keys id and path; filed, channel and sender are optional."


class BadPageRange(CodedError):
    code = "kazus.bad_page_range"
    message_ru = "Диапазон страниц «{value}» не понят."
    message_en = "The page range “{value}” is not understood."
    remedy_ru = "Пишите 3 или 1-3; страницы считаются с единицы."
    remedy_en = "Write 3 or 1-3; pages count from one."


class InputUnreadable(CodedError):
    code = "kazus.input_unreadable"
    message_ru = "Строка {line} входного файла не читается: {problem}"
    message_en = "Line {line} of the input cannot be read: {problem}"
    remedy_ru = "Каждая строка — объект JSON с ключами id и text."
    remedy_en = "Each line is a JSON object with the keys id and text."


class AppealNotFound(CodedError):
    code = "kazus.appeal_not_found"
    message_ru = "Среди документов {path} не нашлось читаемого обращения к финансовому уполномоченному."
    message_en = "Among the documents of {path} there is no readable appeal to the financial ombudsman."
    remedy_ru = "Укажите файл самого обращения или передайте его текст."
    remedy_en = "Name the file of the appeal itself, or give its text."
