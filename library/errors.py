"""Errors of the library's room.

CodedError
├── NamesModelMissing          nothing can be anonymised here (exit code 4)
├── of one row of an import: LineBroken, FieldInvalid, NoDecisionText, FileEmpty, FileUnreadable, NumberTaken,
│                            IdRepeated, PersonalDataLeft
├── DecisionNotFound, QueriesUnreadable, NothingAsked
└── IndexBusy                  the index must be made anew, and another process owns the data directory
"""

from __future__ import annotations

from typing import ClassVar

from text.errors import CodedError


class NamesModelMissing(CodedError):
    """The weights that find names are not installed: without them nothing may be called anonymised."""

    code = "library.names_model_missing"
    exit_code: ClassVar[int] = 4
    message_ru = "Обезличить нельзя: не установлена модель, которая находит имена."
    message_en = "Nothing can be anonymised: the model that finds names is not installed."
    remedy_ru = "Выполните: pip install slovnet navec && pip install --no-deps natasha"
    remedy_en = "Run: pip install slovnet navec && pip install --no-deps natasha"


class LineBroken(CodedError):
    """A line of a JSONL file is no JSON object. Parameters: `line`, `problem`."""

    code = "library.line_broken"
    message_ru = "Строка {line} не читается: {problem}."
    message_en = "Line {line} cannot be read: {problem}."
    remedy_ru = "Каждая строка — один объект JSON в UTF-8. Исправьте её и загрузите файл снова: остальное не удвоится."
    remedy_en = "Each line is one JSON object in UTF-8. Mend it and import the file again: nothing will be doubled."


class FieldInvalid(CodedError):
    """A known key of a row holds something else than it must. Parameters: `line`, `field`, `problem`."""

    code = "library.field_invalid"
    message_ru = "Строка {line}: поле {field} заполнено неверно: {problem}."
    message_en = "Line {line}: the field {field} is wrong: {problem}."
    remedy_ru = "Даты пишутся ГГГГ-ММ-ДД, суммы числом в рублях, исход — satisfied, partial, refused или terminated."
    remedy_en = "Dates are YYYY-MM-DD, sums are numbers in roubles, outcomes satisfied, partial, refused or terminated."


class NoDecisionText(CodedError):
    """A row has neither `text` nor a section."""

    code = "library.no_decision_text"
    message_ru = "В решении нет текста: ни text, ни established, findings или operative."
    message_en = "The decision has no text: neither text nor established, findings or operative."
    remedy_ru = "Заполните хотя бы одно из этих полей."
    remedy_en = "Fill in at least one of these fields."


class FileEmpty(CodedError):
    code = "library.file_empty"
    message_ru = "Файл пуст: {path}"
    message_en = "The file is empty: {path}"
    remedy_ru = "Проверьте, тот ли это файл; в файле JSONL должно быть хотя бы одно решение."
    remedy_en = "Check that it is the right file; a JSONL file needs at least one decision."


class FileUnreadable(CodedError):
    code = "library.file_unreadable"
    message_ru = "Файл не читается: {path} ({reason})."
    message_en = "The file cannot be read: {path} ({reason})."
    remedy_ru = "Текст и JSONL должны быть в кодировке UTF-8; проверьте также путь и права на чтение."
    remedy_en = "Text and JSONL must be in UTF-8; check the path and the permission to read, too."


class NumberTaken(CodedError):
    """Two decisions with one number. Parameters: `number`, `other`."""

    code = "library.number_taken"
    message_ru = "Номер {number} уже носит решение «{other}»."
    message_en = "The number {number} already belongs to the decision “{other}”."
    remedy_ru = "Если это то же решение, загрузите его под тем же id; если другое, исправьте номер."
    remedy_en = "If it is the same decision, import it under the same id; if another, correct the number."


class IdRepeated(CodedError):
    code = "library.id_repeated"
    message_ru = "Решение «{id}» встретилось в этой загрузке второй раз с другим содержанием."
    message_en = "The decision “{id}” came a second time in this import, with other content."
    remedy_ru = "Оставьте одну строку с этим id или дайте второй свой id."
    remedy_en = "Keep one line with this id, or give the second an id of its own."


