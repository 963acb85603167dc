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


@action("procurement.choose_exclusions")
def choose_exclusions(procedure, *, by, choices):
    """Keep where a draft departs from the exclusion grounds of the law: left out, or with other evidence.

    A mandatory ground applies whatever is chosen (act of 17 June 2016, arts 50 and 51).
    """
    lock_draft(procedure)
    may_edit(procedure, by)
    procedure.exclusion_choices.all().delete()
    for choice in choices:
        choice.applies = choice.applies or choice.ground.mandatory
        choice.save()
    trail.record(procedure, "edit", by=by, facts=content_facts(procedure))


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
def choose_lots(application, *, by, lots, declares_reserved=None):
    """Say for which lots a draft application is made, and whether its maker may have reserved ones (art. 33)."""
    fresh = Application.objects.select_for_update().select_related("procedure", "participant").get(pk=application.pk)
    if fresh.state != Application.State.DRAFT:
        steps.refuse_overtaken(fresh)
    if not by.has_perm("procurement.prepare_submission", fresh):
        raise PermissionDenied
    if declares_reserved is not None:
        fresh.declares_reserved = declares_reserved
    conditions = (
        guards.procedure_takes_applications,
        guards.applications_deadline_is_ahead,
        guards.lots_stay_within_the_limit,
        guards.reserved_lots_are_declared,
    )
    if reasons := [reason for guard in conditions if (reason := guard.reason(fresh, {"lots": lots}))]:
        raise Blocked(reasons, fresh)
    fresh.save()
    fresh.lots.set(lots)
    facts = {"lots": sorted(lot.number for lot in lots), "declares_reserved": fresh.declares_reserved or None}
    trail.record(fresh, "choose_lots", by=by, facts=facts)
    return fresh
