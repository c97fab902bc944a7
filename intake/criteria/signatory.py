"""Who signed the appeal: the applicant, somebody for them, or nobody."""

from __future__ import annotations

from intake.criteria.inquiry import Finding, Inquiry, absence, best, distinct, met, needs_person
from intake.evidence import Evidence
from intake.law.periods import same_day_of_year


def right_person(inquiry: Inquiry) -> tuple[Finding, ...]:
    """status.rep: own signature → met; a proxy, a relative, a minor or nobody's signature is a person's to judge."""
    facts = inquiry.facts
    name = best(facts.applicant_name)
    signature = best(facts.signature)
    appeal = facts.appeal
    others = facts.signs_of("representative", "minor")
    if others:
        signs = "; ".join(sign.detail for sign in others)
        quotes = [*(quote for sign in others for quote in sign.quotes), *name]
        return (
            needs_person(f"Обращение подписано не самим заявителем: {signs}. Полномочия проверяет человек.", quotes),
        )
    if _is_minor(inquiry):
        return (
            needs_person(
                "Заявитель несовершеннолетний: кто вправе за него подписать, проверяет человек.",
                [*best(facts.birth_date), *name, *signature],
            ),
        )
    if facts.applicant_type is not None and facts.applicant_type.value == "representative":
        return (
            needs_person(
                "Обращение подано представителем: его полномочия проверяет человек.",
                [*facts.applicant_type.quotes, *signature, *name],
            ),
        )
    if appeal is None:
        return (needs_person("Обращения в пакете нет: кто его подписал, сказать нельзя.", absence(facts)),)
    signed = appeal.paper.signed
    place: list[Evidence] = [*(signature or appeal.paper.signature_quotes[:1])]
    if signed == "unknown" and inquiry.channel == "paper":
        return (
            Finding(
                result="cannot_tell",
                cause="needs_person" if appeal.paper.readable else "unreadable",
                reason=(
                    "Подпись под обращением не найдена: кто его подал, выясняет человек."
                    if appeal.paper.readable
                    else "Место подписи в обращении не читается: подписано ли оно, сказать нельзя."
                ),
                evidence=distinct([*place, *name]),
            ),
        )
    if signed in ("empty_line", "unsigned") and inquiry.channel == "paper":
        how = "стоит пустая строка для подписи" if signed == "empty_line" else "подписи нет"
        shown: list[Evidence] = place or [*absence(facts, "подпись заявителя под обращением")]
        return (needs_person(f"Под обращением {how}: кто его подал, выясняет человек.", shown),)
    how = "электронной подписью" if signed == "electronic" or inquiry.channel == "electronic" else "собственноручно"
    return (met(f"Обращение подписано заявителем {how}.", [*name, *place]),)


def _is_minor(inquiry: Inquiry) -> bool:
    birth = inquiry.facts.birth_date
    majority = inquiry.law.term("majority", inquiry.filed)
    if birth is None or majority is None:
        return False
    return same_day_of_year(birth.value, birth.value.year + majority.length) > inquiry.filed
