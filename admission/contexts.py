"""The plain data that the documents of an admission speak of (the schemas stand in `papers.py`)."""

from accounts.roles import ROLES
from documents.wording import SENDING, in_dutch
from lifecycle import clock, timelimits
from partners.addresses import addressee_data


def _letter(application, decided_by):
    return {
        "addressee": addressee_data(application.participant),
        "sending": SENDING,
        "call": call_data(application.call),
        "version": application.conditions_version.number,
        "applied_on": clock.local_date(application.submitted_at),
        "decided_on": clock.local_date(application.decided_at),
        "signatory": signatory(decided_by),
    }


def call_data(call):
    return {"number": call.number, "title": call.title_nl, "action": call.product.name_nl}


def signatory(user):
    role = "decision_maker" if "decision_maker" in user.roles else min(user.roles, default=None)
    return {"name": user.name, "function": str(ROLES[role].label).lower() if role else ""}


def _condition(condition):
    return {"code": condition.code, "title": condition.title_nl}


@in_dutch
def call_conditions(version):
    """What everybody may read of a call: its conditions with their evidence, fees, agreement and procedure."""
    call = version.call
    days = {
        "completion_days": "admission-regularisation-days",
        "decision_days": "admission-decision-days",
        "hearing_days": "admission-hearing-days",
        "change_days": "conditions-transition-days",
        "closing_days": "call-closing-notice-days",
    }
    return {
        "call": call_data(call) | {"combines_with": combines_with(call.product)},
        "summary": call.summary_nl,
        "version": version.number,
        "applies_from": version.applies_from,
        "term": {
            "opens_on": call.open_from,
            "apply_until": call.apply_until,
            "starts_on": call.starts_on,
            "ends_on": call.open_until,
        },
        "conditions": [
            _condition(each) | {"text": each.text_nl, "evidence": each.evidence_nl} for each in version.conditions.all()
        ],
        "fees": _fees(version),
        "agreement": [part for part in version.agreement_nl.splitlines() if part.strip()],
        "notice_days": version.notice_days,
        "terms": {name: timelimits.days(key) for name, key in days.items()},
        "digest": version.digest,
    }


def _fees(version):
    return [{"name": each.name_nl, "amount": each.amount, "basis": each.basis_nl} for each in version.fees.all()]


@in_dutch
def admission_letter(admission, *, decided_by):
    """The decision to admit, with on what each condition was found to be met."""
    application = admission.application
    results = application.results.select_related("condition")
    return _letter(application, decided_by) | {
        "starts_on": admission.active_from,
        "conditions": [_condition(each.condition) | {"finding": each.reason} for each in results],
        "agreement": "",
    }


@in_dutch
def refusal_letter(application, *, decided_by):
    """The decision to refuse: the published conditions that are not met, each with its reason, and the remedies."""
    results = list(application.results.select_related("condition"))
    unmet = [
        _condition(each.condition) | {"text": each.condition.text_nl, "reason": each.reason}
        for each in results
        if not each.met
    ]
    return _letter(application, decided_by) | {
        "unmet": unmet,
        "met": [_condition(each.condition) for each in results if each.met],
        "hearing": _hearing(application),
        "remedies": {"annulment_days": timelimits.days("annulment-days")},
    }


def _hearing(application):
    if application.heard_at is None:
        return ""
    return "\n\n".join(filter(None, [application.statement, application.answer]))


@in_dutch
def admission_agreement(admission, *, signed_by):
    """The agreement that contracts makes of an admission: its terms are those of the version, unchanged."""
    call, version, lead = admission.call, admission.conditions_version, admission.participant.lead
    return {
        "partner": {
            "name": admission.participant.name,
            "legal_form": lead.legal_form_in_words,
            "enterprise_number": lead.enterprise_number,
            "address": f"{lead.street}, {lead.place}",
            "representative": admission.application.submitted_by.name,
            "function": "gemachtigde ondertekenaar",
        },
        "signatory": signatory(signed_by),
        "call": call_data(call) | {"combines_with": combines_with(call.product)},
        "version": version.number,
        "published_on": clock.local_date(version.published_at),
        "conditions": [_condition(each) | {"text": each.text_nl} for each in version.conditions.all()],
        "establishments": _establishments(admission.application),
        "fees": _fees(version),
        "term": {"starts_on": admission.active_from, "ends_on": call.open_until},
        "notice_days": version.notice_days,
        "change_days": timelimits.days("conditions-transition-days", on=clock.local_date(version.published_at)),
    }


def combines_with(product):
    """`Taalcoaching kan met het basisaanbod en met het gespecialiseerde aanbod worden gecombineerd.`"""
    bases = [each.base.name_nl.lower() for each in product.combines.select_related("base")]
    if not bases:
        return f"{product.name_nl} staat op zichzelf."
    return f"{product.name_nl} kan worden gecombineerd met {' en met '.join(bases)}."


def _establishments(application):
    rows = application.services.select_related("service", "establishment__postcode__municipality")
    return [
        {
            "name": each.establishment.name,
            "address": f"{each.establishment.street}, {each.establishment.postcode}",
            "capacity": f"{each.service.name_nl}: {each.availability} {'plaats' if each.availability == 1 else 'plaatsen'}",
        }
        for each in rows
    ]
