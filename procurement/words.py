"""How the facts of procedures are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from procurement.models import (
    Application,
    Award,
    CalendarToken,
    Lot,
    MarketConsultation,
    PriorInvolvement,
    Procedure,
    QuestionPhase,
    QuestionRound,
    Subscription,
    TeamMember,
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
    "declares_reserved": _("Verklaring voor voorbehouden percelen"),
    "procurement.person": _("Persoon"),
    "team_role": _("Rol in het team"),
    "procurement.since": _("Vanaf"),
    "procurement.until": _("Tot en met"),
    "procurement.replaces": _("Vervangt"),
    "procurement.log": _("Register"),
    "log_entry": _("Nummer in het register"),
    "log_digest": _("Inhoud van de optekening (vingerafdruk)"),
    "supersedes_entry": _("Verbetert nummer"),
    "copied_from": _("Gekopieerd van"),
    "procurement.copy": _("Kopie"),
    "procurement.total": _("Geraamde waarde"),
    "procurement.value": _("Waarde"),
    "procurement.estimate": _("Raming"),
    "exceeds": _("Boven de grens van de raming"),
    "procurement.version": _("Versie"),
    "procurement.body": _("Orgaan (vingerafdruk)"),
    "decided_on": _("Beslist op"),
    "minutes_sha256": _("Notulen (vingerafdruk)"),
}

CODES = {
    "outcome": dict(Application.Outcome.choices),
    "milestone": {code: standard.label for code, standard in STANDARD.items()},
    "removed": {code: standard.label for code, standard in STANDARD.items()},
    "phase": dict(QuestionPhase.choices),
    "reason": {"timetable": _("gewijzigde planning"), "answers_published": _("Nota van inlichtingen")},
    "team_role": dict(TeamMember.Role.choices),
    "log": {each._meta.model_name: each._meta.verbose_name for each in (MarketConsultation, PriorInvolvement)},
}

MODELS = [Award, CalendarToken, QuestionRound, Subscription, User]
PUBLIC = [Procedure, Lot]
