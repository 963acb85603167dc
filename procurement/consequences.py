"""What a corrected dispatch or sending makes different: deadlines, standstills, and steps that turn out unlawful."""

from django.utils.translation import gettext as _

from documents.correcting import Difference, follows_from, letter_of
from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words, moment_in_words
from procurement import guards
from procurement.grounds import concessions, remedies
from procurement.models import Application, Lot, Notice


def _yes(holds):
    return _("ja") if holds else _("nee")


# -- the dispatch of the call ---------------------------------------------------------------------


@follows_from("procurement.notice")
def of_dispatch(correction):
    """The minimum period for applications runs from the dispatch of the call; other notices start none."""
    notice = Notice.objects.select_related("procedure").get(pk=correction.subject.partition(":")[2])
    yield Difference(
        _("Verzending van de aankondiging"), moment_in_words(correction.before), moment_in_words(correction.after)
    )
    if notice.kind != Notice.Kind.CALL:
        return
    days = clock.local_date(correction.moment_before), clock.local_date(correction.moment)
    before, after = (moment_in_words(_earliest(notice.procedure, day)) for day in days)
    follows = guards.notice_follows_the_approval
    early = [follows.reason(notice.procedure, {"notice_sent_on": day}) for day in days]
    if any(early):
        answers = (_yes(reason is None) for reason in early)
        what, ground = _("Verzonden na de goedkeuring"), str(follows.ground)
        yield Difference(what, *answers, ground, early[1].sentence if early[1] else "")
    ground = str(concessions(_("art. 47, derde lid")))
    yield Difference(_("Vroegste uiterste datum voor aanvragen"), before, after, ground)
    check = guards.applications_deadline_leaves_the_minimum
    was, unmet = (check.reason(notice.procedure, {"notice_sent_on": day}) for day in days)
    yield Difference(
        _("De uiterste datum voor aanvragen laat de minimumtermijn"),
        _yes(was is None),
        _yes(unmet is None),
        str(check.ground),
        unmet.sentence if unmet else "",
    )


def _earliest(procedure, day):
    return timelimits.earliest_deadline(day, days=procedure.legal_days("applications-minimum-days", on=day))


# -- the sending of a letter ----------------------------------------------------------------------


@follows_from("documents.letter")
def of_sending(correction):
    """What runs from a letter about a lot or an application of a procedure."""
    letter = letter_of(correction)
    label, _colon, number = letter.subject.partition(":")
    if label == "procurement.lot":
        yield from _same_day(letter, correction)
        yield from _of_lot(Lot.objects.select_related("procedure").get(pk=number), letter, correction)
    elif label == "procurement.application":
        yield from _same_day(letter, correction)
        found = Application.objects.select_related("procedure", "participant").get(pk=number)
        yield from _of_application(found, letter, correction)


def _same_day(letter, correction):
    """Both sendings on one day (act of 17 June 2013, art. 9/1)."""
    if letter.electronic_sent_at is None:
        return
    mailed = clock.local_date(letter.electronic_sent_at)
    was, now = (clock.local_date(moment) == mailed for moment in (correction.moment_before, correction.moment))
    sentence = "" if now else _("De elektronische en de aangetekende verzending gebeurden niet op dezelfde dag.")
    what = _("Elektronisch en aangetekend op dezelfde dag verzonden")
    yield Difference(what, _yes(was), _yes(now), str(remedies(_("art. 9/1, § 1"))), sentence)


def _of_lot(lot, letter, correction):
    letters = list(lot.letters)
    if letter.pk not in {each.pk for each in letters} or not lot.is_told:
        return
    last = [
        _last_day(
            lot.procedure,
            (each.last_sent_if(moment) if each.pk == letter.pk else each.last_sent_at for each in letters),
        )
        for moment in (correction.moment_before, correction.moment)
    ]
    if None in last:
        return
    name, ground = {"lot": lot.number}, str(remedies("art. 11"))
    opens = [timelimits.first_moment_after(day) for day in last]
    yield Difference(_("Laatste dag van de wachttermijn, perceel %(lot)s") % name, *map(day_in_words, last), ground)
    finding = ""
    if lot.concluded_at and lot.concluded_at < opens[1]:
        words = name | {"day": moment_in_words(lot.concluded_at)}
        finding = _("Perceel %(lot)s is gesloten op %(day)s, binnen de wachttermijn.") % words
    yield Difference(_("Sluiting mag vanaf, perceel %(lot)s") % name, *map(moment_in_words, opens), ground, finding)
    if lot.registry_checked_at:
        counts = [_yes(lot.registry_checked_at >= moment) for moment in opens]
        yield Difference(
            _("Het nazicht bij de griffie gebeurde na de wachttermijn, perceel %(lot)s") % name,
            *counts,
            str(remedies(_("art. 11, tweede lid"))),
        )


def _last_day(procedure, moments):
    moments = list(moments)
    if not moments or None in moments:
        return None
    sent_on = clock.local_date(max(moments))
    return timelimits.period_end(sent_on, days=procedure.legal_days("standstill-days", on=sent_on))


def _of_application(application, letter, correction):
    """The invitation may not leave before who was not selected is told (act of 17 June 2013, art. 7)."""
    invited = application.procedure.invited_at
    unselected = {Application.State.NOT_SELECTED, Application.State.EXCLUDED}
    if invited is None or application.state not in unselected:
        return
    was, now = (letter.last_sent_if(moment) <= invited for moment in (correction.moment_before, correction.moment))
    sentence = "" if now else _("De uitnodigingen vertrokken voor deze brief van niet-selectie verzonden was.")
    what = _("De brief van niet-selectie vertrok voor de uitnodigingen")
    yield Difference(what, _yes(was), _yes(now), str(remedies(_("art. 7, § 1"))), sentence)
