"""Writing a procedure while it is a draft, and the lots of a draft application. Every change leaves an entry in the trail."""

from django.core.exceptions import PermissionDenied

from lifecycle import steps, trail
from lifecycle.steps import Blocked, action
from procurement import guards
from procurement.models import Application, Procedure


@action("procurement.write_draft")
def write_draft(procedure, *, by):
    """Keep what an officer wrote: a new procedure, or another version of a draft."""
    is_new = procedure.pk is None
    if not is_new:
        lock_draft(procedure)
    may_edit(procedure, by)
    procedure.save()
    trail.record(procedure, "create" if is_new else "edit", by=by, facts=content_facts(procedure))
    return procedure


@action("procurement.write_part")
def write_part(part, *, by):
    """Keep a lot, a criterion or a condition of a draft."""
    lock_draft(part.procedure)
    may_edit(part.procedure, by)
    part.save()
    trail.record(part.procedure, "edit", by=by, facts=content_facts(part.procedure))
    return part


@action("procurement.remove_part")
def remove_part(part, *, by):
    """Take a lot, a criterion or a condition out of a draft."""
    lock_draft(part.procedure)
    may_edit(part.procedure, by)
    part.delete()
    trail.record(part.procedure, "edit", by=by, facts=content_facts(part.procedure))


def lock_draft(procedure):
    """The draft as it is now, its row locked; whatever is no draft any more was overtaken."""
    fresh = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if fresh.state != Procedure.State.DRAFT:
        steps.refuse_overtaken(fresh)
    return fresh


def may_edit(procedure, by):
    if not by.has_perm("procurement.edit_procedure", procedure):
        raise PermissionDenied


def content_facts(procedure):
    fresh = Procedure.objects.get(pk=procedure.pk)
    return {"content": trail.Code(fresh.content_digest())}


@action("procurement.choose_lots")
def choose_lots(application, *, by, lots):
    """Say for which lots a draft application is made."""
    fresh = Application.objects.select_for_update().select_related("procedure", "participant").get(pk=application.pk)
    if fresh.state != Application.State.DRAFT:
        steps.refuse_overtaken(fresh)
    if not by.has_perm("procurement.prepare_submission", fresh):
        raise PermissionDenied
    conditions = (guards.procedure_takes_applications, guards.applications_deadline_is_ahead)
    if reasons := [reason for guard in conditions if (reason := guard.reason(fresh, {}))]:
        raise Blocked(reasons, fresh)
    fresh.lots.set(lots)
    trail.record(fresh, "choose_lots", by=by, facts={"lots": sorted(lot.number for lot in lots)})
    return fresh
