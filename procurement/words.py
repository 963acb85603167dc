"""How the facts of procedures are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from procurement.models import Addendum, Application, Award, Lot, Outage, Procedure

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
    "addendum": _("Addendum"),
    "changes": _("Wijzigingen (vingerafdruk)"),
    "deadline": _("Uiterste datum"),
    "outage": _("Storing"),
    "started_at": _("Begin"),
    "ended_at": _("Einde"),
    "hindered": _("Kandidaten gehinderd"),
}

CODES = {
    "outcome": dict(Application.Outcome.choices),
    # Why everybody was told.
    "reason": {"addendum": _("Addendum"), "cancelled": _("Stopzetting")},
}

MODELS = [Award]
PUBLIC = [Procedure, Lot, Addendum, Outage]
