"""What changed after the publication: the tab of a procedure, and the news on the page of who is applying or applied."""

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement import guards
from procurement.models import Addendum


def changes_tab(procedure, user):
    """`wijzigingen` for the tabs of a procedure page, or nothing while there is nothing to say and nobody to say it."""
    if not procedure.is_public:
        return {}
    found = Addendum.objects.visible_to(user).filter(procedure=procedure).order_by("-published_at", "-pk")
    may_draft = user.has_perm("procurement.draft_addendum", procedure) and procedure.state in procedure.RECTIFIABLE
    count = found.published().count()
    if not (count or may_draft or found.exists()):
        return {}

    def part():
        draft_url = reverse("addendum-new", args=[procedure.pk]) if may_draft else None
        drafts = [each for each in found if each.published_at is None]
        published = [each for each in found if each.published_at]
        for each in found:
            each.procedure = procedure
        return {"addenda": published, "drafts": drafts, "draft_url": draft_url, "outages_url": reverse("outage-list")}

    return {"wijzigingen": (_("Wijzigingen"), count, part)}


def news_for_maker(record, user):
    """What changed since a draft was begun or a submission was made, and what its maker still has to do about it."""
    published = record.procedure.addenda.published().filter(phase=record.phase).order_by("number")
    if record.state == record.State.DRAFT:
        return {"news": {"since": list(published.filter(published_at__gte=record.envelope.started_at))}}
    if record.state != record.State.SUBMITTED:
        return {}
    waiting = list(record.addenda_to_confirm().order_by("number"))
    possible = guards.submissions_still_come_in.reason(record, {}) is None
    may_sign = user.has_perm("procurement.sign_submission", record)
    name = record._meta.model_name
    return {
        "news": {
            "to_confirm": waiting,
            "confirmed": record.confirmed_addendum,
            "confirmed_at": record.confirmed_at,
            "deadline": record.procedure.phase_deadline,
            "is_over": not possible,
            "confirm_url": reverse(f"{name}-confirm", args=[record.pk]) if possible and may_sign else None,
            "withdraw_url": reverse(f"{name}-step", args=[record.pk, "withdraw"]) if possible and may_sign else None,
        }
    }
