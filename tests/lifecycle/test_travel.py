"""Moving the clock of a demonstration by hand."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from documents.models import Document
from lifecycle import clock as legal_clock
from lifecycle import trail
from lifecycle.actors import SYSTEM


@pytest.fixture
def entry(clock):
    """The last entry of the trail, on 16 February 2026."""
    return trail.record(Document(pk=7, dossier="procurement.procedure:1"), "seal", by=SYSTEM)


def test_travel_sets_the_simulated_clock_in_belgian_time(clock, entry, capsys):
    call_command("travel", "2026-07-01T09:00")

    assert clock.now() == legal_clock.at(dt.date(2026, 7, 1), 9)
    assert capsys.readouterr().out == "It is now 2026-07-01 09:00 in Belgium.\n"


def test_travel_is_refused_without_the_simulated_clock(clock, settings):
    settings.SIMULATED_CLOCK = False

    with pytest.raises(CommandError, match=r"The clock is real here"):
        call_command("travel", "2026-07-01T09:00")


def test_travel_never_goes_back_before_the_last_entry(clock, entry):
    with pytest.raises(CommandError, match=r"The trail already tells of 2026-02-16"):
        call_command("travel", "2026-02-15T09:00")


def test_travel_asks_for_a_moment(clock):
    with pytest.raises(CommandError, match=r"morgen is no moment"):
        call_command("travel", "morgen")
