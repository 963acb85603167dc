"""What a decision is about, shown before it is taken: who gets which outcome for which reasons, and which letter.

Each person sees only the applications and offers that are visible to them; of the others the page says how many there are.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from lifecycle.steps import step_part
from partners.addresses import addressee
from procurement import comparing
from procurement.models import Application, Offer, content

TEMPLATE = "procurement/decided.html"


# -- the approval -------------------------------------------------------------------------------


@step_part("procurement.procedure", "approve", "procurement/to_approve.html")
def approve(procedure, user):
    return what_is_approved(procedure)


@step_part("procurement.procedure", "record_outside_approval", "procurement/to_approve.html")
def record_outside_approval(procedure, user):
    return what_is_approved(procedure)


def what_is_approved(procedure):
    """All of it as it would be kept, and how much of it is new."""
    now = content.content_of(procedure)
    last = procedure.approved_versions.order_by("-number").first()
    return {
        "guide_url": reverse("procedure-guide-draft", args=[procedure.pk]),
        "content": comparing.in_words(now),
        "earlier": last,
        "changes": comparing.changes_between(last.content, now) if last else [],
    }


def _part(rows, total, *, intro, lasting, letters=False):
    return {"intro": intro, "lasting": lasting, "rows": rows, "hidden": total - len(rows), "letters": letters}


# -- the selection ------------------------------------------------------------------------------


@step_part("procurement.procedure", "decide_selection", TEMPLATE)
def decide_selection(procedure, user):
    seen, total = _applications(procedure, user)
    return _part(
        [_candidate(each, each.get_outcome_display()) for each in seen],
        total,
        intro=_("U beslist over elke aanvraag zoals ze beoordeeld is:"),
        lasting=_(
            "De gemotiveerde beslissing wordt verzegeld en wijzigt niet meer. De brieven volgen bij het meedelen."
        ),
    )


@step_part("procurement.procedure", "notify_selection", TEMPLATE)
def notify_selection(procedure, user):
    seen, total = _applications(procedure, user)
    kinds = {Application.State.SELECTED: _("Brief: geselecteerd, en hoe het verder gaat")}
    refused = _("Brief: niet geselecteerd, met de motivering en de rechtsmiddelen")
    return _part(
        [
            _candidate(each, each.get_state_display()) | _letter(kinds.get(each.state, refused), each.participant)
            for each in seen
        ],
        total,
        intro=_("Elke kandidaat krijgt zijn brief:"),
        lasting=_("Wat verzonden is, kan niet worden teruggenomen. De beroepstermijnen lopen vanaf de verzending."),
        letters=True,
    )


def _applications(procedure, user):
    """The applications that this person may see, and how many there are."""
    opened = procedure.applications.opened()
    seen = Application.objects.visible_to(user).filter(pk__in=opened).order_by("pk")
    seen = seen.select_related("participant__lead__postcode__municipality").prefetch_related("findings__condition")
    return list(seen), opened.count()


def _candidate(application, outcome):
    unmet = [f"{each.condition.code}: {each.reason}" for each in application.findings.all() if not each.met]
    return {
        "record": application,
        "name": str(application.participant),
        "outcome": outcome,
        "reasons": [application.reasons, *unmet] if application.reasons else unmet,
    }


def _letter(kind, participant):
    return {"letter": kind, "to": addressee(participant)}


# -- the award ----------------------------------------------------------------------------------


@step_part("procurement.lot", "propose_award", TEMPLATE)
def propose_award(lot, user):
    ranked = [offer.pk for offer in lot.ranked_offers()]
    chosen = dict.fromkeys(ranked[: lot.max_concessionaires], _("voorgesteld voor gunning"))
    return _offers_part(
        lot,
        user,
        lambda offer: chosen.get(offer.pk, _not_chosen(offer)),
        intro=_("U stelt voor, in de volgorde van de rangschikking:"),
        lasting=_("De beslissingsnemer kan het voorstel terugsturen. Wie voorstelt, beslist niet."),
    )


@step_part("procurement.lot", "decide_award", TEMPLATE)
def decide_award(lot, user):
    awarded = set(lot.awards.values_list("offer", flat=True))
    return _offers_part(
        lot,
        user,
        lambda offer: _("gunnen") if offer.pk in awarded else _not_chosen(offer),
        intro=_("U beslist over elke offerte zoals ze voorgesteld is:"),
        lasting=_(
            "De gemotiveerde beslissing wordt verzegeld en wijzigt niet meer. De brieven volgen bij het meedelen."
        ),
    )


@step_part("procurement.lot", "notify_award", TEMPLATE)
def notify_award(lot, user):
    letters = {Offer.State.AWARDED: _("Brief: gegund, met de wachttermijn")}
    refused = _("Brief: niet gegund, met de motivering, de vergelijking en de rechtsmiddelen")
    part = _offers_part(
        lot,
        user,
        lambda offer: offer.get_state_display(),
        intro=_("Elke inschrijver krijgt zijn brief:"),
        lasting=_("Wat verzonden is, kan niet worden teruggenomen. De wachttermijn loopt vanaf de laatste verzending."),
    )
    rows = [row | _letter(letters.get(row["record"].state, refused), row["record"].participant) for row in part["rows"]]
    return part | {"rows": rows, "letters": True}


def _not_chosen(offer):
    return _("niet gunnen: onregelmatig") if offer.score is None else _("niet gunnen: lager gerangschikt")


def _offers_part(lot, user, outcome_of, *, intro, lasting):
    playing = lot.offers_in_play()
    seen = Offer.objects.visible_to(user).filter(pk__in=playing)
    seen = seen.select_related("application__participant__lead__postcode__municipality", "lot__product", "lot__area")
    scored = playing.exclude(score=None).prefetch_related("scores")
    ranked = sorted(scored, key=lambda offer: offer.standing, reverse=True)
    places = {offer.pk: place for place, offer in enumerate(ranked, start=1)}
    last = len(places) + 1
    offers = sorted(
        seen.prefetch_related("scores__criterion"), key=lambda offer: (places.get(offer.pk, last), offer.pk)
    )
    rows = [
        {
            "record": offer,
            "name": str(offer.participant),
            "outcome": outcome_of(offer),
            "rank": places.get(offer.pk),
            "score": offer.score,
            "scores": list(offer.scores.all()),
            "reasons": [offer.judgement] if offer.judgement else [],
        }
        for offer in offers
    ]
    return _part(rows, playing.count(), intro=intro, lasting=lasting) | {"ranked": True}
