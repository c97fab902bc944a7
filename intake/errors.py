"""Coded errors of the intake room."""

from __future__ import annotations

from text.errors import CodedError, ErrorNote


class RegistryNotText(CodedError):
    """The registry file is neither UTF-8 nor Windows-1251 text."""

    code = "intake.registry_not_text"
    message_ru = "Файл реестра не читается как текст (ни UTF-8, ни Windows-1251)."
    message_en = "The registry file cannot be read as text (neither UTF-8 nor Windows-1251)."
    remedy_ru = "Сохраните реестр как CSV в кодировке UTF-8 с разделителем «;»."
    remedy_en = "Save the registry as CSV in UTF-8 with “;” between the columns."


class RegistryColumnsMissing(CodedError):
    """The first line does not name every column. Parameter: `columns`."""

    code = "intake.registry_columns_missing"
    message_ru = "В первой строке реестра нет столбцов: {columns}."
    message_en = "The first line of the registry lacks the columns: {columns}."
    remedy_ru = "Назовите в первой строке все столбцы через «;», порядок любой."
    remedy_en = "Name every column in the first line, separated by “;”, in any order."


class RegistryValueInvalid(CodedError):
    """One value of one line cannot be taken. Parameters: `line` (from 1), `column`, `value`."""

    code = "intake.registry_value_invalid"
    message_ru = "Строка {line}: в столбце «{column}» недопустимое значение «{value}»."
    message_en = "Line {line}: the column “{column}” holds an invalid value “{value}”."
    remedy_ru = "Исправьте значение: ИНН и ОГРН проверяются по контрольным цифрам, даты пишутся как ГГГГ-ММ-ДД."
    remedy_en = "Correct the value: INN and OGRN are checked by their check digits, dates are written YYYY-MM-DD."


class RegistryColumnsUneven(CodedError):
    """A line has more or fewer values than there are columns. Parameters: `line`, `found`, `expected`."""

    code = "intake.registry_columns_uneven"
    message_ru = "Строка {line}: значений {found}, а столбцов {expected}."
    message_en = "Line {line}: {found} values for {expected} columns."
    remedy_ru = "Проверьте, нет ли лишнего или пропущенного «;» и закрыты ли кавычки."
    remedy_en = "Look for an extra or a missing “;” and for unclosed quotes."


class RegistryDuplicate(CodedError):
    """An ИНН stands in two lines. Parameters: `line`, `inn`, `first_line`."""

    code = "intake.registry_duplicate"
    message_ru = "Строка {line}: ИНН {inn} уже стоит в строке {first_line}."
    message_en = "Line {line}: INN {inn} already stands in line {first_line}."
    remedy_ru = "Оставьте одну строку на организацию."
    remedy_en = "Keep one line for each organisation."


class RegistryRejected(CodedError):
    """The registry is not taken; `problems` are all of them, by line. Parameters: `count`, `first`."""

    code = "intake.registry_rejected"
    message_ru = "Реестр не принят, ошибок: {count}. Первая: {first}"
    message_en = "The registry was not taken; errors: {count}. The first: {first}"
    remedy_ru = "Исправьте перечисленные строки и загрузите файл снова: реестр принимается только целиком."
    remedy_en = "Correct the lines listed and import the file again: a registry is taken only as a whole."

    def __init__(self, problems: tuple[ErrorNote, ...] = (), **parameters: object) -> None:
        super().__init__(**parameters)
        self.problems = problems


class FactUnknown(CodedError):
    """An override names a fact that does not exist. Parameter: `name`."""

    code = "intake.fact_unknown"
    message_ru = "Нет факта с именем «{name}»."
    message_en = "There is no fact named “{name}”."
    remedy_ru = "Имена фактов перечислены в отчёте, в разделе «facts»."
    remedy_en = "The names of facts are listed in the report, under “facts”."


class FactValueInvalid(CodedError):
    """An override gives a fact a value that cannot be read. Parameters: `name`, `value`."""

    code = "intake.fact_value_invalid"
    message_ru = "Значение «{value}» не подходит факту «{name}»."
    message_en = "The value “{value}” does not suit the fact “{name}”."
    remedy_ru = "Даты пишутся как ГГГГ-ММ-ДД, суммы — как 299400.00, перечисления — их кодами."
    remedy_en = "Write dates as YYYY-MM-DD, sums as 299400.00, enumerations by their codes."


class CriterionUnknown(CodedError):
    """An override names a criterion that the report does not judge. Parameter: `criterion`."""

    code = "intake.criterion_unknown"
    message_ru = "В отчёте нет критерия «{criterion}»."
    message_en = "The report has no criterion “{criterion}”."
    remedy_ru = "Идентификаторы критериев печатает команда `kazus criteria`."
    remedy_en = "`kazus criteria` prints the ids of the criteria."


class CalendarYearMissing(CodedError):
    """A date falls in a year whose working calendar is not in the data. Parameters: `year`, `first`, `last`."""

    code = "intake.calendar_year_missing"
    message_ru = "Нет производственного календаря на {year} год (есть {first}–{last})."
    message_en = "There is no working calendar for {year} (there are {first}–{last})."
    remedy_ru = "Добавьте файл года в intake/law/calendar с номером постановления о переносе выходных."
    remedy_en = "Add the year's file to intake/law/calendar with the number of the decree on transfers."
