"""Setting a policy aside: one person asks it with a reason, a second one grants or refuses it. Both leave an entry in the trail.

A law or a published rule is never set aside: `steps` looks at what was granted only where the ground of a guard is a policy.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lifecycle import clock, steps, telling, trail
from lifecycle.grounds import law, published_rule
from lifecycle.guards import Reason
from lifecycle.models import PolicyOverride
from lifecycle.steps import Blocked, action

SOUND_ADMINISTRATION = law(gettext_lazy("beginselen van behoorlijk bestuur"))


def transition_of(record, verb):
    """The declared verb from the present state of the record, or None when it has left it."""
    found = [each for each in steps.transitions(type(record)) if each.name == verb and each.source == record.state]
    return found[0] if found else None


def guard_of(record, override):
    """The guard that an override is about, or None when it no longer stands before that verb."""
    transition = transition_of(record, override.verb)
    conditions = transition.conditions if transition else ()
    return next((guard for guard in conditions if guard.name == override.guard), None)


def record_of(override):
    """The record that an override is about, or None when it is gone."""
    label, _colon, key = override.subject.partition(":")
    model = telling.models_by_label().get(label)
    return model.objects.filter(pk=key).first() if model else None


@action("lifecycle.ask_override")
def ask_override(record, *, by, verb, guard, reason):
    """Ask a second person to set one guard aside for one verb of this record; who may do the verb may ask."""
    transition = transition_of(record, verb)
    if transition is None or not transition.permission(record, by):
        raise PermissionDenied
    _refuse_unless(bool(reason.strip()), "override_is_reasoned", _("Geef de reden."), record)
    found = next((each for each in transition.conditions if each.name == guard), None)
    unmet = found and found.reason(record, {})
    # A guard that needs facts holds until they come: whether it is a policy is then seen when the step is taken.
    is_policy = found is not None and (unmet is None or not unmet.ground.blocks)
    _refuse_unless(is_policy, "is_a_policy", _("Alleen een beleidsregel kan worden opzijgezet."), record)
    override, _created = PolicyOverride.objects.get_or_create(
        subject=record.ref,
        verb=verb,
        guard=guard,
        used_at=None,
        defaults={"reason": reason.strip(), "asked_by": by, "asked_at": clock.now()},
    )
    if _created:
        trail.record(record, "ask_override", by=by, facts=_facts(override))
    return override


@action("lifecycle.grant_override")
def grant_override(override, *, by):
    """Set the guard aside: by somebody else than who asked it."""
    override = _pending(override, by)
    override.granted_by, override.granted_at = by, clock.now()
    override.save()
    trail.record(record_of(override), "grant_override", by=by, facts=_facts(override))
    return override


@action("lifecycle.refuse_override")
def refuse_override(override, *, by):
    """Leave the guard where it is; it can be asked again with another reason."""
    override = _pending(override, by)
    trail.record(record_of(override), "refuse_override", by=by, facts=_facts(override))
    override.delete()


def _pending(override, by):
    fresh = PolicyOverride.objects.select_for_update().filter(pk=override.pk).first()
    is_pending = fresh is not None and fresh.granted_by_id is None and record_of(fresh) is not None
    _refuse_unless(is_pending, "override_is_pending", _("Over deze afwijking is al beslist."), record_of(override))
    if not by.has_perm("lifecycle.grant_override", fresh):
        raise PermissionDenied
    return fresh


def _refuse_unless(holds, name, sentence, record):
    if not holds:
        ground = SOUND_ADMINISTRATION if name == "override_is_reasoned" else published_rule()
        raise Blocked([Reason(name, sentence, ground)], record)


def _facts(override):
    return {"step": trail.Code(override.verb), "rule": trail.Code(override.guard), "reason": override.reason}
