"""Whether a mention of a court tells of a case about this dispute, or only speaks of courts."""

from __future__ import annotations

import re

from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span

_COURT = ("суд", "суда", "суде", "суду", "судья", "судьи", "судом", "исковое", "иск", "иском", "мировой", "арбитражн*")
_AROUND = 70
_NOT = r"(?:не|ни|нет|никогда|никто|никуда|ничего)"
# Deeds by which a case arises; with a negation before them there is none.
_BEGUN = (r"(?:обращал|обратил|обращен|ходил|пошел|пошл|иду|шел|шл|подавал|подал|подан|подано|начинал|начат|начал"
          r"|заявлял|заявил|предъявл|передавал|судил|рассматрив|рассмотр|заводил|завел|носил|хочу|хотел)"
          r"[а-я]*")  # fmt: skip
_DENIED = re.compile(
    rf"\b{_NOT}\s(?:[а-я]+\s){{0,2}}?{_BEGUN}\b|\bни\sв\s(?:[а-я]+\s)?суд|\bбез\sсуда\b|\bдо\sсуда\s(?:[а-я]+\s)?не\b"
    r"|\bсуд[а-я]*(?:\s(?!решени|заседани|ответ|определени|результат)[а-я]+){0,5}?\sнет\b"
    r"|\bнет\s(?:[а-я]+\s){0,2}суд|\bсуд[ао]?\sне\sбыло\b"
)
_INTENDED = re.compile(
    r"\b(?:обращусь|обратимся|обратиться|пойду|пойдем|пойти|идти|идите|иди|подам|подадим|подать|подавать|буду|будем"
    r"|вправе|придется|намерен[а-я]*|собираюсь|готов[аы]?|затем\sв\sсуд|потом\sв\sсуд|через\sсуд|могу|оставляю\sза)\b"
)
_IDIOM = re.compile(r"\bсуд\sда\sдело|\bна\sнет\sи\sсуда\sнет|\bне\sсуди|\bбожий\sсуд|\bсуду\sистории")
_PRACTICE = re.compile(r"верховн[а-я]*\sсуд|конституционн[а-я]*\sсуд|\bпленум|судебн[а-я]*\sпрактик|практик[а-я]*\sсуд")
_CRIMINAL = re.compile(
    r"\bсуд[а-я]*\sнад\b|уголовн[а-я]*|\bприговор[а-я]*|\bпод\sсуд\b|суди[тл][а-я]*\s(?:вор|мошенник|виновник)"
)
_OTHER_SUBJECT = re.compile(
    r"недееспособн|\bопек|усыновл|наследств|наследник|алимент|расторжени[а-я]*\sбрака|развод|отцовств|\bлишени[а-я]*\sправ"
)
# What only a case of one's own does; it stands over any harmless word beside it unless it is itself denied.
_DONE = re.compile(
    rf"(?<!\bне\s)\b(?:обратил(?:ся|ась|ись)|обращал(?:ся|ась|ись)|подал[аи]?|подан[оа]?|носил[аи]?"
    rf"|рассматрива(?:ет(?:ся)?|л[аи]?)|рассмотрел|отказал[аи]?|удовлетворил|взыскал|вынес(?:ено|ла)?|присудил|суд\sрешил|назначен[оа]?"
    rf"|проиграл[аи]?|выиграл[аи]?|пришлось|сужусь|судимся|заседани[а-я]*|слушани[а-я]*|в\sпроизводстве"
    rf"|(?:еще|пока)(?:\s[а-я]+){{0,2}}\sнет)\b(?!\s{_NOT}\b)"
)


def court_mentions(main: Sheet) -> tuple[tuple[Span, str | None], ...]:
    """Every mention of a court with what makes it harmless («дела нет», «намерение», …); None: a person looks.

    The first mention that nothing makes harmless comes first.
    """
    told: list[tuple[Span, str | None]] = []
    for place in main.words.within(_COURT):
        if _is_name_of_a_street(main, place):
            continue
        told.append((place, _harmless(main, place)))
    return tuple(sorted(told, key=lambda item: (item[1] is not None, item[0])))


def _harmless(main: Sheet, place: Span) -> str | None:
    sentence = main.sentences.around(place.start)
    low, high = max(sentence.start, place.start - _AROUND), min(sentence.end, place.end + _AROUND)
    text = main.flat_folded
    clause = text[_clause_start(text, low, place.start) : _clause_end(text, place.end, high)]
    if _IDIOM.search(clause):
        return "оборот речи"
    if _PRACTICE.search(text[low:high]):
        return "судебная практика"
    if _CRIMINAL.search(clause):
        return "уголовное дело о других лицах"
    if _DONE.search(clause):
        return None
    if _DENIED.search(clause):
        return "так сказано в обращении"
    if _INTENDED.search(clause):
        return "намерение или совет обратиться в суд"
    if _OTHER_SUBJECT.search(text[low:high]):
        return "дело о другом предмете"
    return None


def _clause_start(text: str, low: int, at: int) -> int:
    """«советовала идти в суд, но наследства нет»: a contrast or a semicolon parts what is told of the court."""
    found = list(re.finditer(r"[;:]|,\s(?:но|а|зато|хотя|однако)\s", text[low:at]))
    return low + found[-1].end() if found else low


def _clause_end(text: str, at: int, high: int) -> int:
    found = re.search(r"[;]|,\s(?:но|а|зато|хотя|однако)\s", text[at:high])
    return at + found.start() if found else high


def _is_name_of_a_street(main: Sheet, place: Span) -> bool:
    return re.search(r"(?:\bул|улиц[аеы]|\bпер|переул[а-я]+)\W*\Z", main.flat_folded[: place.start][-14:]) is not None


def is_of_another_subject(act: Sheet) -> bool:
    """A judicial act about persons and families («признать недееспособным») or a crime, with no money asked for."""
    head = act.flat_folded[:1500]
    asks_money = re.search(r"о взыскании|взыскать", head) is not None
    return not asks_money and (_OTHER_SUBJECT.search(head) is not None or _CRIMINAL.search(head) is not None)
