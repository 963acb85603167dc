"""The procedure of the story, at the moments that its pages are tested at."""

import datetime as dt

import pytest

from lifecycle import clock as legal_clock
from procurement import actions
from procurement.models import Procedure
from tests.people import *  # noqa: F403 -- its fixtures
from tests.procurement import story


@pytest.fixture
def draft(clock, procurement_officer):
    return story.make_procedure()


@pytest.fixture
def published(draft, procurement_officer, decision_maker, opening_officer, second_opening_officer):
    return story.publish(draft, officer=procurement_officer, decision_maker=decision_maker)


@pytest.fixture
def full_draft(clock, procurement_officer):
    """A draft under the full regime."""
    return story.make_procedure(regime=Procedure.Regime.FULL)


@pytest.fixture
def full_published(full_draft, procurement_officer, decision_maker, opening_officer, second_opening_officer):
    return story.publish(full_draft, officer=procurement_officer, decision_maker=decision_maker)


@pytest.fixture
def application(published, partner_org, bidder):
    """A draft application of Voorbeeldpartner Alfa."""
    return story.start(published, organisation=partner_org, by=bidder)


@pytest.fixture
def submitted(published, partner_org, bidder):
    return story.submit_application(published, organisation=partner_org, by=bidder)


@pytest.fixture
def opened(submitted, published, opening_officer, second_opening_officer):
    """The application of Voorbeeldpartner Alfa, opened by two officers."""
    story.open_applications(published, opening_officer, second_opening_officer)
    return type(submitted).objects.get(pk=submitted.pk)


@pytest.fixture
def tendering(published, submitted, opening_officer, second_opening_officer, procurement_officer):
    """Offers come in until 12.00 h on 20 May; the letters of the selection are no part of this story."""
    story.open_applications(published, opening_officer, second_opening_officer)
    story.put(submitted, "selected")
    procedure = story.put(published, "selection_notified")
    return actions.invite_tenders(
        procedure, by=procurement_officer, offers_deadline=legal_clock.at(dt.date(2026, 5, 20), 12)
    )


@pytest.fixture
def publish(procurement_officer, decision_maker, opening_officer, second_opening_officer):
    """What publishes a draft."""
    return lambda procedure: story.publish(procedure, officer=procurement_officer, decision_maker=decision_maker)
