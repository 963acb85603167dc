"""What the selection decision speaks of, and the letters to candidates."""

from django.utils.translation import gettext as _

from documents.wording import in_dutch
from lifecycle import clock
from procurement import reference
from procurement.contexts.shared import letter, lot_codes, opened_on, procedure_data, remedies, signatory
from procurement.models import Application


@in_dutch
def selection_decision(procedure):
    applications = list(
        procedure.applications.opened()
        .select_related("participant__lead")
        .prefetch_related("lots", "findings__condition")
    )

    def of(state):
        return [each for each in applications if each.state == state]

    return {
        "procedure": procedure_data(procedure),
        "decided_on": clock.local_date(procedure.selection_decided_at),
        "decided_by": f"{procedure.selection_decided_by.name}, beslissingsnemer",
        "opened_on": opened_on(procedure, "open_applications"),
        "conditions": [{"code": each.code, "title": each.title_nl} for each in procedure.selection_conditions.all()],
        "candidates": [
            {
                "name": each.participant.name,
                "enterprise_number": each.participant.lead.written_number,
                "lots": lot_codes(each),
            }
            for each in applications
        ],
        "selected": [
            {"name": each.participant.name, "lots": lot_codes(each), "reasons": each.reasons} for each in of("selected")
        ],
        "not_selected": [
            {"name": each.participant.name, "reasons": _unmet(each) or [each.reasons]} for each in of("not_selected")
        ],
        "excluded": [
            {"name": each.participant.name, "ground": "artikelen 50 tot 52", "reasons": each.reasons}
            for each in of("excluded")
        ],
        "signatory": signatory(procedure.selection_decided_by, "beslissingsnemer"),
    }


def _unmet(application):
    return [f"{each.condition.code}: {each.reason}" for each in application.findings.all() if not each.met]


@in_dutch
def selection_letter(application):
    procedure = application.procedure
    common = {
        "decided_on": clock.local_date(procedure.selection_decided_at),
        "decided_by": procedure.selection_decided_by,
    }
    if application.state == Application.State.SELECTED:
        lots = [
            {"code": str(lot.number), "name": lot.name} for lot in application.lots.select_related("product", "area")
        ]
        return letter(procedure, application.participant, lots=lots, next=reference.NEXT_AFTER_SELECTION, **common)
    findings = application.findings.filter(met=False).select_related("condition")
    reasons = [{"condition": str(each.condition), "reason": each.reason} for each in findings]
    return letter(
        procedure,
        application.participant,
        excluded=application.state == Application.State.EXCLUDED,
        reasons=reasons or [{"condition": _("Motivering"), "reason": application.reasons}],
        remedies=remedies(procedure),
        **common,
    )


@in_dutch
def regularisation_letter(application):
    return letter(
        application.procedure,
        application.participant,
        decided_on=clock.today(),
        decided_by=application.assessed_by,
        missing=[{"title": "Uw aanvraag", "request": application.regularisation_request}],
        reply_until=application.regularisation_last_day,
    )
