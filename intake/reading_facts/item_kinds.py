"""The kinds of demand that the law names, and the words by which letters call them."""

from __future__ import annotations

from dataclasses import dataclass

from intake.facts import ClaimKind
from intake.reading_facts.sheets import Sheet
from intake.reading_facts.words import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemKind:
    """A demand as the law names it; `cues` are stems any of which names it."""

    label: str
    kind: ClaimKind
    cues: tuple[str, ...]


HARM_TO_HEALTH = "возмещение вреда жизни или здоровью"

# The order matters: the first kind one of whose cues stands in the words beside a sum is taken.
KINDS: tuple[ItemKind, ...] = (
    ItemKind(label="компенсация морального вреда", kind="moral_harm",
             cues=("моральн* вред*", "нравственн* страдан*", "моральн* ущерб*")),
    ItemKind(label="упущенная выгода", kind="lost_profit", cues=("упущенн* выгод*",)),
    ItemKind(label="штраф", kind="fine",
             cues=("штраф 50", "штраф* в размере", "штраф* за неисполнение|несоблюдение|отказ",
                   "потребительск* штраф*")),
    ItemKind(label="финансовая санкция", kind="penalty", cues=("финансов* санкц*", "финсанкц*")),
    ItemKind(label="неустойка", kind="penalty", cues=("неустойк*", "пени", "пеню", "за просрочк*")),
    ItemKind(label="проценты за пользование чужими деньгами", kind="penalty",
             cues=("чужими денежными", "чужими деньгами", "статье|ст 395", "395 стать*", "процент* за просрочк*",
                   "за пользование деньгами|средствами|моими")),
    ItemKind(label="включение в реестр требований кредиторов", kind="bankruptcy_register",
             cues=("реестр* требован*", "реестр* кредитор*", "включить меня в реестр")),
    ItemKind(label="выдача направления на ремонт", kind="repair_referral",
             cues=("направлен* на ремонт", "направлен* на восстановительн*", "организова* ремонт", "отремонтирова*",
                   "выдать направлен*")),
    ItemKind(label="признание договора незаключённым и списание долга", kind="dispute_debt",
             cues=("незаключенн*", "несуществующ*", "недействительн*", "долг* снять", "снять долг*",
                   "снять с меня", "снять начислен*", "снять то что", "отменить начислен*", "убрать начислен*",
                   "списать начислен*", "исключить начислен*", "списать долг*", "долг* списать", "аннулирова* долг*",
                   "запись удалить", "кредитн* истори*", "бюро кредитных", "в бки")),
    ItemKind(label="утрата товарной стоимости", kind="money",
             cues=("утрат* товарн*", "утс", "товарн* стоимост*", "товарн* вид*")),
    ItemKind(label="расходы на эвакуатор", kind="expense", cues=("эвакуатор*", "эвакуац*")),
    ItemKind(label="расходы на хранение", kind="expense", cues=("хранен*", "стоянк*", "автостоянк*")),
    ItemKind(label="расходы на независимую экспертизу", kind="expense",
             cues=("экспертиз*", "заключен* эксперт*", "стоимост* заключен*", "оценк*", "оценщик*", "осмотр* эксперт*",
                   "эксперт* заключен*", "эксперт*")),
    ItemKind(label="расходы на дефектовку и диагностику", kind="expense", cues=("дефектовк*", "диагностик*")),
    ItemKind(label="расходы на юриста", kind="expense",
             cues=("юрист*", "юридическ*", "представител*", "адвокат*", "составлен* претенз*", "составлен* обращен*")),
    ItemKind(label="почтовые расходы", kind="expense", cues=("почтов*", "почт* расход*", "телеграмм*", "курьер*")),
    ItemKind(label="расходы на нотариуса", kind="expense", cues=("нотариус*", "нотариальн*")),
    ItemKind(label="возврат страховой премии", kind="money",
             cues=("прем*", "страховк*", "страхов* взнос*", "плат* за страхован*")),
    ItemKind(label="утраченный инвестиционный доход", kind="money", cues=("инвестиционн* доход*", "инвестдоход*")),
    ItemKind(label="возврат платы за дополнительную услугу", kind="money",
             cues=("услуг*", "сертификат*", "карт* помощи", "пакет*", "подписк*", "независим* гарант*", "телемедицин*",
                   "смс*", "опцион*", "юрконсультац*")),
    ItemKind(label="возврат комиссии", kind="money", cues=("комисси*",)),
    ItemKind(label="возврат личных сбережений", kind="money", cues=("сбережен*", "паев*", "пай")),
    ItemKind(label="проценты", kind="money", cues=("процент*", "переплат*", "ставк*")),
    ItemKind(label="возмещение операций без добровольного согласия", kind="money",
             cues=("похищенн*", "украденн*", "списанн*", "перевод*", "мошенник*")),
    ItemKind(label=HARM_TO_HEALTH, kind="money",
             cues=("вред* здоровью|жизни", "причинени* вреда здоровью|жизни", "увечь*", "утраченн* заработ*")),
    ItemKind(label="выкупная сумма", kind="money", cues=("выкупн* сумм*",)),
    ItemKind(label="накопления", kind="money", cues=("накоплен*", "пенси*")),
    ItemKind(label="вклад", kind="money", cues=("вклад*", "депозит*")),
    ItemKind(label="стоимость заложенной вещи", kind="money", cues=("залог*", "заложенн*", "ломбард*", "билет*")),
    ItemKind(label="страховое возмещение", kind="money",
             cues=("возмещени*", "страхов* выплат*", "страхов* сумм*", "доплат*", "недоплат*", "ремонт*", "выплат*",
                   "ущерб*", "разниц*", "гибел*", "страхов*")),
)  # fmt: skip
GENERIC = "взыскание денежной суммы"
# Demands without a sum that make an item of their own.
WITHOUT_SUM: frozenset[ClaimKind] = frozenset({"repair_referral", "dispute_debt", "bankruptcy_register"})
NON_PROPERTY = ItemKind(
    label="неимущественное требование",
    kind="non_property",
    cues=(
        "провести проверку",
        "привлечь к ответственности",
        "рефинансир*",
        "реструктуриз*",
        "снизить ставку|платеж|процент*",
        "уменьшить ставку|платеж|процент*",
        "увеличить|продлить срок",
        "принять меры",
        "наказать",
        "обязать устранить",
        "исправить кредитную",
        "кредитн* каникул*",
        "льготн* период*",
        "новый график",
        "изменить график",
        "исправить запись|сведения|данные|ошибку",
        "внести исправлени*",
        "выдать справку|копию|документ*",
        "произвести осмотр",
        "провести осмотр",
    ),
)


def kind_in(sheet: Sheet, span: Span) -> ItemKind | None:
    """The kind whose cue stands in the span; of several the first of the list."""
    for kind in KINDS:
        if sheet.words.has(kind.cues, span.start, span.end, gap=1):
            return kind
    return None
