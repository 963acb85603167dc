"""Deadlines: ahead or past, to the second, and never sooner than their minimum."""

import datetime as dt

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.dates import moment_in_words
from lifecycle.guards import Unmet, guard
from procurement import own_rules
from procurement.grounds import concessions


@guard(_("De uiterste datum voor aanvragen is nog niet voorbij."), ground=concessions("art. 32"))
def applications_deadline_is_past(record, facts):
    return _past(procedure_of(record).applications_deadline)


@guard(_("De uiterste datum voor aanvragen is voorbij."), ground=concessions("art. 47"))
def applications_deadline_is_ahead(record, facts):
    procedure = procedure_of(record)
    return _ahead(procedure.applications_deadline) or _in_the_announced_course(procedure, "art. 47")


@guard(_("De uiterste datum voor offertes is nog niet voorbij."), ground=concessions("art. 32"))
def offers_deadline_is_past(record, facts):
    return _past(procedure_of(record).offers_deadline)


@guard(_("De uiterste datum voor offertes is voorbij."), ground=concessions("art. 47"))
def offers_deadline_is_ahead(record, facts):
    procedure = procedure_of(record)
    return _ahead(procedure.offers_deadline) or _in_the_announced_course(procedure, "art. 47")


def procedure_of(record):
    """The procedure itself, or the one that a record belongs to."""
    return getattr(record, "procedure", record)


def _in_the_announced_course(procedure, article):
    """What was announced binds in the light regime too, where that article does not."""
    return Unmet(ground=own_rules.course_of(procedure, concessions(article)))


def _past(deadline):
    """A submission counts up to and including the second of the deadline."""
    if deadline is None:
        return False
    opens_at = deadline + dt.timedelta(seconds=1)
    return clock.now() >= opens_at or Unmet(opens_at=opens_at)


def _ahead(deadline):
    return deadline is not None and clock.now() < deadline + dt.timedelta(seconds=1)


@guard(_("De termijn voor aanvragen is te kort."), ground=concessions(_("art. 47, derde lid")))
def applications_deadline_leaves_the_minimum(procedure, facts):
    """Thirty days from the dispatch of the notice; the whole last day must have elapsed (Regulation 1182/71)."""
    sent_on = facts.get("notice_sent_on") or procedure.notice_sent_on or clock.today()
    days = procedure.legal_days("applications-minimum-days", on=sent_on)
    law = concessions(_("art. 47, derde lid"))
    ground = own_rules.ground_of(procedure, own_rules.MINIMUM_PERIODS, law)
    return _late_enough(facts.get("deadline") or procedure.applications_deadline, sent_on, days, ground)


@guard(_("De termijn voor offertes is te kort."), ground=concessions(_("art. 47, vierde en vijfde lid")))
def offers_deadline_leaves_the_minimum(procedure, facts):
    """Twenty-two days from the invitation, less five because offers are received electronically."""
    if "offers_deadline" not in facts:
        return True
    today = clock.today()
    days = procedure.legal_days("offers-minimum-days", on=today)
    days -= procedure.legal_days("offers-electronic-reduction-days", on=today)
    law = concessions(_("art. 47, vierde en vijfde lid"))
    ground = own_rules.ground_of(procedure, own_rules.MINIMUM_PERIODS, law)
    return _late_enough(facts["offers_deadline"], today, days, ground)


@guard(_("De nieuwe uiterste datum ligt niet in de toekomst."), ground=concessions("art. 46, § 4"))
def new_deadline_is_ahead(procedure, facts):
    in_time = "offers_deadline" not in facts or facts["offers_deadline"] > clock.now()
    return in_time or _in_the_announced_course(procedure, "art. 46, § 4")


def _late_enough(deadline, event, days, ground):
    earliest = timelimits.earliest_deadline(event, days=days)
    if deadline is not None and deadline >= earliest:
        return True
    words = {"earliest": moment_in_words(earliest), "days": days}
    return Unmet(_now("Ze is ten vroegste %(earliest)s (minstens %(days)s dagen).") % words, ground=ground)
