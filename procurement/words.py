"""How the facts of procedures are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from procurement.models import Application, Award, CalendarToken, Lot, Procedure, Subscription
from procurement.timetable import STANDARD

FACTS = {
    "content": _("Inhoud (vingerafdruk)"),
    "approved_digest": _("Goedgekeurde inhoud (vingerafdruk)"),
    "notice_number": _("Nummer van de aankondiging"),
    "notice_sent_on": _("Aankondiging verzonden op"),
    "has_conflict": _("Belangenconflict"),
    "lot": _("Perceel"),
    "lots": _("Percelen"),
    "at": _("Op"),
    "outcome": _("Beoordeling"),
    "procurement.reasons": _("Motivering (vingerafdruk)"),
    "offers_deadline": _("Uiterste datum voor offertes"),
    "applications_deadline": _("Uiterste datum voor aanvragen"),
    "criteria_digest": _("Gunningscriteria (vingerafdruk)"),
    "capacity": _("Capaciteit"),
    "score": _("Score op 100"),
    "scores": _("Punten"),
    "checked_at": _("Nagezien op"),
    "milestone": _("Mijlpaal"),
    "link": _("Schuift mee met"),
    "removed": _("Niet meer gepland"),
    **{f"procurement.{code}": standard.label for code, standard in STANDARD.items()},
}

CODES = {
    "outcome": dict(Application.Outcome.choices),
    "milestone": {code: standard.label for code, standard in STANDARD.items()},
    "removed": {code: standard.label for code, standard in STANDARD.items()},
    "reason": {"timetable": _("gewijzigde planning")},
}

MODELS = [Award, CalendarToken, Subscription]
PUBLIC = [Procedure, Lot]
