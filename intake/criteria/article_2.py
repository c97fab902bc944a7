"""Art. 2: the applicant is a consumer, or took over a consumer's claim."""

from __future__ import annotations

from intake.criteria.inquiry import Finding, Inquiry, best, elsewhere, met, missing, needs_person, not_met


def consumer(inquiry: Inquiry) -> tuple[Finding, ...]:
    """art2.2.consumer: a natural person and not for business. Signs of business leave it to a person."""
    facts = inquiry.facts
    applicant = facts.applicant_type
    name = (*best(facts.applicant_name), *elsewhere(facts.applicant_name))
    own_right = facts.signs_of("business_own_right")
    business = facts.signs_of("business_use")
    shown = [*name, *(quote for sign in (*own_right, *business) for quote in sign.quotes)]
    if applicant is None:
        return (missing(inquiry, "Не установлено, кто заявитель: гражданин, предприниматель или организация.", shown),)
    shown += list(applicant.quotes)
    if applicant.value == "assignee":
        if own_right:
            signs = "; ".join(sign.detail for sign in own_right)
            return (not_met(f"Право требования уступлено не потребителем: {signs}.", shown),)
        if not facts.papers_of("CESSION"):
            return (missing(inquiry, "Договора уступки в пакете нет: неизвестно, был ли потребителем цедент.", shown),)
        if business:
            signs = "; ".join(sign.detail for sign in business)
            return (needs_person(f"Был ли уступивший право потребителем, решает человек: {signs}.", shown),)
        return (met("Право требования получено по уступке от гражданина-потребителя.", shown),)
    if applicant.value in ("entrepreneur", "organisation"):
        who = "индивидуальный предприниматель" if applicant.value == "entrepreneur" else "организация"
        signs = "; ".join(sign.detail for sign in (*own_right, *business))
        return (not_met(f"Заявитель — {who}, а не потребитель{f': {signs}' if signs else ''}.", shown),)
    if own_right or business:
        signs = "; ".join(sign.detail for sign in (*own_right, *business))
        return (needs_person(f"Заявитель — гражданин, но есть признаки предпринимательства: {signs}.", shown),)
    return (met("Заявитель — гражданин, признаков предпринимательской цели в документах нет.", shown),)