class PersonalDataLeft(CodedError):
    """The leak check still sees personal data after anonymisation. `found`: classes with counts, never the data."""

    code = "library.personal_data_left"
    message_ru = "В обезличенном тексте ещё видны персональные данные: {found}. Решение не загружено."
    message_en = "The anonymised text still shows personal data: {found}. The decision was not imported."
    remedy_ru = "Уберите их вручную (kazus library anonymise ФАЙЛ покажет текст) и загрузите с ключом --anonymised."
    remedy_en = "Remove them by hand (kazus library anonymise FILE shows the text) and import it with --anonymised."


class DecisionNotFound(CodedError):
    code = "library.decision_not_found"
    message_ru = "В библиотеке нет решения «{id}»."
    message_en = "The library holds no decision “{id}”."
    remedy_ru = "Проверьте id или номер: kazus library search ТЕКСТ покажет их."
    remedy_en = "Check the id or number: kazus library search TEXT shows them."


class QueriesUnreadable(CodedError):
    """A row of `--queries` is not what it must be. Parameters: `line`, `problem`."""

    code = "library.queries_unreadable"
    message_ru = "Строка {line} файла запросов не читается: {problem}."
    message_en = "Line {line} of the queries cannot be read: {problem}."
    remedy_ru = "Каждая строка — объект JSON с ключами id и text; filters необязателен."
    remedy_en = "Each line is a JSON object with the keys id and text; filters is optional."


class IndexBusy(CodedError):
    """The index is damaged or absent and another process owns the data directory."""

    code = "library.index_busy"
    exit_code: ClassVar[int] = 3
    message_ru = "Поисковый индекс нужно построить заново, а каталог данных занят другим процессом."
    message_en = "The search index must be built anew, and another process owns the data directory."
    remedy_ru = "Дождитесь его окончания (--wait СЕКУНДЫ) и повторите запрос."
    remedy_en = "Wait for it to end (--wait SECONDS) and ask again."


class EncoderAbsent(CodedError):
    """A remark, not a failure: without the encoder decisions are found by their words alone."""

    code = "library.encoder_absent"
    message_ru = "Модель предложений не найдена в {directory}: решения ищутся только по словам и нормам."
    message_en = "There is no sentence encoder in {directory}: decisions are found by words and norms alone."
    remedy_ru = "Установите её (kazus setup) и выполните kazus library reindex."
    remedy_en = "Install it (kazus setup) and run kazus library reindex."


class IndexWithoutVectors(CodedError):
    """A remark: the encoder is there now, the index was made before it came."""

    code = "library.index_without_vectors"
    message_ru = "Индекс построен без модели предложений: решения ищутся только по словам и нормам."
    message_en = "The index was made without the sentence encoder: decisions are found by words and norms alone."
    remedy_ru = "Выполните: kazus library reindex"
    remedy_en = "Run: kazus library reindex"


class IndexRebuilt(CodedError):
    """A remark: the index could not be used and was made anew from the database. Parameters: `reason`, `decisions`."""

    code = "library.index_rebuilt"
    message_ru = "Поисковый индекс построен заново из базы данных (решений: {decisions}). Причина: {reason}"
    message_en = "The search index was made anew from the database ({decisions} decisions). Reason: {reason}"
    remedy_ru = "Делать ничего не нужно; если это повторяется, проверьте диск."
    remedy_en = "Nothing needs to be done; if it happens again, check the disk."


class IndexAhead(CodedError):
    """Why an index is made anew: the database is older than it, as after a restored backup."""

    code = "library.index_ahead"
    message_ru = "Индекс новее базы данных, как после восстановления из копии."
    message_en = "The index is newer than the database, as after a restored backup."
    remedy_ru = "Выполните: kazus library reindex"
    remedy_en = "Run: kazus library reindex"


class IndexBehind(CodedError):
    """A remark: some decisions are in the database and not yet in the index, and another process is writing."""

    code = "library.index_behind"
    message_ru = "В индекс ещё не попали последние изменения библиотеки (решений: {decisions}): каталог данных занят."
    message_en = "The index lacks the latest changes of the library ({decisions} decisions): the directory is owned."
    remedy_ru = "Повторите запрос, когда другой процесс закончит."
    remedy_en = "Ask again when the other process has ended."
