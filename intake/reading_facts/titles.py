"""Where a paper says what it is: the line a person looks at to see that the paper is there."""

from __future__ import annotations

from intake.evidence import Quote
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

TITLES: dict[str, tuple[str, ...]] = {
    "APPEAL_FU": ("обращение", "заявление", "жалоба"),
    "CLAIM_FO": ("претензия", "заявление претензия", "претензи*", "досудебн*"),
    "CLAIM_STD": ("стандартн* форм*",),
    "INITIAL_APP": ("заявление о", "заявление об", "уведомляю об отказе", "заявление"),
    "SEND_PROOF": (
        "опись вложения",
        "уведомление о вручении",
        "тема автоответ",
        "subject",
        "тема",
        "кассовый чек",
        "обращение принято",
        "почта россии",
    ),
    "POLICY_OSAGO": ("страховой полис", "полис"),
    "CONTRACT_INS": ("договор* полис* страхован*", "договор* страхован*", "полис", "памятка", "договор"),
    "CONTRACT_CREDIT": (
        "индивидуальн* условия",
        "договор* потребительск* займа|кредита",
        "договор* банковск* вклад*",
        "о присоединении к договору",
        "договор",
    ),
    "SCHEDULE": ("график платеж*",),
    "ADDON_CERT": ("сертификат",),
    "PAWN_TICKET": ("залоговый билет",),
    "NPF_CONTRACT": ("договор", "об обязательном пенсионном страховании"),
    "NPF_STATEMENT": ("сведения о состоянии", "выписка"),
    "BANK_STMT": ("выписка по счет*", "выписка"),
    "RECEIPT": ("платежное поручение", "квитанция", "кассовому ордеру", "чек"),
    "REPAY_CERT": ("справка",),
    "POA": ("доверенность",),
    "CESSION": ("договор уступки", "договор цессии", "уступки права"),
    "STS": ("свидетельство о регистрации",),
    "PTS": ("паспорт транспортного средства",),
    "DKP": ("купли продажи",),
    "EXPERT": ("экспертное заключение", "заключение"),
    "INSPECTION": ("акт осмотра",),
    "MEDICAL": ("эпикриз", "выписной", "справка"),
    "COURT_ACT": ("именем российской федерации", "решение", "определение"),
    "POLICE": ("талон уведомление", "постановление"),
    "RESTORE_PET": ("о восстановлении", "ходатайство"),
    "SNILS": ("уведомление о регистрации", "страховой номер"),
    "GUARDIAN": ("свидетельство о рождении", "акт опеки"),
    "OTHER": (),
}
_HEAD = 700


def title_span(sheet: Sheet, type_: str | None = None) -> Span | None:
    """The line with the title of the paper, from its words on to the end of the line."""
    for cue in TITLES.get(type_ or sheet.type, ()):
        found = sheet.words.first((cue,), 0, min(len(sheet.folded), _HEAD) if type_ is None else None, gap=1)
        if found is not None:
            line_end = sheet.sentences.line(found.start).end
            return Span(found.start, min(max(found.end, line_end), found.start + 90))
    return None


def title_quotes(sheet: Sheet) -> tuple[Quote, ...]:
    """The title line; when none is recognised, the first line of the paper."""
    span = title_span(sheet)
    if span is None:
        first = sheet.sentences.line(0)
        span = first if first.end > first.start else None
    return sheet.quotes(span)
