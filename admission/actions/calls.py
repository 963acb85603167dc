"""Preparing, publishing and ending a call, and the versions of its conditions."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from admission import contexts
from admission.models import Call, Condition, ConditionsVersion, Fee, PublishedIsFixed
from catalogue.models import Product
from documents.actions import request_document
from lifecycle import clock, trail
from lifecycle.actors import SYSTEM
from lifecycle.steps import action, fire

EDITABLE = (
    "number title_nl title_en summary_nl summary_en product open_from open_until starts_on".split()
)  # fmt: skip


@action("admission.create_call")
def create_call(*, by, conditions=(), fees=(), agreement_nl="", notice_days=60, **fields):
    """Draft a call with the first version of its conditions. `conditions` and `fees` are dicts of their fields.

    Raises `PermissionDenied`, or `ValidationError` naming the field.
    """
    _require(by, "admission.manage_call")
    call = Call(**fields)
    _require_flanking(call)
    _check(call, EDITABLE)
    call.save()
    version = ConditionsVersion.objects.create(
        call=call, number=1, drafted_by=by, agreement_nl=agreement_nl, notice_days=notice_days
    )
    _add(version, conditions, fees)
    trail.record(call, "create", by=by, facts={"product": call.product})
    return call


@action("admission.edit_call")
def edit_call(call, *, by, **fields):
    """Change a draft call. Raises `PublishedIsFixed` once it was handed over for approval."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    _require(by, "admission.manage_call", call)
    if call.state != Call.State.DRAFT:
        raise PublishedIsFixed
    for name in EDITABLE:
        if name in fields:
            setattr(call, name, fields[name])
    _require_flanking(call)
    _check(call, EDITABLE)
    call.save()
    trail.record(call, "edit", by=by, facts={"content": trail.Code(call.content_digest())})
    return call


@action("admission.edit_version")
def edit_version(version, *, by, agreement_nl, notice_days, conditions, fees):
    """Write a draft version of the conditions as a whole: what is handed in replaces what was there."""
    version = ConditionsVersion.objects.select_for_update().get(pk=version.pk)
    _require(by, "admission.manage_call", version.call)
    if not version.is_editable:
        raise PublishedIsFixed
    version.agreement_nl, version.notice_days = agreement_nl, notice_days
    _check(version, ["agreement_nl", "notice_days"])
    version.save()
    for row in [*version.conditions.all(), *version.fees.all()]:
        row.delete()
    _add(version, conditions, fees)
    trail.record(version, "edit", by=by, facts={"content": trail.Code(version.content_digest())})
    return version


@action("admission.draft_version")
def draft_version(call, *, by):
    """Begin the next version from the last one published; the one that is being drafted, if there is one."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    _require(by, "admission.manage_call", call)
    open_one = call.versions.exclude(state=ConditionsVersion.State.PUBLISHED).first()
    if open_one is not None:
        return open_one
    last = call.newest_version()
    version = ConditionsVersion.objects.create(
        call=call, number=last.number + 1, drafted_by=by, agreement_nl=last.agreement_nl, notice_days=last.notice_days
    )
    _add(version, [_fields(each) for each in last.conditions.all()], [_fields(each) for each in last.fees.all()])
    trail.record(version, "create", by=by, facts={"number": version.number})
    return version


@action("admission.publish_call")
def publish_call(call, *, by):
    """Publish a call: its conditions, fees and agreement are frozen under one digest before anybody can apply."""
    call = fire(call, "publish", by=by)
    applies_from = max(call.open_from, clock.today())
    version = fire(call.versions.get(number=1), "publish_with_call", by=by, applies_from=applies_from)
    _make_public(version, by=by)
    return call


@action("admission.publish_version")
def publish_version(version, *, by, applies_from):
    """Publish new conditions: for sitting and new partners from the same day, after the published transition."""
    version = fire(version, "publish", by=by, applies_from=applies_from)
    _make_public(version, by=by)
    return version


def _make_public(version, *, by):
    """Prove in the trail what was published, and make the document that everybody can read."""
    digest = trail.Code(version.digest)
    trail.record(version.call, "conditions_published", by=by, facts={"version": version.number, "digest": digest})
    context = contexts.call_conditions(version)
    request_document(kind="call_conditions", subject=version.call, context=context, by=by, public=True)


@action("admission.end_call")
def end_call(call, *, by):
    """End a call at the end of its term: every admission that still runs lapses with it."""
    call = fire(call, "end", by=by)
    for admission in call.admissions.running().order_by("pk"):
        fire(admission, "lapse", by=SYSTEM)
    return call


def _check(record, names):
    """Validate what people write; the rest of the record is set by its verbs (and checked by the database)."""
    record.full_clean(exclude=[field.name for field in record._meta.fields if field.name not in names])


def _add(version, conditions, fees):
    for model, rows in ((Condition, conditions), (Fee, fees)):
        for fields in rows:
            row = model(version=version, **fields)
            row.full_clean()
            row.save()


def _fields(row):
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name not in ("id", "version")}


def _require(by, permission, record=None):
    if not by.has_perm(permission, record):
        raise PermissionDenied


def _require_flanking(call):
    if call.product.kind != Product.Kind.FLANKING:
        raise ValidationError({"product": _("Alleen een flankerende actie wordt met Open House opengesteld.")})
