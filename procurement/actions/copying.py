"""A new procedure from an earlier one: everything that was written, nothing that happened."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, ForeignKey

from lifecycle import clock, trail
from lifecycle.steps import action
from procurement.models import Procedure, ValueEstimate

# What belongs to the life of one procedure. Besides these: people, moments and days that came, and digests.
LEFT_OUT = {
    "id",
    "state",
    "round",
    "copied_from",
    "has_team",
    "intake_until",
    "performance_until",
    "legal_values",
    "notice_number",
    "return_reason",
    "end_reason",
}
# What a procedure is made of, by the name of its relation; and what those parts are made of.
PARTS = {
    "lots": {},
    "award_criteria": {"sub_criteria": {}},
    "selection_conditions": {},
    "exclusion_choices": {},
}


@action("procurement.copy_procedure")
def copy_procedure(procedure, *, by, number):
    """A draft with the facts, lots, criteria, conditions, exclusion grounds and limits of an earlier procedure.

    Without its dates that are past, its team, its statements and its approvals. Both chains of the trail know of it.
    """
    if not by.has_perm("procurement.edit_procedure") or not by.has_perm("procurement.view_internal_procedure"):
        raise PermissionDenied
    copy = Procedure(**written(procedure) | {"number": number, "copied_from": procedure})
    copy.term_start, copy.term_end = _ahead(procedure.term_start, procedure.term_end)
    copy.save()
    _copy_parts(procedure, copy, PARTS)
    if estimate := ValueEstimate.objects.filter(procedure=procedure).first():
        ValueEstimate.objects.create(**written(estimate) | {"procedure": copy})
    content = trail.Code(Procedure.objects.get(pk=copy.pk).content_digest())
    trail.record(copy, "create", by=by, facts={"copied_from": procedure, "content": content})
    trail.record(procedure, "copy", by=by, facts={"copy": copy})
    return copy


def _copy_parts(source, target, parts):
    for name, inner in parts.items():
        relation = source._meta.get_field(name)
        for part in getattr(source, name).order_by("pk"):
            made = type(part).objects.create(**written(part) | {relation.field.name: target})
            _copy_parts(part, made, inner)


def written(record) -> dict:
    """The columns of a record that a copy takes over, whichever app added them."""
    fields = [field for field in record._meta.concrete_fields if not _happened(record, field)]
    return {field.name: getattr(record, field.name) for field in fields}


def _happened(record, field) -> bool:
    """Whether a column says who did what and when, rather than what was written."""
    if field.name in LEFT_OUT or field.name.endswith("digest"):
        return True
    if isinstance(field, ForeignKey):
        return field.remote_field.model._meta.label == settings.AUTH_USER_MODEL
    value = getattr(record, field.name)
    # `DateTimeField` is a `DateField` to Django.
    return isinstance(field, DateField) and field.null and value is not None and _is_past(value)


def _is_past(value):
    return value <= clock.now() if isinstance(value, dt.datetime) else value <= clock.today()


def _ahead(start, end):
    """A term of the same length that has not begun: whole years later where the earlier one has."""
    years = 0
    while _later(start, years) <= clock.today():
        years += 1
    return _later(start, years), _later(end, years)


def _later(day, years):
    if (day.month, day.day) == (2, 29):
        day -= dt.timedelta(days=1)
    return day.replace(year=day.year + years)
