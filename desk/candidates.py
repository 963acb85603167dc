"""What waits for people of a partner: a submission to confirm, a question that came back, who may act for whom."""

from django.utils.translation import gettext as _

from desk.owed import LOOK_AT, Waiting
from partners.models import Invitation, JoinRequest
from procurement.models import Application, Offer, Question
from procurement.models.states import RECEIVING

SHORT = 90


def confirmations(user) -> list[Waiting]:
    """What was submitted before a rectification: its makers confirm or replace it until the deadline."""
    if user.is_staff_member:
        return []
    applications = Application.objects.visible_to(user).filter(state="submitted", procedure__state__in=RECEIVING)
    offers = Offer.objects.visible_to(user).filter(state="submitted", lot__procedure__state__in=RECEIVING)
    found = [
        *applications.select_related("procedure", "participant").order_by("-pk")[:LOOK_AT],
        *offers.select_related("lot__procedure", "lot__product", "lot__area", "application__participant").order_by(
            "-pk"
        )[:LOOK_AT],
    ]
    return [
        Waiting(
            what=_("Bevestigen of vervangen na een wijziging"),
            about=str(each),
            url=each.get_absolute_url(),
            label=_("Bekijk"),
            deadline=each.procedure.phase_deadline,
        )
        for each in found
        if each.addenda_to_confirm().exists()
    ]


def questions_sent_back(user) -> list[Waiting]:
    """A confidential question that is not answered so: asked openly, or withdrawn."""
    found = Question.objects.asked_by_those_of(user).filter(state=Question.State.SENT_BACK)
    return [
        Waiting(
            what=_("Vraag teruggestuurd: openlijk stellen of intrekken"),
            about=each.text if len(each.text) <= SHORT else f"{each.text[:SHORT]}…",
            url=each.get_absolute_url(),
            label=_("Bekijk"),
            deadline=each.terms.questions_until,
        )
        for each in found.select_related("procedure").order_by("-pk")[:LOOK_AT]
    ]


def invitations(user) -> list[Waiting]:
    """To act for an organisation; accepted from here as from the mail."""
    if user.is_staff_member:
        return []
    found = Invitation.objects.to(user).select_related("organisation").order_by("-pk")[:LOOK_AT]
    return [
        Waiting(
            what=_("Uitnodiging aanvaarden"),
            about=str(each.organisation),
            url=each.path,
            label=_("Bekijk"),
            deadline=each.expires_at,
        )
        for each in found
        if each.is_open
    ]


def join_requests(user) -> list[Waiting]:
    """Who asks to act for an organisation; who signs for it decides, or a procurement officer where nobody is left."""
    found = JoinRequest.objects.to_decide_by(user).select_related("organisation", "user").order_by("-pk")[:LOOK_AT]
    return [
        Waiting(
            what=_("Toegang geven of weigeren"),
            about=f"{each.organisation}: {each.user}",
            url=each.get_absolute_url(),
            label=_("Bekijk"),
        )
        for each in found
    ]
