"""From opened applications to the selection decision and its letters."""

from documents.actions import owe_letter, request_document
from lifecycle import clock, timelimits
from lifecycle.steps import action, fire
from partners.addresses import addressee
from procurement import contexts
from procurement.models import ConditionFinding


@action("procurement.request_regularisation")
def request_regularisation(application, *, by):
    """Ask once, in one list, what is missing; the term is the legal one for tax and social debt (art. 51, § 1)."""
    today = clock.today()
    days = application.procedure.legal_days("debt-regularisation-working-days", on=today)
    last_day = timelimits.period_end(today, working_days=days)
    application = fire(application, "request_regularisation", by=by, last_day=last_day)
    document = request_document(
        kind="regularisation_letter",
        subject=application,
        context=contexts.regularisation_letter(application),
        by=by,
        addressee=application.participant.ref,
    )
    owe_letter(
        document=document,
        subject=application,
        reason="regularisation",
        by=by,
        **addressee(application.participant),
    )
    return application


@action("procurement.assess_application")
def assess_application(application, *, by, findings, outcome, reasons):
    """Judge every selection condition and propose the outcome.

    `findings`: condition code -> (met, reason). `outcome`: an `Application.Outcome` value.
    """
    conditions = {condition.code: condition for condition in application.procedure.selection_conditions.all()}
    for code, (met, reason) in findings.items():
        ConditionFinding.objects.update_or_create(
            application=application, condition=conditions[code], defaults={"met": met, "reason": reason}
        )
    return fire(application, "assess", by=by, outcome=outcome, reasons=reasons)


@action("procurement.decide_selection")
def decide_selection(procedure, *, by):
    """Decide on every assessed application at once, and make the reasoned decision (act of 17 June 2013, art. 4/1)."""
    procedure = fire(procedure, "decide_selection", by=by)
    for application in procedure.applications.filter(state="assessed").order_by("pk"):
        fire(application, application.outcome, by=by)
    context = contexts.selection_decision(procedure)
    request_document(kind="selection_decision", subject=procedure, context=context, by=by)
    return procedure


@action("procurement.notify_selection")
def notify_selection(procedure, *, by):
    """Owe each candidate its letter: selected, or not selected with the reasons (act of 17 June 2013, art. 7)."""
    procedure = fire(procedure, "notify_selection", by=by)
    decided = procedure.applications.filter(state__in=["selected", "not_selected", "excluded"])
    for application in decided.select_related("participant").order_by("pk"):
        kind = "selection_letter" if application.state == "selected" else "non_selection_letter"
        document = request_document(
            kind=kind,
            subject=application,
            context=contexts.selection_letter(application),
            by=by,
            addressee=application.participant.ref,
        )
        owe_letter(document=document, subject=application, reason=kind, by=by, **addressee(application.participant))
    return procedure
