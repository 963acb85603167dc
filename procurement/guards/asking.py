"""What must hold before a question is asked, and before its answer goes out."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle.dates import day_in_words, end_in_words
from lifecycle.guards import Unmet, guard
from procurement.grounds import PROCEDURE, SOUND_ADMINISTRATION, concessions


@guard(_("De fase waarover deze vraag gaat, loopt niet."), ground=PROCEDURE)
def phase_takes_questions(question, facts):
    return question.is_of_the_running_phase


@guard(_("De termijn om vragen te stellen is voorbij."), ground=PROCEDURE)
def questions_deadline_is_ahead(question, facts):
    terms = question.terms
    if terms.takes_questions:
        return True
    if terms.questions_until is None:
        return False
    return Unmet(_now("Vragen konden tot %(moment)s.") % {"moment": end_in_words(terms.questions_until)})


@guard(
    _("Een antwoord kan iedereen niet meer tijdig voor de uiterste datum bereiken."),
    ground=concessions(_("art. 45, derde lid")),
)
def answer_reaches_all_in_time(question, facts):
    """Reckoned backwards from the deadline that stands: moving the deadline first makes room for the answer."""
    terms = question.terms
    if terms.takes_answers:
        return True
    if terms.answers_until is None:
        return False
    sentence = _now("Dat kon tot en met %(day)s: verleng eerst de uiterste datum.")
    return Unmet(sentence % {"day": day_in_words(terms.answers_until)})


@guard(_("Het antwoord is nog leeg."), ground=SOUND_ADMINISTRATION)
def answer_is_written(question, facts):
    return all(facts.get(name, "…").strip() for name in ("wording", "answer"))


@guard(_("Er staat geen nagezien antwoord klaar."), ground=PROCEDURE)
def some_answer_is_ready(procedure, facts):
    return procedure.questions.ready().exists()


@guard(_("Een bekendgemaakte termijn om vragen te stellen wordt niet korter."), ground=PROCEDURE)
def questions_deadline_is_not_sooner(procedure, facts):
    """Who counted on it must be able to: before the phase runs, and later in time, it may change."""
    return not facts["is_running"] or facts["chosen"] >= facts["published"]


@guard(_("Er blijft geen dag over om te antwoorden."), ground=concessions(_("art. 45, derde lid")))
def questions_deadline_leaves_time_to_answer(procedure, facts):
    if facts["last"] >= facts["chosen"]:
        return True
    return Unmet(_now("Vragen kunnen hoogstens tot %(moment)s.") % {"moment": end_in_words(facts["last"])})
