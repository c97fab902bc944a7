"""Where the applicant lives and how to reach them: address, telephone, e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.facts import Fact
from intake.reading_facts.birth import place_value
from intake.reading_facts.person import Applicant, bears_name, name_place
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span
from text.look_alikes import digit_view
from text.values.contacts import find_contacts

_ADDRESS_STOP = re.compile(
    r"[;|\f]|,?\s*(?:\bтел\b|\bт\.\s?[8+]|телефон|\+\s?7|\b8[ (-]{1,2}\d{3}[ )-]|моб|сотов|связь|e-mail|эл\.?\s?поч"
    r"|электронн|@|инн\b|снилс|паспорт|финансов|страховщик|банк\b|организац|договор|на ооо|на ао|на пао)"
    r"|\n(?=\s*[а-я-]+(?:\s[а-я,-]+){0,4}\s?[:|])|\n(?=\s*\d{1,2}\s?[.)]\s)"
)
_LAST_NUMBER = re.compile(
    r"(?:\b(?:д|дом|кв|корп|к|стр|оф|офис|ком|литер)\.?\s?\d+[а-я]?(?:/\d+)?|(?<!\d)\d{1,4}[а-я]?(?:-\d{1,4})*)(?=[\s,.;|)]|\Z)"
)
_POSTCODE = re.compile(r"(?<![\d-])[1-6]\d{5}(?=[,.\s])")


def read_address(main: Sheet, applicant: Applicant, sheets: Sequence[Sheet]) -> Fact[str] | None:
    """The applicant's address: the first postcode after the name, else what stands after «адрес», «проживаю»."""
    for start in _postcodes(main, applicant.at):
        span = _address(main, start)
        if span is not None and not _is_organisations(main, span, applicant):
            return _address_fact(main, span)
        if main.folded[applicant.at : start].count("\n") > 12:
            break
    labelled = main.words.first(
        ("адрес регистрации", "адрес", "место жительства", "прож*", "живу", "зарегистрирован*"), applicant.at
    )
    if labelled is not None:
        begin = re.match(r"(?:[\s:,|]|регистрации|он же|для писем|в\b|по адресу)*", main.folded[labelled.end :])
        span = _address(main, labelled.end + (begin.end() if begin else 0))
        if span is not None:
            return _address_fact(main, span)
    for sheet in sheets:
        if sheet is main or sheet.type not in ("REPLY_FO", "CLAIM_FO", "CLAIM_STD") or not bears_name(sheet, applicant):
            continue
        at = name_place(sheet, applicant)
        for start in _postcodes(sheet, at):
            span = _address(sheet, start) if start <= at + 120 else None
            if span is not None:
                return _address_fact(sheet, span)
    return None


def _postcodes(sheet: Sheet, at: int) -> list[int]:
    return [match.start() for match in _POSTCODE.finditer(digit_view(sheet.flat), at)]


def _address_fact(sheet: Sheet, span: Span) -> Fact[str]:
    return Fact(value=place_value(sheet.text.text[span.start : span.end]), quotes=sheet.quotes(span))


def _address(sheet: Sheet, start: int) -> Span | None:
    stop = _ADDRESS_STOP.search(sheet.folded, start + 6)
    limit = min(stop.start() if stop else len(sheet.folded), start + 170)
    end = last_number(sheet, start, limit, skipped=6)
    return Span(start, end) if end is not None else None


def last_number(sheet: Sheet, start: int, limit: int, skipped: int = 0) -> int | None:
    """Where the numbers of a house, a building, a flat end in text[start:limit], none within the first `skipped`
    characters (a postcode); None where there is none."""
    window = sheet.flat_folded[start:limit]
    numbers = [m for m in _LAST_NUMBER.finditer(window) if m.start() > skipped]
    if not numbers:
        return None
    end = numbers[0].end()
    for match in numbers[1:]:
        if len(window[end : match.start()].split()) > 4:
            break
        end = match.end()
    return start + end


def _is_organisations(main: Sheet, span: Span, applicant: Applicant) -> bool:
    """An address right after the name of an organisation (or of the ombudsman) is not the applicant's."""
    before = main.folded[max(applicant.at, span.start - 60) : span.start]
    if applicant.person is None:
        return False
    return bool(re.search(r"(?:уполномоченн|\"[^\"а-я]*,?\s*\Z|инн\s*\d{8,12}\W*\Z)", before)) and not re.search(
        r"адрес|прож|жив|зарегистр|почта", before
    )


def read_contacts(
    main: Sheet, applicant: Applicant, sheets: Sequence[Sheet]
) -> tuple[Fact[str] | None, Fact[str] | None]:
    """Telephone and e-mail of the letter; those of the organisation stand after its name and are left out."""
    phone = email = None
    for item in find_contacts(main.text.text):
        if item.kind == "phone" and main.words.has(("паспорт",), max(0, item.start - 12), item.start):
            continue
        if item.kind == "phone" and phone is None:
            line = main.sentences.line(item.start)
            label = main.words.within(
                ("тел", "телефон", "т", "моб", "сотовый"), max(line.start, item.start - 16), item.start
            )
            phone = Fact(value=item.value, quotes=main.quotes(Span(label[-1].start if label else item.start, item.end)))
        if item.kind == "email" and email is None:
            email = Fact(value=item.value, quotes=main.quotes(Span(item.start, item.end)))
    if email is None:
        for sheet in sheets:
            if sheet.type in ("CLAIM_STD", "CLAIM_FO") and sheet is not main:
                for item in find_contacts(sheet.text.text):
                    beside = sheet.folded[max(0, item.start - 14) : item.start]
                    if item.kind == "email" and re.search(r"(?:от|from|контакты)\s*[:|]?\s*\Z", beside):
                        email = Fact(value=item.value, quotes=sheet.quotes(Span(item.start, item.end)))
                        break
    del applicant
    return phone, email
