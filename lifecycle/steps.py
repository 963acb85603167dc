"""The one door through which every state changes, and the list of what is possible now.

`steps` answers what a person could do next and everything that still stands in the way; `fire` does it; an `action` is a
use case around one or more verbs. Pages and tests use the same list.
"""

import datetime as dt
import functools
import inspect
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from lifecycle import clock, trail
from lifecycle.grounds import published_rule
from lifecycle.guards import Guard, Reason
from lifecycle.models import PolicyOverride
from lifecycle.verbs import allowed, also_by_the_clock, verb

__all__ = [
    "Blocked",
    "Overtaken",
    "Step",
    "action",
    "action_of",
    "allowed",
    "also_by_the_clock",
    "fire",
    "form_of",
    "reasons_of",
    "refuse_overtaken",
    "step_form",
    "step_of",
    "steps",
    "transitions",
    "verb",
    "wrong_state",
]

_actions: dict[str, Callable] = {}
_forms: dict[tuple[str, str], type] = {}
_parts: dict[tuple[str, str], tuple[Callable, str]] = {}
_running: ContextVar[tuple[str, ...]] = ContextVar("running_actions", default=())


class Blocked(Exception):
    """The step is not possible now; `reasons` says everything that stands in the way."""

    def __init__(self, reasons, record=None):
        self.reasons = list(reasons)
        self.record = record
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class Overtaken(Blocked):
    """Somebody else was faster: the record is no longer in the state that this person saw."""


@dataclass(frozen=True)
class Step:
    """One verb that a person may do on a record in its present state, and what still stands in the way."""

    verb: str
    label: str
    consequence: str
    url: str
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    target: str
    action: str | None

    @property
    def possible(self) -> bool:
        return not self.reasons

    @property
    def opens_at(self) -> dt.datetime | None:
        """The moment from which time no longer stands in the way, if time is a reason."""
        return max((reason.opens_at for reason in self.reasons if reason.opens_at), default=None)


# -- declaring ----------------------------------------------------------------------------------


def action(name: str, *, refused: Callable | None = None):
    """Register a use case under `app.name`: one transaction, one legal moment, and the right to fire its verbs.

    `refused(record, refusal, by=)` is called after the rollback when the action was `Blocked`, for what the record must
    keep of a refused attempt.
    """

    def register(function):
        @functools.wraps(function)
        def run(*records, **given_facts):
            with clock.stamped():
                try:
                    with transaction.atomic(), _right_to_fire(name):
                        return function(*records, **given_facts)
                except Blocked as refusal:
                    if refused:
                        refused(*records, refusal, by=given_facts["by"])
                    raise

        run.action_name = name
        _actions[name] = run
        return run

    return register


@contextmanager
def _right_to_fire(name):
    token = _running.set((*_running.get(), name))
    try:
        yield
    finally:
        _running.reset(token)


def step_form(model: str, verb_name: str):
    """Register the form that asks for the facts of a verb: `@step_form("procurement.lot", "decide_award")`."""

    def register(form):
        _forms[model, verb_name] = form
        return form

    return register


def form_of(record, verb_name: str):
    """The form class of a verb, or None when it needs no facts."""
    return _forms.get((record._meta.label_lower, verb_name))


def step_part(model: str, verb_name: str, template: str):
    """Register what a verb's page shows of its consequences: a function `(record, user)` that gives `part` in `template`.

    It answers for what this person may see; the page itself asks only whether the verb is theirs.
    """

    def register(function):
        _parts[model, verb_name] = (function, template)
        return function

    return register


def part_of(record, verb_name: str, user):
    """The template and the content of that part, or None when the sentence of the verb says it all."""
    function, template = _parts.get((record._meta.label_lower, verb_name), (None, ""))
    return {"template": template, "content": function(record, user)} if function else None


def action_of(name: str) -> Callable:
    return _actions[name]


# -- reading ------------------------------------------------------------------------------------


@functools.cache
def transitions(model):
    """Every declared transition of a model's `state`, as django-fsm's public objects."""
    field = model._meta.get_field("state")
    return tuple(field.get_all_transitions(model))


def steps(record, user) -> list[Step]:
    """What this person could do next on this record, with all reasons that still stand in the way."""
    return [
        step_of(record, transition)
        for transition in transitions(type(record))
        if transition.source == record.state
        and transition.custom.get("offered", True)
        and transition.permission(record, user)
    ]


