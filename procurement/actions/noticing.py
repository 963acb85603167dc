"""Recording notices and what happened to them. The dispatch itself lies outside the system."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from documents import storage
from documents.correcting import Recording, propose_correction, when_confirmed
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action
from procurement import guards
from procurement.models import Notice, Procedure, SubtypeChoice

HEADS = {b"%PDF-": "pdf", b"<?xml": "xml", b"\xef\xbb\xbf<?xm": "xml"}


@action("procurement.confirm_notice_subtype")
def confirm_notice_subtype(procedure, *, by, subtype, reason=""):
    """Legal staff say which form of the eForms standard the call is: a choice, never an inference. `reason`: why it is not the
    one of the regime."""
    if not by.has_perm("procurement.confirm_notice_subtype", procedure):
        raise PermissionDenied
    check = guards.subtype_follows_the_regime
    if refusal := check.reason(procedure, {"subtype": subtype, "reason": reason}):
        raise Blocked([refusal], procedure)
    choice = SubtypeChoice.objects.create(
        procedure=procedure, subtype=subtype, confirmed_by=by, confirmed_at=clock.now()
    )
    trail.record(
        procedure, "confirm_notice_subtype", by=by, facts={"subtype": trail.Code(subtype), "reason": reason or None}
    )
    return choice


def write_call(procedure, *, by, number, sent_on, hour=None, proof=None):
    """The notice with which a procedure is published; part of that action."""
    choice = SubtypeChoice.of(procedure)
    facts = {"kind": Notice.Kind.CALL, "subtype": choice.subtype if choice else ""}
    notice = _write(procedure, by=by, number=number, sent_on=sent_on, hour=hour, proof=proof, **facts)
    derive_dispatch(procedure)
    return notice


@action("procurement.record_notice")
def record_notice(procedure, *, by, kind, subtype, number, sent_on, hour=None, proof=None):
    """Record a notice that was dispatched after the call: a change, a result, a modification.

    Raises `ValidationError` naming the field for a file that is neither PDF nor XML.
    """
    if not by.has_perm("procurement.record_notice", procedure):
        raise PermissionDenied
    conditions = (
        guards.call_is_published,
        guards.dispatch_is_past,
        guards.notice_fits_its_subtype,
        guards.result_is_known,
    )
    facts = {"notice_sent_at": moment_of(sent_on, hour), "kind": kind, "subtype": subtype}
    if reasons := [reason for guard in conditions if (reason := guard.reason(procedure, facts))]:
        raise Blocked(reasons, procedure)
    return _write(procedure, by=by, kind=kind, subtype=subtype, number=number, sent_on=sent_on, hour=hour, proof=proof)


def _write(procedure, *, by, kind, subtype, number, sent_on, hour, proof):
    if reason := guards.dispatch_is_past.reason(procedure, {"notice_sent_at": moment_of(sent_on, hour)}):
        raise Blocked([reason], procedure)
    notice = Notice(
        procedure=procedure,
        kind=kind,
        subtype=subtype,
        number=number,
        dispatched_at=moment_of(sent_on, hour),
        whole_day=hour is None,
        recorded_by=by,
        recorded_at=clock.now(),
        **_kept(proof),
    )
    notice.save()
    facts = {
        "kind": trail.Code(kind),
        "subtype": trail.Code(subtype) if subtype else None,
        "number": trail.Code(number),
        "sent_at": notice.dispatched,
    }
    trail.record(notice, "record", by=by, facts=facts, documents=[notice.proof_sha256] if notice.proof_sha256 else [])
    return notice


def moment_of(day, hour=None) -> dt.datetime:
    """A day, and the hour where it is known, in Belgium."""
    return clock.at(day, hour.hour, hour.minute) if hour else clock.at(day)


def type_of_proof(data: bytes) -> str | None:
    """`pdf` or `xml` by the first bytes, or None."""
    return next((name for head, name in HEADS.items() if data.startswith(head)), None)


def _kept(proof):
    """The file as it was handed in, under its digest: it is judged by its first bytes and opened by nobody here."""
    if proof is None:
        return {}
    data = proof if isinstance(proof, bytes) else proof.read()
    kind = type_of_proof(data)
    if kind is None:
        raise ValidationError({"proof": _("Alleen een PDF of een XML-bestand is een bewijs van verzending.")})
    return {"proof_sha256": storage.store(data), "proof_size": len(data), "proof_type": kind}


@action("procurement.record_publication")
def record_publication(notice, *, by, number, published_on, proof=None):
    """Fill in, once, under which number and on which day the notice appeared."""
    if not by.has_perm("procurement.record_notice", notice.procedure):
        raise PermissionDenied
    fresh = Notice.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=notice.pk)
    conditions = (guards.publication_is_unknown, guards.notice_is_in_force)
    if reasons := [reason for guard in conditions if (reason := guard.reason(fresh, {}))]:
        raise Blocked(reasons, fresh)
    fresh.publication_number, fresh.published_on, fresh.publication_recorded_by = number, published_on, by
    for name, value in (_kept(proof) if not fresh.proof_sha256 else {}).items():
        setattr(fresh, name, value)
    fresh.save()
    facts = {"number": trail.Code(number), "published_on": published_on}
    trail.record(fresh, "record_publication", by=by, facts=facts)
    return fresh


# -- corrections ----------------------------------------------------------------------------------


@action("procurement.propose_dispatch")
def propose_dispatch(notice, *, by, number, sent_on, reason, hour=None):
    """Propose the number and the dispatch that the notice really had; a second person confirms."""
    if reason_not := guards.notice_is_in_force.reason(notice, {}):
        raise Blocked([reason_not], notice)
    return propose_correction(
        notice,
        by=by,
        now=Recording(notice.number, notice.dispatched_at, notice.whole_day),
        should_be=Recording(number, moment_of(sent_on, hour), hour is None),
        reason=reason,
        about=_("verzending van de aankondiging %(number)s van procedure %(procedure)s")
        % {"number": notice.number, "procedure": notice.procedure.number},
        path=notice.get_absolute_url(),
    )


@when_confirmed("procurement.notice")
def supersede(correction, *, by):
    """The next entry of the notice, with what a second person confirmed; the first one stays as it was written."""
    wrong = Notice.objects.select_for_update(of=("self",)).select_related("procedure")
    wrong = wrong.get(pk=correction.subject.partition(":")[2])
    if reason := guards.notice_is_in_force.reason(wrong, {}):
        raise Blocked([reason], wrong)
    same = "procedure kind subtype publication_number published_on publication_recorded_by proof_sha256 proof_size proof_type"
    notice = Notice.objects.create(
        number=correction.number,
        dispatched_at=correction.moment,
        whole_day=correction.whole_day,
        recorded_by=correction.proposed_by,
        recorded_at=clock.now(),
        supersedes=wrong,
        correction=correction,
        **{name: getattr(wrong, name) for name in same.split()},
    )
    facts = {"supersedes": wrong, "number": trail.Code(notice.number), "sent_at": notice.dispatched}
    trail.record(notice, "record_corrected", by=by, facts=facts)
    derive_dispatch(wrong.procedure)
    return notice


def derive_dispatch(procedure):
    """Write number and day of the call in force into the procedure: the only place that does."""
    notice = Notice.objects.in_force().get(procedure=procedure, kind=Notice.Kind.CALL)
    procedure.notice_number, procedure.notice_sent_on = notice.number, notice.dispatched_on
    Procedure.objects.filter(pk=procedure.pk).update(notice_number=notice.number, notice_sent_on=notice.dispatched_on)
