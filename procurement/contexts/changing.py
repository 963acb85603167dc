"""What an addendum says, in the document and in the message to everybody who is known."""

from documents.wording import in_dutch
from documents.words import moment_long, until_long
from lifecycle import timelimits
from lifecycle.dates import end_in_words, moment_in_words
from procurement.contexts.shared import procedure_data, signatory
from procurement.models import Addendum
from procurement.redlines import compare

# Longer texts are not repeated in a message: the addendum shows them word by word.
SHORT = 120
BECAUSE = {
    Addendum.Kind.RECTIFICATION: "De aanbesteder zet recht wat bekendgemaakt was.",
    Addendum.Kind.EXTENSION: "De aanbesteder verlengt de uiterste datum, voor iedereen gelijk.",
    Addendum.Kind.OUTAGE: "De termijn wordt verlengd volgens de bekendgemaakte regel over storingen, voor iedereen gelijk.",
}
# Before the number of a version, in the title of a paper that is published anew.
VERSION = ", versie "
TITLES = {"selection_guide": "Selectieleidraad", "concession_documents": "Concessiedocumenten"}
CONFIRM_SENTENCE = (
    "Wie vóór deze bekendmaking al indiende, bevestigt zijn inzending in Partnerloket of trekt ze in en dient een nieuwe in, "
    "tot de uiterste datum. Wie dat niet doet, blijft ingediend zoals hij indiende; het proces-verbaal van opening vermeldt dan "
    "dat de inzending niet bevestigd is na dit addendum."
)


def phase_name(phase):
    """`aanvragen tot deelneming`, `offertes`; empty between two phases."""
    if not phase:
        return ""
    return "aanvragen tot deelneming" if phase == "applications" else "offertes"


@in_dutch
def name_of(addendum):
    return addendum.name


@in_dutch
def title_of_extension(deadline):
    return f"Uiterste datum verlengd tot {moment_in_words(deadline)}"


@in_dutch
def title_of_questions(until):
    return f"Vragen stellen kan tot {end_in_words(until)}"


def title_of_version(kind, number):
    return f"{TITLES[kind]}{VERSION}{number}"


@in_dutch
def reason_of_outage(outage):
    return (
        f"Partnerloket was van {moment_in_words(outage.started_at)} tot {moment_in_words(outage.ended_at)} niet of niet goed te "
        f"gebruiken ({outage.minutes} minuten). {outage.affected}"
    )


@in_dutch
def addendum(addendum):
    procedure = addendum.procedure
    rectification = addendum.kind == Addendum.Kind.RECTIFICATION
    return {
        "procedure": procedure_data(procedure),
        "number": addendum.number,
        "subject": addendum.title,
        "introduction": _because(addendum),
        "published_at": addendum.published_at,
        "reason": addendum.reason,
        "text": addendum.text or None,
        "changes": [change_data(change) for change in addendum.changes],
        "deadline": deadline_data(addendum),
        "questions": questions_data(addendum),
        "replanned": addendum.replanned,
        "confirm": CONFIRM_SENTENCE if rectification and addendum.phase else None,
        "signatory": signatory(addendum.published_by, "namens de aanbesteder"),
    }


def _because(addendum):
    if addendum.kind == Addendum.Kind.EXTENSION and addendum.new_deadline is None:
        return "De aanbesteder verlengt de termijn om vragen te stellen, voor iedereen gelijk."
    return BECAUSE[addendum.kind]


def change_data(change):
    """One change with its pieces: what stayed, what went and what came."""
    pieces = [{"sort": sort, "text": text} for sort, text in compare(change["old"], change["new"])]
    return {"where": change["where"], "what": change["what"], "pieces": pieces}


def deadline_data(addendum):
    if addendum.new_deadline is None:
        return None
    return {"what": phase_name(addendum.phase), "old": addendum.old_deadline, "new": addendum.new_deadline}


def questions_data(addendum):
    if addendum.new_questions_until is None:
        return None
    return {"old": addendum.old_questions_until, "new": addendum.new_questions_until}


@in_dutch
def summary(addendum):
    """The message: what changes, in lines; long texts by their place alone."""
    paragraphs = [f"{_because(addendum)} Reden: {addendum.reason}"]
    if addendum.changes:
        lines = [f"- {_line(change)}" for change in addendum.changes]
        paragraphs.append("\n".join(["Wat verandert:", *lines]))
    if addendum.text:
        paragraphs.append(addendum.text)
    if addendum.new_deadline:
        paragraphs.append(_deadline_line(addendum))
    if addendum.new_questions_until:
        old, new = (_until(moment) for moment in (addendum.old_questions_until, addendum.new_questions_until))
        paragraphs.append(f"Vragen stellen kan tot {new} (voordien tot {old}).")
    if addendum.replanned:
        paragraphs.append(
            "\n".join(["Wat in de planning mee opschuift:", *(f"- {each}" for each in addendum.replanned)])
        )
    if addendum.kind == Addendum.Kind.RECTIFICATION and addendum.phase:
        paragraphs.append(CONFIRM_SENTENCE)
    return "\n\n".join(paragraphs)


@in_dutch
def lines_of(addendum) -> list[str]:
    """What it changes of the official notice, a line each."""
    lines = [_line(change) for change in addendum.changes]
    return [*lines, _deadline_line(addendum)] if addendum.new_deadline else lines


def _deadline_line(addendum):
    old, new = (_plain(moment) for moment in (addendum.old_deadline, addendum.new_deadline))
    return f"Nieuwe uiterste datum voor {phase_name(addendum.phase)}: {new} (voordien {old})."


def _line(change):
    head = f"{change['where']}, {change['what'].lower()}"
    old, new = (str(change[side] if change[side] is not None else "–") for side in ("old", "new"))
    return f"{head}: {old} wordt {new}" if len(old) + len(new) <= SHORT and "\n" not in old + new else head


def _plain(moment):
    return moment_long(moment.isoformat()).replace("\u00a0", " ")


def _until(moment):
    return until_long(moment.isoformat()).replace("\u00a0", " ")


def rules_of_changes(procedure):
    """The published rules about changes, extensions and outages, in the numbers that hold for this procedure."""
    on = procedure.rules_date
    return {
        "remaining_days": timelimits.days("rectification-remaining-days", on=on),
        "outage_minutes": timelimits.days("outage-minimum-minutes", on=on),
        "outage_window_hours": timelimits.days("outage-window-hours", on=on),
        "outage_extra_hours": timelimits.days("outage-extra-hours", on=on),
    }


@in_dutch
def news_of_cancellation(procedure):
    """Title and text of the message that a procedure ends."""
    body = (
        f"De procedure {procedure.number} “{procedure.title_nl}” is stopgezet: er wordt geen overeenkomst gesloten.\n\n"
        f"Reden: {procedure.end_reason}\n\n"
        "Wat nog verzegeld was, wordt nooit geopend; wat nog niet ingediend was, kan niet meer worden ingediend. Wie indiende, "
        "krijgt de gemotiveerde beslissing ook per brief."
    )
    return "Procedure stopgezet", body
