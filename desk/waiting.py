"""What waits for whom: the next steps of the records that a person may see, and what is about to expire."""

import datetime as dt

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admission.models import AdmissionApplication, Call
from contracts.models import Contract
from desk.candidates import confirmations, invitations, join_requests, questions_sent_back
from desk.owed import LOOK_AT, Waiting, award_notices, letters, openings, statements
from desk.published import change_notices, early_deadlines, subtypes
from documents.models import Correction, ReturnedMail
from lifecycle import clock, steps
from lifecycle.dates import day_in_words
from lifecycle.models import LegalValue, PolicyOverride
from lifecycle.overrides import record_of
from procurement.milestones import timeline_of
from procurement.models import Addendum, Application, AwardValue, Lot, Offer, Outage, Procedure, Question
from procurement.models.question_terms import Numbers, terms_of
from procurement.waiting import words_for_unanswered

SHOWN = 10
SOME = 5

# Ways out that stand open all the time and wait for nobody.
WAYS_OUT = frozenset(
    "abandon announce_closing announce_measure archive cancel decline_award dismiss drop end_by_partner expire "
    "extend_deadline pause renounce return_proposal return_to_draft serve_notice_of_default suspend take_back terminate "
    "withdraw".split()
)


def urgent_for(user) -> list[Waiting]:
    """What is owed now, and the steps that this person could take; an opening and a statement before anything else."""
    first = [*openings(user), *statements(user)]
    steps_now = [waiting for record in _in_progress(user) for waiting in _steps(record, user)]
    others = [*_questions(user), *_second_person(user), *_returned(user)]
    told = [*subtypes(user), *change_notices(user), *early_deadlines(user)]
    own = [*confirmations(user), *questions_sent_back(user), *invitations(user), *join_requests(user)]
    found = [*letters(user), *award_notices(user), *told, *own, *others, *steps_now]
    return [*first, *sorted(found, key=_moment)][:SHOWN]


def _moment(waiting):
    """When it is due: a day ends at its midnight, what has no term comes last."""
    deadline = waiting.deadline
    if deadline is not None and not isinstance(deadline, dt.datetime):
        deadline = clock.at(deadline + dt.timedelta(days=1))
    return deadline is None, deadline or clock.now()


def _in_progress(user):
    """Records that are not final, the latest first; drafts of a candidate have their own place on the page."""
    yield from Procedure.objects.visible_to(user).exclude(state__in=Procedure.ENDED).order_by("-pk")[:LOOK_AT]
    drafts = Addendum.objects.visible_to(user).filter(state="draft")
    yield from drafts.select_related("procedure").order_by("-pk")[:LOOK_AT]
    yield from Outage.objects.visible_to(user).filter(state="recorded").order_by("-pk")[:LOOK_AT]
    lots = Lot.objects.visible_to(user).exclude(state__in=Lot.FINAL).filter(procedure__state="evaluation")
    yield from lots.select_related("procedure", "product", "area").order_by("-pk")[:LOOK_AT]
    applications = Application.objects.visible_to(user).filter(state__in=["opened", "incomplete", "regularisation"])
    yield from applications.select_related("procedure", "participant").order_by("-pk")[:LOOK_AT]
    offers = Offer.objects.visible_to(user).filter(state__in=["opened", "regular"])
    yield from offers.select_related("lot__procedure", "application__participant").order_by("-pk")[:LOOK_AT]
    yield from Call.objects.visible_to(user).filter(state__in=Call.INTERNAL).order_by("-pk")[:LOOK_AT]
    asked = AdmissionApplication.objects.visible_to(user).exclude(
        state__in=["draft", "admitted", "refused", "withdrawn"]
    )
    yield from asked.select_related("call", "participant").order_by("-pk")[:LOOK_AT]
    yield from Correction.objects.visible_to(user).waiting().order_by("-pk")[:LOOK_AT]
    yield from LegalValue.objects.visible_to(user).proposed().order_by("-pk")[:LOOK_AT]
    contracts = Contract.objects.visible_to(user).filter(state__in=["prepared", "issued"])
    yield from contracts.select_related("participant", "document").order_by("-pk")[:LOOK_AT]


def _steps(record, user):
    """One line a record, however many ways it can go on."""
    found = [step for step in steps.steps(record, user) if step.possible and step.verb not in WAYS_OUT]
    if found:
        what = _(" of ").join(
            step.label if not number else _begin_small(step.label) for number, step in enumerate(found)
        )
        url = found[0].url if len(found) == 1 else record.get_absolute_url()
        yield Waiting(what=what, about=str(record), url=url, label=_("Bekijk"), deadline=_deadline(record))


def _begin_small(label):
    label = str(label)
    return label[:1].lower() + label[1:]


def _deadline(record):
    return getattr(record, "decision_due", None)


