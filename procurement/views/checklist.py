"""What of a draft is complete and what is missing, point by point, for its maker."""

from django.utils.translation import gettext as _

from procurement import guards
from procurement.models import Application


def checklist_of(record, user) -> list[tuple[bool, str]]:
    """(done, what) for each point; only submitting itself decides, with its guards."""
    organisations = list(record.participant.organisations)
    waiting = [str(each) for each in organisations if each.state != each.State.CONFIRMED]
    points = [
        (
            not waiting,
            _("Organisatie bevestigd")
            if not waiting
            else _("Nog te bevestigen door de aanbesteder: %(names)s") % {"names": ", ".join(waiting)},
        )
    ]
    if isinstance(record, Application):
        points.append((guards.application_names_lots.reason(record, {}) is None, _("Minstens één perceel gekozen")))
    points += [
        (guards.answers_are_complete.reason(record, {}) is None, _("Alle vragen beantwoord")),
        (guards.envelope_holds_files.reason(record, {}) is None, _("Minstens één bestand opgeladen")),
    ]
    if not waiting and not record.participant.signed_by(user):
        points.append((False, _("Indienen doet iemand die voor de organisatie mag ondertekenen")))
    return points