def step_of(record, transition) -> Step:
    reasons, warnings = reasons_of(record, transition, {})
    return Step(
        verb=transition.name,
        label=str(transition.custom["label"]),
        consequence=str(transition.custom["consequence"]),
        url=f"{record.get_absolute_url()}{transition.name}/",
        reasons=tuple(reasons),
        warnings=tuple(warnings),
        target=transition.target,
        action=transition.custom["action"],
    )


def reasons_of(record, transition, facts) -> tuple[list[Reason], list[Reason]]:
    """What blocks the transition, and which policies warn because a second person set them aside."""
    unmet = [reason for guard in transition.conditions if (reason := guard.reason(record, facts))]
    overridden = set()
    if any(not reason.ground.blocks for reason in unmet):
        overrides = PolicyOverride.objects.granted().about(record, transition.name)
        overridden = set(overrides.values_list("guard", flat=True))
    warnings = [reason for reason in unmet if not reason.ground.blocks and reason.guard in overridden]
    return [reason for reason in unmet if reason not in warnings], warnings


# -- doing --------------------------------------------------------------------------------------


def fire(record, verb_name: str, *, by, seen: str | None = None, **facts):
    """Do one verb: lock the row, check again, run it, save, write the trail; returns the fresh record.

    Raises `PermissionDenied` for the wrong person, `Blocked` with all reasons for the wrong moment, and `Overtaken` when
    the record has left the state `seen` (or the state of the `record` handed in) meanwhile.
    """
    with clock.stamped(), transaction.atomic():
        fresh = type(record)._base_manager.select_for_update().get(pk=record.pk)
        transition = _transition(fresh, verb_name, seen or record.state)
        if not transition.permission(fresh, by):
            raise PermissionDenied
        _check_door(transition)
        blocking, warnings = reasons_of(fresh, transition, facts)
        if blocking:
            raise Blocked(blocking, fresh)
        source, before = fresh.state, _columns(fresh)
        _run(fresh, transition, by, facts)
        fresh.save(update_fields=[name for name, value in _columns(fresh).items() if value != before[name]])
        kept = {name: _as_codes(facts.get(name)) for name in transition.custom["facts"]}
        if warnings:
            kept["overridden"] = [trail.Code(warning.guard) for warning in warnings]
            used = PolicyOverride.objects.granted().about(fresh, verb_name).filter(guard__in=kept["overridden"])
            used.update(used_at=clock.now())
        trail.record(fresh, verb_name, by=by, source=source, target=fresh.state, facts={**facts, **kept})
    return fresh


def _as_codes(value):
    if isinstance(value, list | tuple):
        return [trail.Code(item) for item in value]
    return trail.Code(value) if value else None


def _transition(record, verb_name, seen):
    found = [each for each in transitions(type(record)) if each.name == verb_name]
    if not found:
        msg = f"{record._meta.label} has no verb {verb_name}."
        raise LookupError(msg)
    for transition in found:
        if transition.source == record.state:
            return transition
    if seen != record.state:
        refuse_overtaken(record)
    raise Blocked([wrong_state(record, found[0])], record)


def refuse_overtaken(record):
    """Tell this person that the record moved on since the page was made."""
    sentence = _("Iemand anders was u voor: dit staat nu op “%(state)s”.") % {"state": record.get_state_display()}
    raise Overtaken([Reason("overtaken", sentence, published_rule())], record)


def wrong_state(record, transition) -> Reason:
    """The reason why a verb that is declared from another state is not possible in this one."""
    words = {"step": transition.custom["label"], "state": record.get_state_display()}
    sentence = _("“%(step)s” kan niet in de toestand “%(state)s”.") % words
    return Reason("wrong_state", sentence, published_rule())


def _check_door(transition):
    names = transition.custom["action"]
    names = (names,) if isinstance(names, str) else names
    if names and not set(names) & set(_running.get()):
        msg = f"{transition.name} has consequences: call the action {' or '.join(names)}."
        raise RuntimeError(msg)


def _run(record, transition, by, facts):
    """Call the verb with the facts its signature names."""
    method = getattr(record, transition.name)
    names = _names_of(type(record), transition.name)
    # Their answers stand: the row is locked, and django-fsm would ask them a second time, without the facts.
    with Guard.asked(transition.conditions):
        method(by=by, **{name: value for name, value in facts.items() if name in names})


def _columns(record):
    """What stands in each column of a record; lists and groups as copies, for a verb may write in them."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return {name: deepcopy(value) if isinstance(value, list | dict) else value for name, value in values.items()}


@functools.cache
def _names_of(model, verb_name):
    """The parameters of a verb: the facts it takes."""
    return frozenset(inspect.signature(getattr(model, verb_name)).parameters)