def _questions(user):
    """The questions that wait for an answer, a line a procedure, with the last day for it."""
    if not user.has_perm("procurement.check_answer"):
        return
    counts = Question.objects.unanswered_in_time().values_list("procedure", "phase").annotate(count=Count("pk"))
    counts = counts.order_by("-procedure")[:LOOK_AT]
    procedures = Procedure.objects.in_bulk([procedure for procedure, _phase, _count in counts])
    numbers = Numbers()
    for key, phase, count in counts:
        procedure = procedures[key]
        yield Waiting(
            what=words_for_unanswered(count), about=str(procedure),
            url=f"{procedure.get_absolute_url()}?tab=vragen", label=_("Bekijk"),
            deadline=terms_of(procedure, phase, numbers).answers_until, ground=_("art. 45, wet van 17 juni 2016"),
        )  # fmt: skip


def _second_person(user):
    """What somebody asked or recorded and this person decides on: policies to set aside, values above the estimate."""
    if user.has_perm("lifecycle.grant_override"):
        for override in PolicyOverride.objects.pending().exclude(asked_by=user)[:LOOK_AT]:
            record = record_of(override)
            if record is not None and type(record).objects.visible_to(user).filter(pk=record.pk).exists():
                yield Waiting(
                    _("Beleidsregel opzijzetten of niet"), str(record), override.get_absolute_url(), _("Bekijk")
                )
    if user.has_perm("procurement.sign_off_award_value"):
        found = AwardValue.objects.filter(signed_off_by=None, procedure__state="evaluation")
        for value in found.select_related("procedure", "lot__product", "lot__area")[:LOOK_AT]:
            if value.exceeds and user.has_perm("procurement.sign_off_award_value", value):
                about = str(value.lot or value.procedure)
                yield Waiting(_("Waarde boven de raming aftekenen"), about, value.get_absolute_url(), _("Bekijk"))


def _returned(user):
    """Mail that came back; who it was for is on its page, for who may know."""
    if not user.has_perm("documents.handle_returned"):
        return
    count = ReturnedMail.objects.unhandled().count()
    if count:
        words = ngettext("%(count)d mail kwam terug", "%(count)d mails kwamen terug", count)
        yield Waiting(
            what=words % {"count": count},
            about=_("De bestemmeling bereiken: een ander adres, of aangetekend"),
            url=reverse("documents:returned-mails"),
            label=_("Bekijk"),
        )


def drafts_of(user) -> list[dict]:
    """A candidate's drafts that are not submitted, while they still can be."""
    drafts = Application.objects.visible_to(user).filter(state="draft", procedure__state="published")
    offers = Offer.objects.visible_to(user).filter(
        state="draft", lot__procedure__state__in=["tendering", "best_and_final"]
    )
    found = [
        (each, each.procedure.applications_deadline)
        for each in drafts.select_related("procedure", "participant")[:SHOWN]
    ]
    related = offers.select_related("lot__procedure", "lot__product", "lot__area", "application__participant")
    found += [(each, each.procedure.offers_deadline) for each in related[:SHOWN]]
    return [{"title": str(each), "deadline": deadline, "url": each.get_absolute_url()} for each, deadline in found]


def running_for(user) -> list[dict]:
    """What runs that this person may see, under headings: own submissions, procedures with their timeline, calls, contracts."""
    groups = [
        (_("Uw aanvragen"), [] if user.is_staff_member else [*_own_applications(user), *_own_admissions(user)], ""),
        (_("Procedures"), _procedures(user), reverse("procedure-list")),
        (_("Open House"), _calls(user), reverse("call-list")),
        (_("Contracten"), _contracts(user), reverse("contract-list")),
    ]
    return [{"title": title, "rows": rows, "url": url} for title, rows, url in groups if rows]


def _procedures(user):
    found = (
        Procedure.objects.visible_to(user).exclude(state__in=Procedure.ENDED).prefetch_related("lots").order_by("-pk")
    )
    return [_row(each, each.number, each.title, timeline_of(each, each.lots.all(), user=user)) for each in found[:SOME]]


def _own_applications(user):
    found = Application.objects.visible_to(user).exclude(state__in=["draft", "withdrawn"])
    found = found.select_related("procedure", "participant").order_by("-pk")[:SOME]
    return [_row(each, each.procedure.number, str(each.participant), next=each.procedure.title) for each in found]


def _own_admissions(user):
    found = AdmissionApplication.objects.visible_to(user).select_related("call", "participant").order_by("-pk")[:SOME]
    return [_row(each, each.call.number, str(each.participant), next=each.call.title) for each in found]


def _calls(user):
    found = Call.objects.visible_to(user).running().order_by("number")[:SOME]
    until = _("aanvragen kan tot en met %(day)s")
    return [_row(each, each.number, each.title, next=_day(until, each.apply_until)) for each in found]


def _contracts(user):
    found = Contract.objects.visible_to(user).exclude(state="archived").select_related("participant").order_by("-pk")
    until = _("loopt tot en met %(day)s")
    return [_row(each, each.number, str(each.participant), next=_day(until, each.term_end)) for each in found[:SHOWN]]


def _day(sentence, day):
    return sentence % {"day": day_in_words(day)} if day else ""


def _row(record, number, name, timeline=None, next=""):  # noqa: A002 -- the name that the template gives it
    return {
        "record": record,
        "number": number,
        "name": name,
        "url": record.get_absolute_url(),
        "timeline": timeline,
        "next": next,
    }
