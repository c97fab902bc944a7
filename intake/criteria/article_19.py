"""Art. 19 part 1: what stands in the way of an examination. "met" means that no such obstacle was found."""

from __future__ import annotations

from intake.criteria.inquiry import (
    EarlierCase,
    Finding,
    Inquiry,
    absence,
    day,
    item_quotes,
    met,
    needs_person,
    not_met,
)
from intake.evidence import Evidence, Quote, Record
from intake.facts import Sign
from text.normalise import fold


def court(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art19.1.3: a court has or had the dispute; a bare mention of a court is a person's to judge."""
    facts = inquiry.facts
    acts, mentions = facts.signs_of("court_act"), facts.signs_of("court_mention")
    if acts:
        return (not_met(f"Спор между теми же сторонами был в суде: {_details(acts)}.",
                        [*_quotes(acts), *item_quotes(facts.claims)]),)  # fmt: skip
    if mentions:
        reason = f"О суде сказано: {_details(mentions)}. Есть ли дело и о том же ли оно, решает человек."
        return (needs_person(reason, _quotes(mentions)),)
    harmless = facts.signs_of("court_elsewhere")
    if harmless:
        reason = f"Дела об этом споре в суде нет: {_details(harmless)}."
        return (met(reason, [*_quotes(harmless), *absence(facts, "судебный акт, иск, упоминание суда")]),)
    return (met("Следов судебного дела в документах нет.", absence(facts, "судебный акт, иск, упоминание суда")),)


def earlier_decision(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art19.1.5: the same subject decided before → not met; another subject of the same event → a person."""
    facts = inquiry.facts
    same, partial = facts.signs_of("earlier_decision_same"), facts.signs_of("earlier_decision_partial")
    records = [(_likeness(inquiry, case), case) for case in inquiry.earlier]
    strong = [case for likeness, case in records if likeness == 2]
    weak = [case for likeness, case in records if likeness == 1]
    if same or strong:
        told = "; ".join([*(sign.detail for sign in same), *(_told(case) for case in strong)])
        shown = [*_quotes(same), *(_record(case) for case in strong), *item_quotes(facts.claims)]
        return (not_met(f"По этому спору уже есть решение финансового уполномоченного: {told}.", shown),)
    if partial or weak:
        told = "; ".join([*(sign.detail for sign in partial), *(_told(case) for case in weak)])
        shown = [*_quotes(partial), *(_record(case) for case in weak), *item_quotes(facts.claims)]
        return (
            needs_person(f"Есть другое обращение по тем же событиям: {told}. Тот же ли спор, решает человек.", shown),
        )
    return (
        met(
            "Прежних решений финансового уполномоченного по этому спору не найдено.",
            absence(facts, "решение финансового уполномоченного, соглашение"),
        ),
    )


def _likeness(inquiry: Inquiry, case: EarlierCase) -> int:
    """2: same organisation and contract (or vehicle), same event and demand; 1: same contract or vehicle; 0: none."""
    facts = inquiry.facts
    inn = facts.org_inn.value if facts.org_inn is not None else None
    if facts.organisation is not None and facts.organisation.resolution == "found":
        inn = facts.organisation.matches[0].organisation.inn
    if inn is None or inn != case.org_inn:
        return 0
    contract = facts.contract_number.value if facts.contract_number is not None else None
    vin = facts.vin.value if facts.vin is not None else None
    same_contract = contract is not None and case.contract_number is not None and _same(contract, case.contract_number)
    same_vehicle = vin is not None and case.vin is not None and _same(vin, case.vin)
    if not (same_contract or same_vehicle):
        return 0
    breach = facts.breach_date.value if facts.breach_date is not None else None
    items = {fold(item.item) for item in facts.claims}
    if breach is not None and breach == case.breach_date and items & {fold(item) for item in case.items}:
        return 2
    return 1


def _same(first: str, second: str) -> bool:
    return "".join(filter(str.isalnum, fold(first))) == "".join(filter(str.isalnum, fold(second)))


def _told(case: EarlierCase) -> str:
    when = f"решено {day(case.decided)}" if case.decided is not None else "ещё рассматривается"
    return f"дело {case.number}, {when}, {case.outcome}"


def _record(case: EarlierCase) -> Record:
    as_of = case.decided or case.breach_date
    if as_of is None:
        raise ValueError("an earlier case bears a date")
    return Record(source="Прежние обращения", key=case.number, as_of=as_of, text=_told(case))


def licence(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art19.1.6: the licence was revoked by the day of filing, by the registry or by a paper."""
    facts = inquiry.facts
    signs = facts.signs_of("licence_revoked")
    resolved = facts.organisation
    if resolved is not None and resolved.resolution == "found" and inquiry.registry_as_of is not None:
        organisation = resolved.matches[0].organisation
        revoked = organisation.licence_revoked
        record = Record(
            source="Реестр организаций",
            key=organisation.inn,
            as_of=inquiry.registry_as_of,
            text=f"{organisation.name}: лицензия отозвана {day(revoked)}" if revoked is not None
            else f"{organisation.name}: отзыв лицензии не отмечен",
        )  # fmt: skip
        if revoked is not None and revoked <= inquiry.filed:
            also = f" Об этом же: {_details(signs)}." if signs else ""
            return (
                not_met(
                    f"По реестру лицензия {organisation.name} отозвана {day(revoked)}, "
                    f"обращение подано {day(inquiry.filed)}.{also}",
                    [record, *_quotes(signs)],
                    f"{day(revoked)} ≤ {day(inquiry.filed)}",
                ),
            )
        if signs:
            reason = f"В документах сказано, что лицензия отозвана ({_details(signs)}), по реестру — нет."
            return (needs_person(reason, [record, *_quotes(signs)]),)
        later = f" (отозвана позже, {day(revoked)})" if revoked is not None else ""
        return (met(f"На {day(inquiry.filed)} лицензия {organisation.name} действовала{later}.", [record]),)
    if signs:
        return (needs_person(f"В документах сказано, что лицензия отозвана: {_details(signs)}.", _quotes(signs)),)
    if resolved is not None and resolved.resolution == "ambiguous":
        revoked_ones = [
            match.organisation.name
            for match in resolved.matches
            if match.organisation.licence_revoked is not None and match.organisation.licence_revoked <= inquiry.filed
        ]
        if revoked_ones:
            names = ", ".join(revoked_ones)
            return (needs_person(f"Если требование предъявлено к {names}: её лицензия отозвана.", absence(facts)),)
        return (met("Ни у одной из подходящих организаций отзыв лицензии по документам не виден.", absence(facts)),)
    return (met("Сведений об отзыве лицензии нет: организация не из реестра.", absence(facts, "отзыв лицензии")),)


def insolvency(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art19.1.7: the subject is an insolvency → not met; the applicant is merely bankrupt → a person."""
    facts = inquiry.facts
    subject, person = facts.signs_of("bankruptcy_subject"), facts.signs_of("bankruptcy_person")
    register = [item for item in facts.claims if item.kind == "bankruptcy_register"]
    if subject or register:
        told = _details(subject) or ", ".join(item.item for item in register)
        shown = [*item_quotes(register), *_quotes(subject)]
        return (not_met(f"Требование относится к делу о банкротстве: {told}.", shown),)
    if person:
        reason = f"Заявитель в процедуре банкротства: {_details(person)}. О ней ли спор, решает человек."
        return (needs_person(reason, _quotes(person)),)
    return (met("Следов банкротства в документах нет.", absence(facts, "банкротство")),)


def moral_harm(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art19.1.8: moral harm and lost profit are not examined; beside other items only they drop."""
    facts = inquiry.facts
    dropped = [item for item in facts.claims if item.kind in ("moral_harm", "lost_profit")]
    if not dropped:
        return (
            met("Моральный вред и упущенная выгода не заявлены.", absence(facts, "моральный вред, упущенная выгода")),
        )
    sole = len(dropped) == len(facts.claims)
    if sole:
        names = ", ".join(item.item for item in dropped)
        return (
            not_met(f"Единственное требование — {names}: уполномоченный его не рассматривает.", item_quotes(dropped)),
        )
    rest = ", ".join(item.item for item in facts.claims if item not in dropped)
    return tuple(
        not_met(
            f"«{item.item}» не рассматривается, отпадает только эта позиция; остаётся: {rest}.",
            item.quotes[:1],
            item=item.item,
        )
        for item in dropped
    )


def _details(signs: tuple[Sign, ...]) -> str:
    return "; ".join(dict.fromkeys(sign.detail for sign in signs))


def _quotes(signs: tuple[Sign, ...]) -> list[Evidence]:
    quotes: list[Quote] = [quote for sign in signs for quote in sign.quotes]
    return [*quotes]
