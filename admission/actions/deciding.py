"""What the authority does with an application: assess each condition, then the one decision that follows from it."""

from admission import contexts
from admission.models import Admission, ConditionResult
from documents.actions import owe_letter, request_document
from lifecycle import clock, trail
from lifecycle.steps import action, fire
from partners.addresses import addressee


@action("admission.assess")
def assess(application, *, by, results, no_interest):
    """Record whether conditions are met: `results` maps the code of a condition to `(met, reason)`.

    Only published conditions, each with its reason; some now and the others later is fine. A result that is recorded
    again replaces the earlier one; the trail keeps both.
    """
    return _record(application, "assess", by, results, no_interest)


@action("admission.reassess")
def reassess(application, *, by, results, no_interest):
    """Look again after the applicant was heard: only what is handed in changes."""
    return _record(application, "reassess", by, results, no_interest)


def _record(application, verb, by, results, no_interest):
    application = fire(application, verb, by=by, results=results, no_interest=no_interest)
    for condition in application.conditions_version.conditions.filter(code__in=results):
        met, reason = results[condition.code]
        ConditionResult.objects.update_or_create(
            application=application,
            condition=condition,
            defaults={"met": met, "reason": reason, "assessor": by, "at": clock.now()},
        )
    return application


@action("admission.admit")
def admit(application, *, by):
    """Admit: every condition is met, so there is nothing to choose. Creates the admission and owes its letter.

    The agreement is made by contracts, which pulls the admission.
    """
    application = fire(application, "admit", by=by)
    admission = Admission.objects.create(
        application=application,
        call=application.call,
        participant=application.participant,
        conditions_version=application.conditions_version,
        active_from=max(clock.today(), application.call.starts_on),
    )
    trail.record(admission, "create", by=by, target=admission.state, facts={"active_from": admission.active_from})
    context = contexts.admission_letter(admission, decided_by=by)
    _send(application, "admission_letter", context, reason="admitted", by=by)
    return admission


@action("admission.refuse")
def refuse(application, *, by, answer=""):
    """Refuse: names the published conditions that are not met, answers what was brought forward, states the remedies.

    Applying again is possible at once.
    """
    application = fire(application, "refuse", by=by, answer=answer)
    context = contexts.refusal_letter(application, decided_by=by)
    _send(application, "refusal_letter", context, reason="refused", by=by)
    return application


def _send(application, kind, context, *, reason, by):
    participant = application.participant
    document = request_document(
        kind=kind, subject=application, context=context, by=by, addressee=participant.ref, prefix=application.number
    )
    owe_letter(document=document, subject=application, reason=reason, by=by, **addressee(participant))
