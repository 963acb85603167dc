"""Nobody submits with open questions, whichever way is taken: what is sealed cannot be asked again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from documents.envelopes import reading
from documents.envelopes.uploads import take_in
from lifecycle.steps import Blocked, Overtaken
from procurement import actions
from procurement.models import Application, Offer
from tests.procurement import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft_offer(opened, bidder, procurement_officer):
    """A draft offer of the selected candidate, with a file and without answers."""
    story.put(opened.procedure, "selection_notified")
    application = story.put(opened, "selected")
    deadline = story.clock.now() + dt.timedelta(days=60)
    actions.invite_tenders(opened.procedure, by=procurement_officer, offers_deadline=deadline)
    application = Application.objects.get(pk=application.pk)
    offer = actions.start_offer(application, by=bidder, lot=application.lots.get())
    take_in(offer.envelope, by=bidder, name="offerte.pdf", chunks=[story.PDF])
    return Offer.objects.get(pk=offer.pk)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


def test_offer_without_capacity_is_refused_and_with_it_submitted(draft_offer, bidder):
    without = actions.write_answers(draft_offer, by=bidder, answers={"remarks": "Volgt."})
    with pytest.raises(Blocked) as refusal:
        actions.submit_offer(without, by=bidder)
    actions.write_answers(draft_offer, by=bidder, answers={"capacity": 120, "remarks": ""})

    assert guards_of(refusal) == ["answers_are_complete"]
    assert actions.submit_offer(draft_offer, by=bidder).state == "submitted"


def test_application_without_its_declaration_is_refused(application, bidder):
    story.fill(application, by=bidder, answers={**story.ANSWERS, "no_exclusion": False})

    with pytest.raises(Blocked) as refusal:
        actions.submit_application(application, by=bidder)

    assert guards_of(refusal) == ["answers_are_complete"]


def test_an_answer_that_is_taken_back_counts_as_open_again(application, bidder):
    actions.write_answers(application, by=bidder, answers=story.ANSWERS)
    assert Application.objects.get(pk=application.pk).answered is True

    actions.write_answers(application, by=bidder, answers={**story.ANSWERS, "contact_name": ""})
    assert Application.objects.get(pk=application.pk).answered is False


def test_answers_are_written_by_their_makers_alone(application, bidder, rival):
    with pytest.raises(PermissionDenied):
        actions.write_answers(application, by=rival, answers=story.ANSWERS)

    assert reading.answers(application.envelope, by=bidder) == {}


def test_answers_of_what_was_submitted_are_not_written_any_more(submitted, bidder):
    with pytest.raises(Overtaken):
        actions.write_answers(submitted, by=bidder, answers={})

    assert Application.objects.get(pk=submitted.pk).answered is True
