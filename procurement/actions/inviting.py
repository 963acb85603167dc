"""Inviting the selected candidates to tender."""

from documents.actions import owe_letter, request_document
from lifecycle import trail
from lifecycle.steps import action, fire
from partners.addresses import addressee
from procurement import contexts
from procurement.actions.preparing import seal_until


@action("procurement.invite_tenders")
def invite_tenders(procedure, *, by, offers_deadline):
    """Publish the concession documents and invite every selected candidate, with the criteria fixed by digest."""
    digest = trail.Code(procedure.award_criteria.digest())
    procedure = fire(procedure, "invite_tenders", by=by, offers_deadline=offers_deadline, criteria_digest=digest)
    seal_until(procedure, procedure.offers_phase, offers_deadline, by=by)
    request_document(
        kind="concession_documents",
        subject=procedure,
        context=contexts.concession_documents(procedure),
        by=by,
        public=True,
    )
    for application in procedure.applications.filter(state="selected").select_related("participant").order_by("pk"):
        invitation = request_document(
            kind="invitation_letter",
            subject=application,
            context=contexts.invitation_letter(application),
            by=by,
            addressee=application.participant.ref,
        )
        owe_letter(
            document=invitation,
            subject=application,
            reason="invitation_letter",
            by=by,
            **addressee(application.participant),
        )
    return procedure
