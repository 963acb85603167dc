"""Timetables as iCalendar (RFC 5545): for anybody what is published, for the staff everything that they may see."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lifecycle import clock, timelimits
from lifecycle.models import Entry
from procurement.models import Procedure
from procurement.models.question_terms import Numbers
from procurement.planning import happened_to, planned_of, terms_of
from procurement.timetable import reckon

# What can move a date: each entry of these counts one on in SEQUENCE. Others do not, for what happens behind the scenes of
# a published procedure (a selection that is decided and not told yet) is nobody's business.
MOVING = (
    "create",
    "edit",
    "plan",
    "write_milestone",
    "publish",
    "set_questions_deadline",
    "rectify",
    "extend_deadline",
    "extend_for_outage",
    "invite_tenders",
    "request_best_and_final",
    "cancel",
)
PRODUCT = "-//VDAB//Partnerloket//NL"


def of_procedure(procedure, *, internal=False) -> Calendar:
    """The timetable of one procedure; what is not `internal` holds only what anybody may know."""
    return _calendar([procedure], f"{procedure.number} {procedure.title}", internal=internal)


def of_staff(user) -> Calendar:
    """Every procedure that runs or is prepared, as far as this person may see it."""
    found = Procedure.objects.visible_to(user).exclude(state__in=Procedure.ENDED)
    found = found.prefetch_related("planned_dates", "lots").order_by("number")
    return _calendar(list(found), _("Partnerloket: procedures"), internal=True)


def _calendar(procedures, name, *, internal):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(clock.BRUSSELS))
    revisions, happened = _revisions(procedures), happened_to(procedures, public=not internal)
    table, numbers = timelimits.in_force(on=clock.today()), Numbers()
    for procedure in procedures:
        planned = planned_of(procedure, public=not internal, happened=happened[procedure.pk], numbers=numbers)
        for line in reckon(planned, terms_of(procedure, table=table)).lines:
            if line.moment:
                calendar.add_component(_event(procedure, line, *revisions.get(procedure.ref, (0, clock.now()))))
    calendar.add_missing_timezones()
    return calendar


def _revisions(procedures):
    """By procedure how often its dates could have moved, and when last. One query."""
    refs = [procedure.ref for procedure in procedures]
    entries = Entry.objects.filter(subject__in=refs, verb__in=MOVING).order_by().values_list("subject")
    return {subject: (count, at) for subject, count, at in entries.annotate(Count("pk"), Max("at"))}


def _event(procedure, line, revision, changed_at):
    planned = line.planned
    label = planned.label if planned.is_binding else _("%(what)s (indicatief)") % {"what": planned.label}
    event = Event()
    event.add("uid", f"procedure-{procedure.pk}-{planned.code}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", revision)
    event.add("dtstamp", changed_at.astimezone(dt.UTC))
    event.add("last-modified", changed_at.astimezone(dt.UTC))
    event.add("summary", f"{procedure.number} {label}")
    event.add("description", _description(procedure, line))
    event.add("url", f"{settings.SITE_URL}{procedure.get_absolute_url()}")
    event.add("status", _status(procedure, planned))
    event.add("transp", "TRANSPARENT")
    _put_when(event, line.moment)
    return event


def _put_when(event, moment):
    """A whole day, or a moment in Belgian time that takes no time itself."""
    if isinstance(moment, dt.datetime):
        event.add("dtstart", moment.astimezone(clock.BRUSSELS))
    else:
        event.add("dtstart", moment)
        event.add("dtend", moment + dt.timedelta(days=1))


def _status(procedure, planned):
    if procedure.state == Procedure.State.CANCELLED and not planned.done:
        return "CANCELLED"
    return "CONFIRMED" if planned.is_binding else "TENTATIVE"


def _description(procedure, line):
    kind = _("Gebeurd") if line.planned.done else _("Indicatief: deze datum kan nog verschuiven")
    if line.planned.bound_by:
        kind = _("Bindend door %(publication)s") % {"publication": line.planned.bound_by}
    return "\n".join(part for part in (procedure.title, kind, line.ground) if part)
