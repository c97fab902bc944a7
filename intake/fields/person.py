"""Who is who: the applicant (main party), a representative; birth date is with the dates, here place and papers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.fields.field import Found, Paper
from text.values.names import NameValue

_APPLICANT = re.compile(
    r"(?<![а-я])(?:заявитель\S*(?: \(лицо[^)]*\))?|потребитель|потерпевш\S+|страхователь\S*|застрахованн\S+(?: лицо)?|"
    r"собственник\S*|"
    r"клиент\S*|заемщик\S*|пайщик\S*|вкладчик\S*|цедент\S*|владелец\S*|держатель|плательщик|получатель|покупатель|"
    r"от кого|отправитель|заказчик|принципал|доверитель|пациент\S*|взнос\S* от|принято от|истец|должник|"
    r"фио|ф\.? ?и\.? ?о\.?(?: заявителя)?|фамилия,? имя,? отчество|гражданин\S*|гражданк\S+|гр\.|"
    r"(?:выдан\S*|дана)(?: клиенту)?|в отношении|по обращению|рассмотрев обращение|работник|участник\S*|"
    r"водитель \S{1,3}|"
    r"кто сдал|кому|наследодател\S+|застрахованный|уважаем\S+|пишет вам|я)[\s:|,.\"()\d\-]*(?:\d\.\s?)?(?:имя|"
    r"фио|тс)?[\s:|,\"(]*$"
)
_FROM = re.compile(r"(?:^|\n)\s*(?:о ?т|ot|oт)[\s:]+(?:ип\s+|пайщи\S+\s+|гр\S*\s+)?$")
_STAFF = re.compile(
    r"(?<![а-я])(?:директор\S*|начальник\S*|руководител\S+|специалист\S*|менеджер\S*|судь\S+|судья|инспектор\S*|"
    r"нотариус\S*|следовател\S+|"
    r"эксперт\S*(?:-техник\S*)?|оценщик\S*|агент\S*|бухгалтер\S*|кассир\S*|оператор\S*|мастер\S*|приемщик\S*|"
    r"вице-президент\S*|"
    r"управляющ\S+|уполномоченн\S+ лицо|врач\S*|лейтенант\S*|капитан\S*|майор\S*|секретар\S+|товаровед\S*|"
    r"председател\S+|"
    r"проверил\S*|принял\S*|осмотр про\S+|юрист\S*|заместител\S+|заведующ\S+|отделением|представитель(?: страховщика)?|"
    r"поверенный|виновник\S*|продавец\S*|выдал\S*|подписал\S*|составил\S*|конкурсн\S+)[\s:|,.\"()]*(?:[а-я]+\s){0,3}$"
)
_REPRESENTATIVE = re.compile(
    r"(?<![а-я])(?:представител\S+(?: по доверенности| по доверен\S*)?|поверенн\S+|уполномочив\S+|"
    r"доверя\S+(?: \S+){0,2}|"
    r"довереваю|"
    r"опекун\S*|мать|законный представитель|в лице(?: \S+){0,3}|выдано|действу\S+ (?:по|"
    r"на основании) доверенн\S+)[\s:|,.\"(]*(?:гр\S*\s)?$"
)
_STRAY = " ,.:;\"'°*~_-"
_TRADER = re.compile(r"(?<![А-Яа-яЁё])ИП\s{1,2}\Z")
_BIRTH_PLACE = re.compile(
    r"(?:дата и место рожд[а-я]*[^а-я]{0,22}|место р[о0]жд[а-я]*\.?|мест[оа] рождения|урожен[а-я]+|родил(?:ся|"
    r"ась)(?: \"?\d{1,2}\S*(?: [а-я]{3,8} \d{4})?(?: ?(?:г\.|года))?)?"
    r"(?:\s*в)?)[\s:|,]{0,4}(?:в\s)?(?P<place>(?!г\.? ?рожд)(?:(?:г(?:ор)?|с|пос|пгт|дер|д|ст-?ца|ст|х|р\.? ?п|"
    r"аул|село|город|"
    r"деревня|поселок|станица)\.?\s)?[а-я][^\n;|]{2,90})"
)
_PLACE_AFTER_BIRTH = re.compile(
    r"(?:г\. ?р\.?|года? рождения|\d{2}\.\d{2}\.(?:19|20)\d\d),?\s+\(?(?P<place>(?!г\. ?р\b|"
    r"г\.? ?рожд)(?:г(?:ор)?\.|с\.|пос\.|пгт|"
    r"дер\.|ст\.|ст-ца|х\.|р\.п\.|село|город)\s?[а-я][^\n;|,]{2,60})"
)
_PLACE_ENDS = re.compile(
    r"\s(?:г|ул|пр|пр-кт)\.\s|[;|()\n]|"
    r"(?<!дер)(?<!пос)(?<!\bг)(?<!\bс)(?<!\bст)(?<!\bд)(?<!\bх)(?<!гор)(?<!обл)(?<!респ)\.\s(?=[а-я]{4,})|"
    r",?\s(?:жив[уе]|прож|адрес|тел|зарегистр|паспорт|место|проживающ|гражданк|гражданин|мать|отец|т\.|дата|"
    r"снилс|инн|эл\.|почта|e-?mail|моб|о том|я |на\s)|,\s*\d{6}|\s\d{6},|\s\S+@|\+7|,?\s(?:\d\d\.){2}\d{4}|,\s(?:г\.|"
    r"ул\.|пр\.)(?=.*(?:ул|пр|д\.|кв))"
)


def find_person_fields(paper: Paper) -> Iterator[Found]:
    """Applicant and representative by the words before their names; place of birth, passport, СНИЛС, a person's ИНН."""
    yield from _names(paper)
    yield from _birth_places(paper)
    for item in paper.identifiers:
        if item.kind == "passport" and _is_vehicle_paper(paper, item.start, item.labelled):
            continue
        if item.kind == "passport_code" and not item.labelled and paper.type not in ("PASSPORT", "OTHER"):
            continue
        if item.kind in ("passport", "passport_code", "snils") or (item.kind == "inn" and len(item.value) == 12):
            yield Found(
                name=item.kind,
                start=item.start,
                end=item.end,
                value=item.value,
                strength=0.9 if item.labelled else 0.7,
                check=item.check,
                repaired=item.repaired,
            )


