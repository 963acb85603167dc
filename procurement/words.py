"""How the facts of procedures are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from procurement.models import Application, Award, Lot, Notice, NoticeSubtype, Procedure, Subscription

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
    "subtype": _("Subtype"),
    "published_on": _("Gepubliceerd op"),
}

CODES = {
    "outcome": dict(Application.Outcome.choices),
    "kind": dict(Notice.Kind.choices),
    "subtype": dict(NoticeSubtype.choices),
}

MODELS = [Award, Subscription]
PUBLIC = [Procedure, Lot, Notice]
