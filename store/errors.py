"""Errors of the data directory.

The same shape as the coded errors of the reading rooms (code, sentence and remedy in Russian and English), kept
apart because mechanisms and reading know nothing of each other:

    StoreError
    ├── OwnedByAnother        another process writes here (exit code 3)
    ├── DirectoryUnreachable  missing rights, a broken mount (exit code 3)
    ├── NotSetUp              no database yet (exit code 4)
    ├── DatabaseOutdated      older than this program (exit code 4)
    ├── DatabaseNewer         made by a later program (exit code 4)
    ├── DatabaseDamaged       not a database, or a corrupt one
    ├── DatabaseBusy          another writer held it for too long
    ├── BlobMissing, BlobDamaged
    ├── DiskFull
    └── JobFailed             durable work ended in an error that nobody foresaw
"""

from __future__ import annotations

from typing import ClassVar, Literal

Language = Literal["ru", "en"]


class StoreError(Exception):
    """An error people are told about; `exit_code` is what the command line ends with."""

    code: ClassVar[str]
    exit_code: ClassVar[int] = 1
    message_ru: ClassVar[str]
    message_en: ClassVar[str]
    remedy_ru: ClassVar[str]
    remedy_en: ClassVar[str]

    def __init__(self, **parameters: object) -> None:
        self.parameters: dict[str, str] = {name: str(value) for name, value in parameters.items()}
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (_rebuild, (type(self), self.parameters))

    def message(self, language: Language = "ru") -> str:
        template = self.message_ru if language == "ru" else self.message_en
        return template.format(**self.parameters)

    def remedy(self, language: Language = "ru") -> str:
        template = self.remedy_ru if language == "ru" else self.remedy_en
        return template.format(**self.parameters)


def _rebuild(kind: type[StoreError], parameters: dict[str, str]) -> StoreError:
    return kind(**parameters)


class OwnedByAnother(StoreError):
    code = "store.owned_by_another"
    exit_code = 3
    message_ru = "Каталог данных {directory} занят: процесс {pid} ({command}) на {address}, работает с {started}."
    message_en = "Data directory {directory} is owned by process {pid} ({command}) on {address}, since {started}."
    remedy_ru = "Дождитесь его окончания (--wait СЕКУНДЫ), остановите его или укажите другой каталог (--data-dir)."
    remedy_en = "Wait for it to end (--wait SECONDS), stop it, or choose another directory (--data-dir)."


class DirectoryUnreachable(StoreError):
    code = "store.directory_unreachable"
    exit_code = 3
    message_ru = "Каталог данных {directory} недоступен: {reason}."
    message_en = "Data directory {directory} cannot be reached: {reason}."
    remedy_ru = "Проверьте путь, права на запись и подключение диска."
    remedy_en = "Check the path, the permission to write and that the disk is mounted."


class NotSetUp(StoreError):
    code = "store.not_set_up"
    exit_code = 4
    message_ru = "Каталог данных {directory} ещё не подготовлен."
    message_en = "Data directory {directory} is not set up yet."
    remedy_ru = "Выполните: kazus --data-dir {directory} setup"
    remedy_en = "Run: kazus --data-dir {directory} setup"


class DatabaseOutdated(StoreError):
    code = "store.database_outdated"
    exit_code = 4
    message_ru = "База данных старее программы: её версия {found}, нужна {expected}."
    message_en = "The database is older than the program: it is at {found}, {expected} is needed."
    remedy_ru = "Выполните: kazus --data-dir {directory} migrate"
    remedy_en = "Run: kazus --data-dir {directory} migrate"


class DatabaseNewer(StoreError):
    code = "store.database_newer"
    exit_code = 4
    message_ru = "База данных новее программы: версия {found} этой программе неизвестна."
    message_en = "The database is newer than the program: version {found} is unknown to it."
    remedy_ru = "Установите более новую версию Казуса или укажите другой каталог данных."
    remedy_en = "Install a later version of Kazus, or choose another data directory."


class DatabaseDamaged(StoreError):
    code = "store.database_damaged"
    message_ru = "База данных {path} повреждена: {reason}."
    message_en = "Database {path} is damaged: {reason}."
    remedy_ru = "Отложите файл и восстановите каталог из резервной копии; оригиналы документов лежат в blobs/."
    remedy_en = "Put the file aside and restore the directory from a backup; the original documents are in blobs/."


class DatabaseBusy(StoreError):
    code = "store.database_busy"
    message_ru = "База данных {path} слишком долго занята другой программой."
    message_en = "Database {path} was held by another program for too long."
    remedy_ru = "Закройте программы, которые открыли этот файл, и повторите команду."
    remedy_en = "Close the programs that have this file open and run the command again."


class BlobMissing(StoreError):
    code = "store.blob_missing"
    message_ru = "Сохранённого оригинала {digest} нет на месте."
    message_en = "The stored original {digest} is not there."
    remedy_ru = "Восстановите каталог blobs/ из резервной копии или передайте документ ещё раз."
    remedy_en = "Restore the blobs/ folder from a backup, or hand the document in again."


class BlobDamaged(StoreError):
    code = "store.blob_damaged"
    message_ru = "Сохранённый оригинал {digest} повреждён: его содержимое изменилось."
    message_en = "The stored original {digest} is damaged: its content has changed."
    remedy_ru = "Проверьте диск; восстановите файл из резервной копии или передайте документ ещё раз."
    remedy_en = "Check the disk; restore the file from a backup, or hand the document in again."


class DiskFull(StoreError):
    code = "store.disk_full"
    message_ru = "На диске с каталогом данных {directory} кончилось место."
    message_en = "The disk of data directory {directory} is full."
    remedy_ru = "Освободите место и повторите команду: готовые страницы сохранены."
    remedy_en = "Free some space and run the command again: the pages already read are kept."


class JobFailed(StoreError):
    code = "store.job_failed"
    message_ru = "Работа {job} прервана непредвиденной ошибкой: {reason}."
    message_en = "Job {job} was ended by an unforeseen error: {reason}."
    remedy_ru = "Повторите команду; если ошибка вернётся, сообщите о ней разработчикам."
    remedy_en = "Run the command again; if the error comes back, report it to the developers."
