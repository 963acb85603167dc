"""What the law or the house owes now and no verb of a record says: an opening, a statement, a letter, a notice."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Letter, SealingBox
from lifecycle import clock
from procurement.grounds import concessions
from procurement.milestones import award_notice_due, award_notice_ground
from procurement.models import InterestStatement, Lot, Notice, Procedure

# How many records of a kind the home page looks at: it stays as fast with a thousand of them.
LOOK_AT = 10
S = Procedure.State
# The states in which a box can be due, and those in which something that was opened is judged.
CLOSING = (S.PUBLISHED, S.APPLICATIONS_CLOSED, S.TENDERING, S.TENDERS_CLOSED, S.BEST_AND_FINAL)
JUDGING = (S.SELECTION, S.SELECTION_DECIDED, S.SELECTION_NOTIFIED, S.EVALUATION, S.NEGOTIATION)


@dataclass(frozen=True)
class Waiting:
    """One line of the agenda: until when, what, about which record, and the page where it is done."""

    what: str
    about: str
    url: str
    label: str
    deadline: object = None
    ground: str = ""


def openings(user) -> list[Waiting]:
    """The boxes whose deadline is past and that wait for this officer."""
    if not user.has_perm("documents.release_box"):
        return []
    boxes = _due_boxes()
    stated = InterestStatement.objects.filter(user=user, has_conflict=False).values("procedure")
    return [
        Waiting(
            what=_("Opheffing van de verzegeling"),
            about=str(procedure),
            url=reverse("box-release", args=[procedure.pk]),
            label=_("Naar de opening"),
            ground=str(concessions("art. 32")),
        )
        for procedure in Procedure.objects.filter(pk__in=boxes).filter(pk__in=stated).order_by("-pk")[:LOOK_AT]
        if _waits_for(boxes[procedure.pk], user)
    ]


def _due_boxes() -> dict[int, SealingBox]:
    """The boxes that can be released from this second on, by the key of their procedure."""
    closing = Procedure.objects.filter(state__in=CLOSING).values_list("pk", flat=True)
    subjects = {f"{Procedure._meta.label_lower}:{pk}": pk for pk in closing}
    due = SealingBox.objects.filter(subject__in=subjects, opens_at__lte=clock.now())
    return {subjects[box.subject]: box for box in due.exclude(state=SealingBox.State.RELEASED)}


def _waits_for(box, user):
    """Who gave the first approval waits for the second officer, as long as it stands."""
    return not (box.first_officer_id == user.pk and box.first_approval_stands)


def statements(user) -> list[Waiting]:
    """The procedures of which this person sees nothing until stating interests (act of 17 June 2016, art. 26)."""
    if not (user.has_perm("procurement.state_interests") and user.has_perm("procurement.view_submissions")):
        return []
    wanted = Q(state__in=JUDGING)
    if user.has_perm("documents.release_box"):
        wanted |= Q(pk__in=_due_boxes())
    found = Procedure.objects.filter(wanted).exclude(interest_statements__user=user).order_by("-pk")
    return [
        Waiting(
            what=_("Belangenverklaring afleggen"),
            about=str(procedure),
            url=reverse("interests", args=[procedure.pk]),
            label=_("Verklaring afleggen"),
            ground=_("art. 26, wet van 17 juni 2016"),
        )
        for procedure in found[:LOOK_AT]
    ]


def letters(user) -> list[Waiting]:
    """Registered letters go on the day of the electronic sending (act of 17 June 2013, art. 9/1)."""
    if not user.has_perm("documents.register_sending"):
        return []
    owed = Letter.objects.to_register().exclude(electronic_sent_at=None)
    count = owed.count()
    if not count:
        return []
    words = ngettext("%(count)d aangetekende brief te versturen", "%(count)d aangetekende brieven te versturen", count)
    first = owed.order_by("electronic_sent_at").values_list("electronic_sent_at", flat=True)[0]
    return [
        Waiting(
            what=words % {"count": count},
            about="",
            url=f"{reverse('documents:documents')}?to_register=true",
            label=_("Bekijk"),
            deadline=clock.local_date(first),
            ground=_("art. 9/1, wet van 17 juni 2013"),
        )
    ]


def award_notices(user) -> list[Waiting]:
    """The notices of what was concluded, until they are recorded as sent or the dossier is archived."""
    if not user.has_perm("procurement.publish_procedure"):
        return []
    sent = Notice.objects.filter(kind=Notice.Kind.AWARD).values("procedure")
    concluded = Procedure.objects.filter(lots__state=Lot.State.CONCLUDED).exclude(state=S.ARCHIVED).exclude(pk__in=sent)
    found = concluded.distinct().prefetch_related("lots").order_by("-pk")[:LOOK_AT]
    return [
        Waiting(
            what=_("Aankondiging van gegunde concessie verzenden"),
            about=str(procedure),
            url=procedure.get_absolute_url(),
            label=_("Bekijk"),
            deadline=award_notice_due(procedure, procedure.lots.all()),
            ground=award_notice_ground(procedure),
        )
        for procedure in found
    ]
