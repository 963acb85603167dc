"""How the facts of procedures are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from procurement.models import (
    Application,
    Award,
    CalendarToken,
    Lot,
    Procedure,
    QuestionPhase,
    QuestionRound,
    Subscription,
)
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
    "confidential": _("Vertrouwelijk"),
    "question": _("Vraag (vingerafdruk)"),
    "wording": _("Vraag zoals iedereen ze leest (vingerafdruk)"),
    "answer": _("Antwoord (vingerafdruk)"),
    "about": _("Stuk en bladzijde (vingerafdruk)"),
    "in_round": _("Nota van inlichtingen"),
    "questions": _("Vragen"),
    "questions_until": _("Vragen tot"),
}

CODES = {
    "outcome": dict(Application.Outcome.choices),
    "milestone": {code: standard.label for code, standard in STANDARD.items()},
    "removed": {code: standard.label for code, standard in STANDARD.items()},
    "phase": dict(QuestionPhase.choices),
    "reason": {"timetable": _("gewijzigde planning"), "answers_published": _("Nota van inlichtingen")},
}

MODELS = [Award, CalendarToken, QuestionRound, Subscription]
PUBLIC = [Procedure, Lot]
