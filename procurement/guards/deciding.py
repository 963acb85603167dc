"""What must hold before an award is told, concluded or given up."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words
from lifecycle.guards import Unmet, guard
from procurement import own_rules
from procurement.grounds import PROCEDURE, remedies


@guard(_("De gunningsbeslissing is nog niet opgemaakt en verzegeld."), ground=remedies("art. 4/1"))
def award_decision_is_sealed(lot, facts):
    return lot.documents_of("award_decision").readable().exists()


@guard(_("Niet elke brief is verzonden, elektronisch en aangetekend."), ground=remedies("art. 9/1"))
def every_award_letter_is_sent(lot, facts):
    unsent = [letter.name for letter in lot.letters if letter.last_sent_at is None]
    if lot.letters.exists() and not unsent:
        return True
    return Unmet(_now("Zonder verzendbewijs: %(names)s.") % {"names": ", ".join(unsent)} if unsent else "")


@guard(_("De wachttermijn loopt nog."), ground=remedies("art. 11"))
def standstill_is_over(lot, facts):
    last, ground = lot.standstill_last_day, own_rules.ground_of(lot.procedure, own_rules.STANDSTILL)
    if _was_set_aside(lot, ground):
        return True
    if last is None:
        return Unmet(ground=ground)
    if timelimits.period_over(last):
        return True
    detail = _now("Ze loopt tot en met %(last)s, 24.00 uur.") % {"last": day_in_words(last)}
    return Unmet(detail, opens_at=timelimits.first_moment_after(last), ground=ground)


@guard(
    _("De griffie van de Raad van State is na de wachttermijn nog niet nagezien op een vordering tot schorsing."),
    ground=remedies(_("art. 11, tweede lid")),
)
def registry_is_checked_after_the_standstill(lot, facts):
    last = lot.standstill_last_day
    checked = lot.registry_checked_at
    if last and checked and checked >= timelimits.first_moment_after(last):
        return True
    ground = own_rules.ground_of(lot.procedure, own_rules.STANDSTILL, remedies(_("art. 11, tweede lid")))
    return _was_set_aside(lot, ground) or Unmet(ground=ground)


def _was_set_aside(lot, ground):
    """Where the standstill is a practice alone, a second person may have set it aside when its end was established."""
    return not ground.blocks and lot.state == lot.State.READY_TO_CONCLUDE


@guard(
    _("De gunningsbeslissing van dit perceel is nog niet meegedeeld, of de wachttermijn is afgesloten."),
    ground=PROCEDURE,
)
def lot_stands_still(lot, facts):
    return lot.state in {lot.State.STANDSTILL, lot.State.SUSPENDED}


@guard(_("Geef de datum waarop de vordering is ingesteld."), ground=remedies(_("art. 11, tweede lid")))
def filing_date_is_given(lot, facts):
    return "filed_on" not in facts or facts["filed_on"] <= clock.today()


@guard(_("Niet elk perceel is gesloten, niet gegund of vervallen."), ground=PROCEDURE)
def every_lot_is_final(procedure, facts):
    return (
        procedure.lots.exists()
        and not procedure.lots.exclude(state__in=["concluded", "not_awarded", "lapsed"]).exists()
    )


@guard(_("Een perceel is al gesloten: de procedure kan niet meer als geheel worden stopgezet."), ground=PROCEDURE)
def no_lot_is_concluded(procedure, facts):
    return not procedure.lots.filter(state="concluded").exists()
