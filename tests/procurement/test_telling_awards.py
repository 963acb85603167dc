"""Every tenderer gets the reasoned decision itself, and nobody before it was sent (act of 17 June 2013, arts 8 to 9/1)."""

import pytest
from django.core import mail
from django.urls import reverse

from documents import keys
from documents.models import Document, Letter
from lifecycle import outbox
from procurement import actions
from procurement.models import Application, Award, Offer, Procedure
from tests.people import sign_in
from tests.procurement import story

REASON = "De Raad van State schorste de beslissing."


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / "media", tmp_path / "keys"


@pytest.fixture
def lot(
    published, partner_org, bidder, rival_org, rival, decision_maker, opening_officer, second_opening_officer,
    procurement_officer,
):  # fmt: skip
    """Three offers for one lot: awarded, regular but not chosen, irregular; the award is decided."""
    keys.make_keys()
    third_org, third = _another_tenderer()
    made = [
        story.submit_application(published, organisation=organisation, by=person)
        for organisation, person in ((partner_org, bidder), (rival_org, rival), (third_org, third))
    ]
    story.open_applications(published, opening_officer, second_opening_officer)
    story.put(published, Procedure.State.EVALUATION)
    lot = published.lots.first()
    judged = [("evaluated", 80), ("evaluated", 60), ("irregular", None)]
    offers = [_offer(application, lot, *how) for application, how in zip(made, judged, strict=True)]
    lot = story.put(lot, "award_proposed")
    Award.objects.create(lot=lot, offer=offers[0], rank=1)
    published.criteria_digest = published.award_criteria.digest()
    story.put(published, Procedure.State.EVALUATION, criteria_digest=published.criteria_digest)
    actions.state_interests(published, by=procurement_officer, has_conflict=False)
    story.put(lot, "open")
    story.record_award_value(lot, by=procurement_officer)
    lot = story.put(lot, "award_proposed")
    return actions.decide_award(type(lot).objects.get(pk=lot.pk), by=decision_maker)


def _another_tenderer():
    from tests.people import make_member, make_organisation, make_user

    organisation, person = make_organisation("Voorbeeldpartner Gamma vzw"), make_user("Gil Gamma")
    make_member(organisation, person)
    return organisation, person


def _offer(application, lot, state, score):
    application = story.put(Application.objects.get(pk=application.pk), Application.State.SELECTED)
    return Offer.objects.create(
        application=application,
        lot=lot,
        envelope=application.envelope,
        state=state,
        started_by=application.started_by,
        submitted_by=application.submitted_by,
        submitted_at=application.submitted_at,
        capacity=100,
        score=score,
        judgement="" if score else "Geen vestiging in het gebied.",
    )


def make_everything():
    while outbox.sweep():
        pass


def decision():
    return Document.objects.get(kind="award_decision")


def reads(client, user, document):
    return sign_in(client, user).get(reverse("documents:document-download", args=[document.pk])).status_code


def test_the_decision_goes_along_with_the_letters_and_is_read_from_then_on(
    client, lot, procurement_officer, bidder, rival, stranger
):
    make_everything()
    before = [reads(client, user, decision()) for user in (bidder, rival)]
    actions.notify_award(lot, by=procurement_officer)
    unsent = [reads(client, user, decision()) for user in (bidder, rival)]
    mail.outbox.clear()
    make_everything()

    enclosed = [message.attachments[1][0] for message in mail.outbox if len(message.attachments) == 2]
    assert (before, unsent) == ([404, 404], [404, 404])
    assert enclosed == [f"{decision().number}.pdf"] * 2
    assert [reads(client, user, decision()) for user in (bidder, rival, stranger)] == [200, 200, 404]
    assert set(Letter.objects.values_list("reason", flat=True)) == {"award_letter", "non_award_letter"}


def test_an_irregular_offer_gets_the_extract_alone(client, lot, procurement_officer):
    from accounts.models import User

    make_everything()
    actions.notify_award(lot, by=procurement_officer)
    make_everything()
    third = User.objects.get(name="Gil Gamma")
    letter = Letter.objects.get(recipient=lot.offers.get(score=None).participant.ref)

    assert letter.enclosed is None
    assert [reads(client, third, decision()), reads(client, third, letter.document)] == [404, 200]
    assert letter.document.context["irregular"] is True


@pytest.mark.parametrize(
    "verb,kind,number", [("retract_award", "award_retraction", "INT"), ("renounce", "renunciation", "AFZ")]
)
def test_giving_up_an_award_is_told_with_its_reasons(client, lot, decision_maker, bidder, rival, verb, kind, number):
    lot = story.put(lot, "under_review")
    getattr(actions, verb)(lot, by=decision_maker, reason=REASON)
    make_everything()

    document = Document.objects.get(kind=kind)
    letters = Letter.objects.filter(document=document)
    assert document.number.split("-")[2] == number
    assert document.context["reasons"] == REASON
    assert [letters.count(), letters.unsent().count(), letters.filter(electronic_sent_at=None).count()] == [3, 3, 0]
    assert [reads(client, user, document) for user in (bidder, rival)] == [200, 200]


def test_the_record_of_opening_is_read_by_who_opened(client, lot, opening_officer, bidder):
    make_everything()
    record = Document.objects.get(kind="opening_record")

    assert [reads(client, opening_officer, record), reads(client, bidder, record)] == [200, 404]


def test_a_notice_from_before_the_approval_is_refused_next_to_its_date(
    client, draft, procurement_officer, decision_maker, opening_officer, second_opening_officer
):

    procedure = actions.submit_for_approval(draft, by=procurement_officer)
    procedure = actions.approve(procedure, by=decision_maker)
    form = {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "15/02/2026"}
    response = sign_in(client, procurement_officer).post(f"{procedure.get_absolute_url()}publish/", form)

    assert response.status_code == 422
    assert [error.split(":")[0] for error in response.context["form"].errors["notice_sent_on"]] == [
        "De aankondiging kan niet vóór de goedkeuring verzonden zijn"
    ]
