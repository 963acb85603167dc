"""Moving the dates of a timetable: what hangs on them moves along, and nothing unlawful is kept."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from documents.wording import in_dutch
from lifecycle import clock, steps, trail
from lifecycle.dates import moment_in_words
from lifecycle.grounds import published_rule
from lifecycle.guards import Reason
from lifecycle.steps import Blocked, action
from procurement.audience import tell_everybody
from procurement.models import PlannedDate, Procedure
from procurement.planning import COLUMNS, planned_of, row_of, terms_of, written
from procurement.timetable import Change, Circle, Effects, Planned, move, reckon


def effects_of(procedure, planned, changes) -> Effects:
    """What other dates do to a plan, before anything is kept."""
    terms = terms_of(procedure)
    after = move(planned, changes)
    was = {each.code: each.moment for each in planned}
    moved = {each.code for each in after if each.moment != was[each.code]}
    asked = {each.code for each in after if each.code in changes and not each.link}
    return Effects(reckon(planned, terms), reckon(after, terms, moved=moved), frozenset(asked))


@action("procurement.plan_dates")
def plan_dates(procedure, *, by, changes, seen=None):
    """Put milestones on other dates (code -> moment or None), with all that hangs on them, and tell who knows of them.

    `Blocked` with every rule that a date would break. `seen`: the state that the page showed.
    """
    procedure = _locked(procedure, by, seen)
    effects = effects_of(procedure, planned_of(procedure), changes)
    _refuse_unlawful(procedure, effects)
    _keep_and_tell(procedure, effects, by=by)
    return procedure


@action("procurement.write_milestone")
def write_milestone(procedure, *, by, code, title="", moment=None, link=None, public=False):
    """Name a milestone of one's own, or let a milestone hang on another; its date and what follows it move along."""
    procedure = _locked(procedure, by)
    planned = planned_of(procedure)
    written = _with(planned, code, title=title, link=link, public=public)
    # What hangs on another gets its day from there; it keeps its own hour.
    changes = {} if link and moment is None else {code: moment}
    try:
        effects = effects_of(procedure, written, changes)
    except Circle:
        raise Blocked([_circle()], procedure) from None
    effects = Effects(reckon(planned, terms_of(procedure)), effects.after, effects.asked)
    _refuse_unlawful(procedure, effects)
    row = row_of(procedure, code)
    row.title, row.is_public = title, public
    row.link_to, row.link_days, row.link_working = (link.to, link.days, link.working) if link else ("", None, False)
    row.save()
    trail.record(procedure, "write_milestone", by=by, facts={"milestone": trail.Code(code), "link": _link_fact(link)})
    _keep_and_tell(procedure, effects, by=by)
    return procedure


@action("procurement.remove_milestone")
def remove_milestone(procedure, *, by, code):
    """Take a milestone of one's own away; what hung on it keeps its date and hangs on nothing."""
    procedure = _locked(procedure, by)
    row = procedure.planned_dates.get(code=code, title__gt="")
    row.delete()
    procedure.planned_dates.filter(link_to=code).update(link_to="", link_days=None, link_working=False)
    trail.record(procedure, "remove_milestone", by=by, facts={"milestone": trail.Code(code)})
    return procedure


def _locked(procedure, by, seen=None):
    fresh = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if not by.has_perm("procurement.edit_procedure", fresh):
        raise PermissionDenied
    if fresh.state != (seen or procedure.state):
        steps.refuse_overtaken(fresh)
    if reason := ended_reason(fresh):
        raise Blocked([reason], fresh)
    return fresh


def ended_reason(procedure) -> Reason | None:
    """Why nothing is planned any more."""
    if procedure.state not in procedure.ENDED:
        return None
    return Reason("is_running", _("De procedure is geëindigd: er wordt niets meer gepland."), published_rule())


def _circle():
    return Reason("no_circle", _("Zo zou een mijlpaal met zichzelf meeschuiven."), published_rule())


def _with(planned, code, *, title, link, public):
    """The plan with one milestone written anew, or with a new one at its end."""
    old = next((each for each in planned if each.code == code), None)
    if old is None:
        return [*planned, Planned(code, title, link=link, public=public)]
    label, public = (title, public) if old.standard is None else (old.label, old.public)
    new = Planned(code, label, old.moment, link, old.fixed, old.bound_by, old.done, public)
    return [new if each.code == code else each for each in planned]


def _link_fact(link):
    if link is None:
        return None
    return {"to": trail.Code(link.to), "days": link.days, "working": link.working}


def _refuse_unlawful(procedure, effects):
    reasons = [
        Reason(finding.rule, f"{line.planned.label}: {finding.sentence}", finding.ground)
        for line in effects.unlawful
        for finding in line.blocking
    ]
    if reasons:
        raise Blocked(reasons, procedure)


# -- keeping ------------------------------------------------------------------------------------


def _keep_and_tell(procedure, effects, *, by):
    _tell(procedure, [change for change in keep(procedure, effects, by=by) if change.is_public], by=by)


def keep(procedure, effects, *, by) -> list[Change]:
    """Write what changed, in a number of statements that does not grow with the plan; returns it."""
    changes = [change for change in effects.changes if not _is_computed(change.line)]
    columns = [change for change in changes if change.line.code in COLUMNS]
    for change in columns:
        setattr(procedure, COLUMNS[change.line.code], written(change.line.code, change.after))
    if columns:
        procedure.save(update_fields=[COLUMNS[change.line.code] for change in columns])
    _keep_rows(procedure, [change for change in changes if change.line.code not in COLUMNS])
    if changes:
        moved = {change.line.code: change.after for change in changes if change.after}
        removed = [trail.Code(change.line.code) for change in changes if change.after is None]
        trail.record(procedure, "plan", by=by, facts=moved | ({"removed": removed} if removed else {}))
    return changes


def _is_computed(line):
    return line.planned.standard is not None and line.planned.standard.computed


def _keep_rows(procedure, changes):
    rows = {row.code: row for row in procedure.planned_dates.all()}
    made, kept = [], []
    for change in changes:
        row = rows.get(change.line.code)
        (kept if row else made).append(row := row or PlannedDate(procedure=procedure, code=change.line.code))
        _put(row, change.after)
    PlannedDate.objects.bulk_create(made)
    PlannedDate.objects.bulk_update(kept, ["day", "hour"])


def _put(row, moment):
    if hasattr(moment, "hour"):
        local = moment.astimezone(clock.BRUSSELS)
        row.day, row.hour = local.date(), local.time()
    else:
        row.day, row.hour = moment, None


@in_dutch
def _tell(procedure, changes, *, by):
    """Who follows a published procedure hears of every indicative date that moved; before that there is nobody to tell."""
    if not procedure.is_public or not changes:
        return
    tell_everybody(
        procedure,
        reason="timetable",
        title=_("de indicatieve planning is gewijzigd"),
        body="\n".join(told(change) for change in changes),
        by=by,
        tab="planning",
    )


def told(change) -> str:
    """One date that moved, in a sentence."""
    words = {
        "what": change.line.planned.standard.label if change.line.planned.standard else change.line.planned.label,
        "before": moment_in_words(change.before) if change.before else _("nog niet gepland"),
        "after": moment_in_words(change.after) if change.after else _("niet meer gepland"),
    }
    sentence = _("%(what)s: %(after)s, voorheen %(before)s (indicatief).")
    if change.line.planned.is_binding:
        sentence = _("%(what)s: %(after)s, voorheen %(before)s.")
    return sentence % words
