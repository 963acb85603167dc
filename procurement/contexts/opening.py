"""What the record of an opening speaks of: what came in, what came late, what was taken back."""

from documents.envelopes import reading
from documents.wording import in_dutch
from lifecycle import clock
from lifecycle.models import Entry
from procurement import reference
from procurement.contexts.shared import lot_codes, procedure_data, signatory
from procurement.models import Application, Offer


@in_dutch
def opening_record(procedure, phase, opened, *, by):
    applications = phase == "applications"
    box = procedure.box(phase)
    model = Application if applications else Offer
    own = {"procedure": procedure} if applications else {"lot__procedure": procedure, "round": procedure.round}
    everyone = model.objects.filter(**own)
    return {
        "procedure": procedure_data(procedure),
        "phase": "aanvragen tot deelneming" if applications else reference.round_name(procedure.round),
        "deadline": procedure.applications_deadline if applications else procedure.offers_deadline,
        "opened_at": clock.now(),
        "policy": reference.RELEASE_SENTENCE,
        "officers": [
            signatory(officer, "openingsverantwoordelijke") for officer in (box.first_officer, box.second_officer)
        ],
        "submissions": [_opened(number, each, by) for number, each in enumerate(opened, start=1)],
        "late": _late(procedure, everyone),
        "unconfirmed": _unconfirmed(opened),
        "withdrawn": _withdrawn(everyone),
        "remarks": _unreadable(opened),
    }


def _opened(number, submission, by):
    participant = submission.participant
    readable = submission.envelope.is_readable
    return {
        "number": number,
        "name": participant.name,
        "enterprise_number": participant.lead.written_number,
        "lots": lot_codes(submission),
        "submitted_at": submission.submitted_at,
        "files": _files(submission.envelope, by) if readable else [],
    }


def _files(envelope, by):
    files = reading.read_manifest(envelope, by=by).files
    return [{"name": file.name, "size": file.size, "digest": file.sha256} for file in files]


def _unreadable(opened):
    names = [each.participant.name for each in opened if not each.envelope.is_readable]
    return f"Niet leesbaar bij de opening: {', '.join(names)}." if names else None


def _unconfirmed(opened):
    """Submitted before a change and not confirmed after it: it counts as it was submitted (the published rule)."""
    found = [(each, sorted(addendum.number for addendum in each.addenda_to_confirm())) for each in opened]
    return [
        {"name": each.participant.name, "addenda": ", ".join(map(str, numbers))} for each, numbers in found if numbers
    ]


def _late(procedure, everyone):
    refs = {each.ref: each.participant.name for each in everyone}
    entries = Entry.objects.filter(dossier=procedure.dossier, verb="late_attempt", subject__in=refs)
    return [{"name": refs[entry.subject], "attempted_at": entry.at} for entry in entries.order_by("at")]


def _withdrawn(everyone):
    refs = {each.ref: each.participant.name for each in everyone.filter(state="withdrawn", submitted_at__isnull=False)}
    entries = Entry.objects.filter(verb="withdraw", subject__in=refs)
    return [{"name": refs[entry.subject], "withdrawn_at": entry.at} for entry in entries.order_by("at")]
