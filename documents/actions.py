"""Asking for documents, sending letters, and giving legal staff's texts their versions."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from documents import kinds, language, snapshot
from documents.models import ClauseVersion, Document, Letter, ReturnedMail, TemplateVersion
from documents.models.texts import TextState
from lifecycle import clock, outbox, trail
from lifecycle.actors import is_system
from lifecycle.steps import action, fire

# Groups of a context that name the dossier, in this order.
DOSSIERS = ("procedure", "call")


class DataRefused(Exception):
    """The data of a document departs from the context of its kind, or its text cannot be rendered with it."""


def request_document(*, kind, subject, context, by, addressee=None, public=False, title=None, prefix=None) -> Document:
    """Ask for a document about a record: its data is fixed now, it is made by the outbox.

    `context` follows the schema of the kind exactly. `addressee` is the `ref` of the organisation that may read it,
    `public` lets everybody read it once it is sealed. `prefix` starts its number; without it, the number of the
    procedure or call that the context speaks of. Raises `DataRefused` here, not later in a worker.
    """
    kind = kinds.kind_of(kind)
    version = TemplateVersion.objects.approved().select_related("template").get(template__kind=kind.code)
    with clock.stamped(), transaction.atomic(), translation.override("nl"):
        given = snapshot.plain(context)
        prefix = prefix or _dossier_number(given) or subject.dossier.rpartition(".")[2].replace(":", "-")
        # Documents are numbered under the lock of the dossier's chain, which their entry takes anyway.
        running = _next_number(subject.dossier)
        number = f"{prefix}-{kind.prefix}-{running:02d}"
        title = str(title or kind.title)
        data = given | kinds.common(number=number, title=title, day=clock.today(), dossier=prefix)
        clauses = _clauses_in_force(version)
        _refuse_what_cannot_be_made(kind, version, data, clauses)
        document = Document.objects.create(
            kind=kind.code,
            number=number,
            running=running,
            title=title,
            template_version=version,
            clauses={clause.clause.code: clause.pk for clause in clauses},
            context=data,
            context_digest=snapshot.digest(data),
            dossier=subject.dossier,
            subject=subject.ref,
            addressee=addressee or "",
            trail_head=trail.head_of(subject.dossier),
            requested_at=clock.now(),
            requested_by=None if is_system(by) else by,
            public_from=clock.now() if public or kind.public else None,
        )
        facts = {"kind": trail.Code(kind.code), "number": trail.Code(number)}
        trail.record(
            document,
            "request",
            by=by,
            target=document.state,
            facts=facts | {"data": trail.Code(document.context_digest), "text": trail.Code(version.digest)},
        )
        _owe_rendering(document)
    return document


def _owe_rendering(document):
    outbox.owe("documents.render", key=f"{document.pk}/{document.attempt}", payload={"document": document.pk})


def _dossier_number(data):
    return next((data[group]["number"] for group in DOSSIERS if data.get(group)), None)


def _next_number(dossier):
    trail.locked_head(dossier)
    return (Document.objects.of_dossier(dossier).aggregate(last=Max("running"))["last"] or 0) + 1


def _clauses_in_force(version):
    codes = language.clauses_in(version.body)
    return list(ClauseVersion.objects.approved().filter(clause__code__in=codes).select_related("clause"))


def _refuse_what_cannot_be_made(kind, version, data, clauses):
    departures = kinds.departures(kind.schema, data)
    if departures:
        msg = f"{kind.code}: {'; '.join(departures)}"
        raise DataRefused(msg)
    try:
        language.render(version.body, data, {clause.clause.code: clause.body for clause in clauses})
    except language.LanguageError as error:
        msg = f"{version}: {error}"
        raise DataRefused(msg) from error


@action("documents.retry_document")
def retry_document(document, *, by):
    """Make a failed document again, from the same data and the same version of its text."""
    document = fire(document, "retry", by=by)
    _owe_rendering(document)
    return document


# -- letters ------------------------------------------------------------------------------------


def owe_letter(
    *, document, subject, name, email, address, reason, by, by_registered_post=True, recipient="", enclosed=None
) -> Letter:
    """Owe somebody a document: mailed once it is sealed, and, unless told otherwise, also sent by registered post.

    `recipient`: the ref of the party that it is for, whose members may read what was sent from the sending on. `enclosed`: a
    document that goes along with both.
    """
    with clock.stamped(), transaction.atomic():
        letter = Letter.objects.create(
            document=document,
            enclosed=enclosed,
            recipient=recipient,
            subject=subject.ref,
            reason=reason,
            name=name,
            email=email,
            address=address,
            by_registered_post=by_registered_post,
            owed_at=clock.now(),
            owed_by=None if is_system(by) else by,
        )
        trail.record(
            letter, "owe", by=by, facts={"document": document, "enclosed": enclosed, "reason": trail.Code(reason)}
        )
        outbox.owe("documents.send_letter", key=str(letter.pk), payload={"letter": letter.pk})
    return letter


def record_registered_sending(letter, *, by, number, sent_at) -> Letter:
    """Record that a person posted the registered letter: its number and the moment on the proof of posting.

    Law of 17 June 2013, art. 9/1. Raises `ValidationError` naming the field, `PermissionDenied` for the wrong person.
    """
    if not by.has_perm("documents.register_sending", letter):
        raise PermissionDenied
    with clock.stamped(), transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("document").get(pk=letter.pk)
        number = number.strip()
        _refuse_registration(letter, number, sent_at)
        letter.registered_number, letter.registered_sent_at = number, sent_at
        letter.registered_by, letter.registered_recorded_at = by, clock.now()
        try:
            with transaction.atomic():
                letter.save()
        except IntegrityError as error:
            raise ValidationError({"number": _("Dit nummer hoort al bij een andere brief.")}) from error
        trail.record(
            letter,
            "record_registered_sending",
            by=by,
            facts={"number": trail.Code(number), "sent_at": sent_at},
            documents=[letter.document.sha256],
        )
    return letter


def _refuse_registration(letter, number, sent_at):
    errors = {}
    if letter.registered_sent_at is not None:
        errors["number"] = _("De aangetekende zending van deze brief is al opgetekend.")
    elif not letter.by_registered_post:
        errors["number"] = _("Deze brief wordt niet aangetekend verzonden.")
    elif not letter.document.is_ready:
        errors["number"] = _("Het document is nog niet verzegeld: er kan nog niets verzonden zijn.")
    elif not number:
        errors["number"] = _("Vul het nummer van de aangetekende zending in.")
    elif sent_at > clock.now():
        errors["sent_at"] = _("De verzending kan niet in de toekomst liggen.")
    elif sent_at < letter.document.requested_at:
        errors["sent_at"] = _("De verzending kan niet vóór de opmaak van het document liggen.")
    if errors:
        raise ValidationError(errors)


def handle_returned(returned, *, by, answer, note) -> ReturnedMail:
    """Record what a person did about a mail that came back; the first one who says so counts."""
    if not by.has_perm("documents.handle_returned"):
        raise PermissionDenied
    with clock.stamped(), transaction.atomic():
        returned = ReturnedMail.objects.select_for_update(of=("self",)).get(pk=returned.pk)
        if not returned.is_handled:
            returned.answer, returned.note = answer, note
            returned.handled_at, returned.handled_by = clock.now(), by
            returned.save()
            trail.record(returned, "handle", by=by, facts={"answer": trail.Code(answer), "note": note})
    return returned


# -- texts --------------------------------------------------------------------------------------


def draft_version(text, *, body, by):
    """Write the next version of a template or clause as a draft; its open draft, if there is one, is written over.

    Raises `ValidationError` with a message per fault, each naming the line.
    """
    if not by.has_perm("documents.edit_template"):
        raise PermissionDenied
    model = text.versions.model
    with clock.stamped(), transaction.atomic():
        type(text).objects.select_for_update().get(pk=text.pk)
        version = text.versions.filter(state=TextState.DRAFT).first()
        if version is None:
            last = text.versions.aggregate(last=Max("number"))["last"] or 0
            version = model(**{text._meta.model_name: text}, number=last + 1)
        version.body, version.author, version.drafted_at = body.replace("\r\n", "\n"), by, clock.now()
        version.full_clean()
        version.save()
        trail.record(version, "draft", by=by, facts={"text": trail.Code(version.digest)})
    return version


@action("documents.approve_text")
def approve_text(version, *, by):
    """Put a version into force in the place of the one before it."""
    before = type(version).objects.approved().filter(**{version.text._meta.model_name: version.text}).first()
    if before is not None:
        fire(before, "retire", by=by)
    return fire(version, "approve", by=by)
