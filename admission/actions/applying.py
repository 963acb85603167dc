"""What an applicant does: begin, declare, prove, submit, complete, be heard, withdraw."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from admission import guards
from admission.models import AdmissionApplication, Condition, Declaration, DeclaredService, EvidenceFile
from admission.uploads import checked
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action, fire


@action("admission.start_application")
def start_application(call, *, by, participant):
    """Begin a draft, bound to the conditions in force now; the open one of this participant, if there is one.

    Raises `PermissionDenied`, or `Blocked` when the call takes no applications at this moment.
    """
    version = call.version_in_force()
    draft = AdmissionApplication(
        call=call, participant=participant, conditions_version=version, started_by=by, started_at=clock.now()
    )
    if not by.has_perm("admission.prepare_application", draft):
        raise PermissionDenied
    if reason := guards.call_takes_applications.reason(draft, {}):
        raise Blocked([reason])
    open_one = call.applications.filter(participant=participant, state__in=AdmissionApplication.OPEN_STATES).first()
    if open_one is not None:
        return open_one
    draft.save()
    trail.record(draft, "start", by=by, facts={"call": call, "participant": participant, "version": version.number})
    return draft


@action("admission.declare_service")
def declare_service(application, *, by, service, establishment, availability):
    """Say where a service is offered and for how many customers at once; saying it again replaces the number."""
    application = _locked(application, by, drafts_only=True)
    if not application.call.product.services.filter(pk=service.pk).exists():
        raise ValidationError({"service": _("Deze dienst hoort niet bij de actie van deze oproep.")})
    if not application.participant.organisations.filter(pk=establishment.organisation_id).exists():
        raise ValidationError({"establishment": _("Deze vestiging hoort niet bij de aanvrager.")})
    row = application.services.filter(service=service, establishment=establishment).first()
    row = row or DeclaredService(application=application, service=service, establishment=establishment)
    row.availability = availability
    row.full_clean()
    row.save()
    return row


@action("admission.remove_service")
def remove_service(application, *, by, row):
    """Take back what was declared, while it is a draft."""
    application = _locked(application, by, drafts_only=True)
    application.services.filter(pk=row.pk).delete()


@action("admission.declare")
def declare(application, *, by, condition, confirmed, explanation=""):
    """The applicant's own statement about one condition; it can change until it is submitted."""
    application = _locked(application, by)
    _require_own(application, condition)
    statement, _created = Declaration.objects.update_or_create(
        application=application, condition=condition, defaults={"confirmed": confirmed, "explanation": explanation}
    )
    return statement


@action("admission.add_evidence")
def add_evidence(application, *, by, condition, upload):
    """Take in a file that proves a condition. Raises `ValidationError` when it is not of a kind that is taken in."""
    application = _locked(application, by)
    _require_own(application, condition)
    evidence = EvidenceFile(
        application=application, condition=condition, uploaded_by=by, uploaded_at=clock.now(), **checked(upload)
    )
    if application.evidence.filter(condition=condition, sha256=evidence.sha256).exists():
        raise ValidationError(_("Dit bestand staat al bij deze voorwaarde."))
    evidence.file.save(evidence.name, upload, save=False)
    try:
        evidence.save()
        facts = {"condition": trail.Code(condition.code), "sha256": trail.Code(evidence.sha256), "size": evidence.size}
        trail.record(application, "add_evidence", by=by, facts=facts)
    except BaseException:
        # The row is rolled back: its file must not stay behind.
        evidence.file.storage.delete(evidence.file.name)
        raise
    return evidence


@action("admission.remove_evidence")
def remove_evidence(application, *, by, evidence):
    """Remove a file that was not submitted yet."""
    application = _locked(application, by)
    evidence = application.evidence.filter(pk=evidence.pk, fixed_at=None).first()
    if evidence is None:
        raise PermissionDenied
    storage, path = evidence.file.storage, evidence.file.name
    facts = {"condition": trail.Code(evidence.condition.code), "sha256": trail.Code(evidence.sha256)}
    evidence.delete()
    trail.record(application, "remove_evidence", by=by, facts=facts)
    transaction.on_commit(lambda: storage.delete(path))


@action("admission.submit")
def submit(application, *, by, agreement_accepted):
    """Submit: everything declared and uploaded counts from this moment (the stamped moment of the request)."""
    application = fire(application, "submit", by=by, agreement_accepted=agreement_accepted)
    _fix_evidence(application)
    return application


@action("admission.complete")
def complete(application, *, by):
    """Hand in what was asked for; this can be done once."""
    application = fire(application, "complete", by=by)
    _fix_evidence(application)
    return application


@action("admission.be_heard")
def be_heard(application, *, by, statement):
    """Answer an intended refusal, with the files that were added to it."""
    application = fire(application, "be_heard", by=by, statement=statement)
    _fix_evidence(application)
    return application


@action("admission.withdraw")
def withdraw(application, *, by):
    """Stop the application; another one can be begun at once."""
    return fire(application, "withdraw", by=by)


def _fix_evidence(application):
    application.evidence.filter(fixed_at=None).update(fixed_at=clock.now())


def _locked(application, by, *, drafts_only=False):
    """The fresh, locked row while it can still be filled in by this person."""
    application = AdmissionApplication.objects.select_for_update().get(pk=application.pk)
    if not by.has_perm("admission.prepare_application", application):
        raise PermissionDenied
    reason = guards.application_can_be_filled_in.reason(application, {"drafts_only": drafts_only})
    if reason:
        raise Blocked([reason], application)
    return application


def _require_own(application, condition):
    if not Condition.objects.filter(pk=condition.pk, version=application.conditions_version_id).exists():
        raise PermissionDenied