def _is_vehicle_paper(paper: Paper, start: int, labelled: bool) -> bool:
    if paper.type in ("STS", "PTS"):
        return True
    before = paper.before(start, 60)
    return not labelled and bool(re.search(r"стс|птс|тс\b|регистрации|удостоверени|\bву\b|права", before))


def _names(paper: Paper) -> Iterator[Found]:
    names = paper.names
    labelled = False
    rest: list[NameValue] = []
    for item in names:
        before = paper.before(item.start, 70)
        own_line = paper.line_before(item.start)
        if _REPRESENTATIVE.search(before):
            yield _person("representative_name", paper, item, 0.85)
            continue
        if _FROM.search(paper.folded[: item.start][-30:]) or _APPLICANT.search(before):
            labelled = True
            yield _person("applicant_name", paper, item, 0.95 if item.form == "full" else 0.8)
            continue
        if _STAFF.search(before) or _STAFF.search(own_line):
            continue
        rest.append(item)
    for position, item in enumerate(rest):
        # without a label the first full name is the main party's; the others are named with less certainty
        first = not labelled and position == 0
        full = item.form == "full"
        alone = not paper.line_before(item.start).strip()
        strength = 0.75 if first and full else 0.6 if full and alone else 0.5 if full or alone else 0.35
        yield _person("applicant_name", paper, item, strength)


def _person(name: str, paper: Paper, item: NameValue, strength: float) -> Found:
    trader = _TRADER.search(paper.text.text, max(0, item.start - 6), item.start)
    start = trader.start() if trader else item.start
    value = f"ИП {item.value}" if trader else item.value
    return Found(name=name, start=start, end=item.end, value=value, strength=strength)


def _birth_places(paper: Paper) -> Iterator[Found]:
    for pattern, strength in ((_BIRTH_PLACE, 0.9), (_PLACE_AFTER_BIRTH, 0.7)):
        for match in pattern.finditer(paper.flowed):
            start, end = match.span("place")
            cut = _PLACE_ENDS.search(paper.flowed, start + 2, end)
            end = cut.start() if cut else end
            while end > start and paper.flowed[end - 1] in _STRAY:
                if paper.flowed[end - 1] == "." and re.search(
                    r"(?:обл|респ|р-на|гор|край)\.$", paper.flowed[start:end]
                ):
                    break
                end -= 1
            if end - start < 3 or not re.search(r"[а-я]{3}", paper.flowed[start:end]):
                continue
            yield Found(
                name="birth_place",
                start=start,
                end=end,
                value=paper.text.text[start:end].replace("\n", " "),
                strength=strength,
            )
