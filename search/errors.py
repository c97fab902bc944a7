"""Every coded error of search: what was asked wrongly, and what is wrong with an index.

SearchError
├── QueryError: the caller's mistake — UnknownFilterValue, DatesReversed, AmountsReversed, CursorInvalid, TopInvalid,
│               DecisionAbsent
└── IndexStateError — IndexAbsent, IndexDamaged, IndexMismatch, IndexReadOnly
"""

from __future__ import annotations

from text.errors import CodedError


class SearchError(CodedError):
    """Anything search has to say."""


class QueryError(SearchError):
    """The question cannot be answered as it was asked."""


class IndexStateError(SearchError):
    """The index cannot be used as it is."""


class UnknownFilterValue(QueryError):
    code = "search.unknown_filter_value"
    message_ru = "Фильтр {filter}: значение «{value}» неизвестно."
    message_en = "Filter {filter}: the value “{value}” is not known."
    remedy_ru = "Известные значения: {known}."
    remedy_en = "Known values: {known}."


class DatesReversed(QueryError):
    code = "search.dates_reversed"
    message_ru = "Начало периода ({date_from}) позже его конца ({date_to})."
    message_en = "The period begins ({date_from}) after it ends ({date_to})."
    remedy_ru = "Поменяйте даты местами."
    remedy_en = "Swap the dates."


class AmountsReversed(QueryError):
    code = "search.amounts_reversed"
    message_ru = "Нижняя граница суммы ({amount_min}) выше верхней ({amount_max})."
    message_en = "The lower bound of the amount ({amount_min}) is above the upper one ({amount_max})."
    remedy_ru = "Укажите границы как МЕНЬШЕ..БОЛЬШЕ, в рублях."
    remedy_en = "Give the bounds as LESS..MORE, in roubles."


class CursorInvalid(QueryError):
    code = "search.cursor_invalid"
    message_ru = "Курсор не относится к этому запросу или повреждён."
    message_en = "The cursor belongs to another query or is damaged."
    remedy_ru = "Повторите запрос без курсора и берите курсор из ответа без изменений."
    remedy_en = "Ask again without a cursor, and take the cursor from the answer as it is."


class TopInvalid(QueryError):
    code = "search.top_invalid"
    message_ru = "Число ответов {top} вне пределов 1–{limit}."
    message_en = "The number of answers {top} is outside 1–{limit}."
    remedy_ru = "Укажите число от 1 до {limit}; дальше листайте курсором."
    remedy_en = "Give a number from 1 to {limit}; go on with the cursor."


class DecisionAbsent(QueryError):
    code = "search.decision_absent"
    message_ru = "Решения «{decision}» в индексе нет."
    message_en = "The index holds no decision “{decision}”."
    remedy_ru = "Проверьте идентификатор решения."
    remedy_en = "Check the decision's id."


class IndexAbsent(IndexStateError):
    code = "search.index_absent"
    message_ru = "Поискового индекса ещё нет."
    message_en = "There is no search index yet."
    remedy_ru = "Постройте его: kazus library reindex."
    remedy_en = "Build it: kazus library reindex."


class IndexDamaged(IndexStateError):
    code = "search.index_damaged"
    message_ru = "Поисковый индекс повреждён: {what}."
    message_en = "The search index is damaged: {what}."
    remedy_ru = "Постройте его заново из базы решений: kazus library reindex."
    remedy_en = "Build it anew from the stored decisions: kazus library reindex."


class IndexMismatch(IndexStateError):
    code = "search.index_mismatch"
    message_ru = "Индекс построен иначе, чем нужно сейчас: {what} {found}, ожидалось {expected}."
    message_en = "The index was built otherwise than needed now: {what} is {found}, expected {expected}."
    remedy_ru = "Постройте его заново: kazus library reindex."
    remedy_en = "Build it anew: kazus library reindex."


class IndexReadOnly(IndexStateError):
    code = "search.index_read_only"
    message_ru = "Индекс открыт только для чтения."
    message_en = "The index is open for reading only."
    remedy_ru = "Откройте его для записи: писать может один процесс."
    remedy_en = "Open it for writing: one process may write."


class RankerInvalid(SearchError):
    code = "search.ranker_invalid"
    message_ru = "Модель ранжирования не читается: {what}."
    message_en = "The ranking model cannot be read: {what}."
    remedy_ru = "Переустановите Kazus или обучите её заново: python -m benchmarks.search_train."
    remedy_en = "Reinstall Kazus or train it anew: python -m benchmarks.search_train."
