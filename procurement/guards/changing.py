"""What must hold before something that was published changes, and before a deadline moves."""

import datetime as dt

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.dates import moment_in_words
from lifecycle.guards import Unmet, guard
from procurement.grounds import CHANGES, OUTAGES, PROCEDURE, SOUND_ADMINISTRATION, concessions
from procurement.guards.deadlines import applications_deadline_leaves_the_minimum, procedure_of

LAST_SECOND = dt.timedelta(seconds=1)


def deadline_is_ahead(procedure) -> bool:
    """A submission counts up to and including the second of the deadline."""
    deadline = procedure.phase_deadline
    return deadline is not None and clock.now() < deadline + LAST_SECOND


# -- an addendum ----------------------------------------------------------------------------------


@guard(
    _("Het voorwerp, de minimumeisen en de gunningscriteria veranderen nu niet meer."),
    ground=concessions(_("art. 34, § 2, en art. 46, § 6")),
)
def procedure_can_be_rectified(addendum, facts):
    return addendum.procedure.state in addendum.procedure.RECTIFIABLE


@guard(
    _("De procedure is sinds het ontwerp in een andere fase gekomen: stel het addendum opnieuw op."), ground=PROCEDURE
)
def addendum_is_of_this_phase(addendum, facts):
    return addendum.phase == addendum.procedure.phase


@guard(_("Het addendum zegt niet wat er verandert."), ground=concessions("art. 46, § 4"))
def addendum_says_what_changes(addendum, facts):
    return bool(addendum.changes or addendum.text.strip())


@guard(_("Wat het addendum vervangt, staat er niet meer zo: stel het opnieuw op."), ground=SOUND_ADMINISTRATION)
def changes_still_fit(addendum, facts):
    return addendum.still_fits()


@guard(
    _("Niet alles wat dit addendum wijzigt, mag nu nog veranderen."), ground=concessions(_("art. 46, § 6, en art. 48"))
)
def rectified_parts_may_change(addendum, facts):
    """Before the applications deadline whatever was published; after it only what offers are asked and compared by."""
    allowed = addendum.procedure.rectifiable_parts
    return all(change["part"] in allowed for change in addendum.changes)


@guard(_("De uiterste datum is voorbij: er kan niets meer aan veranderen."), ground=concessions("art. 32"))
def rectified_deadline_is_ahead(addendum, facts):
    return not addendum.phase or deadline_is_ahead(addendum.procedure)


@guard(_("De nieuwe uiterste datum is niet later dan de huidige."), ground=CHANGES)
def rectified_deadline_moves_later(addendum, facts):
    if addendum.new_deadline is None:
        return True
    current = addendum.procedure.phase_deadline
    return current is not None and addendum.new_deadline > max(current, clock.now())


@guard(
    _("Er blijft te weinig tijd over na de rectificatie: verleng de uiterste datum in hetzelfde addendum."),
    ground=CHANGES,
)
def rectification_leaves_the_days(addendum, facts):
    """So many whole days after the publication, reckoned as every period is (Regulation 1182/71)."""
    deadline = addendum.new_deadline or addendum.procedure.phase_deadline
    if not addendum.phase or deadline is None:
        return True
    days = timelimits.days("rectification-remaining-days", on=addendum.procedure.rules_date)
    earliest = timelimits.earliest_deadline(clock.today(), days=days)
    words = {"days": days, "earliest": moment_in_words(earliest)}
    sentence = _now("Na de bekendmaking blijven minstens %(days)s volle dagen: ten vroegste %(earliest)s.")
    return deadline >= earliest or Unmet(sentence % words)


@guard(_("Twee selectievoorwaarden hebben dezelfde code."), ground=concessions("art. 48"))
def conditions_have_own_codes(procedure, facts):
    """The database refuses them: this says so in words."""
    codes = [condition.code for condition in procedure.selection_conditions.all()]
    return len(codes) == len(set(codes))


# -- extending ------------------------------------------------------------------------------------


@guard(_("De uiterste datum is voorbij: alleen een storing kan ze dan nog verlengen."), ground=concessions("art. 32"))
def phase_deadline_is_ahead(procedure, facts):
    return deadline_is_ahead(procedure)


@guard(_("De nieuwe uiterste datum is niet later dan de huidige."), ground=CHANGES)
def deadline_becomes_later(procedure, facts):
    return "deadline" not in facts or facts["deadline"] > procedure.phase_deadline


@guard(_("De nieuwe uiterste datum laat de minimumtermijn nog niet."), ground=concessions(_("art. 47, derde lid")))
def extension_leaves_the_minimum(procedure, facts):
    """Where a corrected dispatch made the deadline too early, an extension puts that right or is none."""
    if "deadline" not in facts or procedure.phase != "applications" or facts["deadline"] <= procedure.phase_deadline:
        return True
    unmet = applications_deadline_leaves_the_minimum.reason(procedure, facts)
    return unmet is None or Unmet(unmet.sentence, ground=unmet.ground)


@guard(_("De nieuwe uiterste datum laat de minimumtermijn nog niet."), ground=concessions(_("art. 47, derde lid")))
def rectified_deadline_leaves_the_minimum(addendum, facts):
    """As for an extension alone."""
    if addendum.new_deadline is None:
        return True
    unmet = extension_leaves_the_minimum.reason(addendum.procedure, {"deadline": addendum.new_deadline})
    return unmet is None or Unmet(unmet.sentence, ground=unmet.ground)


@guard(
    _(
        "De verzegeling is al geheel of gedeeltelijk opgeheven: wat geopend is of kon worden, wordt niet opnieuw verzegeld."
    ),
    ground=concessions("art. 32"),
)
def nothing_was_opened(procedure, facts):
    return bool(procedure.phase) and procedure.box(procedure.phase).state == "sealing"


# -- confirming -----------------------------------------------------------------------------------


@guard(
    _("Inzendingen kunnen niet meer binnenkomen: er kan niets meer bevestigd worden."), ground=concessions("art. 32")
)
def submissions_still_come_in(submission, facts):
    procedure = procedure_of(submission)
    return procedure.is_receiving and submission.phase == procedure.phase and deadline_is_ahead(procedure)


@guard(_("Er is niets te bevestigen."), ground=CHANGES)
def something_is_to_confirm(submission, facts):
    return submission.addenda_to_confirm().exists()


# -- outages --------------------------------------------------------------------------------------


@guard(_("Het einde van deze storing is al opgetekend."), ground=OUTAGES)
def outage_is_open(outage, facts):
    return outage.ended_at is None


@guard(_("Het einde ligt niet na het begin, of ligt in de toekomst."), ground=OUTAGES)
def outage_ends_after_its_start(outage, facts):
    return "ended_at" not in facts or outage.started_at < facts["ended_at"] <= clock.now()


@guard(_("De storing duurt nog: teken eerst haar einde op."), ground=OUTAGES)
def outage_has_ended(outage, facts):
    return outage.ended_at is not None
