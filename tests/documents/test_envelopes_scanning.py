"""The virus scanner is a real clamd: what it finds is refused, and nobody mistakes its silence for its word."""

import tempfile
from pathlib import Path

import pytest
from django.test import TestCase

from documents.envelopes import actions, container, reading, resumable, shelf
from documents.envelopes.kinds import Refused
from documents.envelopes.uploads import take_in
from lifecycle.models import Entry
from tests.documents import clamd
from tests.documents.envelope_story import OWNER, PDF

INFECTED = PDF + clamd.EICAR
LATE = PDF + bytes(container.CHUNK) + clamd.EICAR


@pytest.fixture(scope="module")
def running_clamd():
    # A path of a socket may not be long.
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder, clamd.running(Path(folder)) as address:
        yield address


@pytest.fixture
def scanner(settings, running_clamd):
    settings.CLAMD_ADDRESS = running_clamd


@pytest.fixture
def no_scanner(settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody.socket")


@pytest.fixture
def draft(box, maker):
    return actions.start(box, owner=OWNER, by=maker)


def refused(work, *given, **more):
    with pytest.raises(Refused) as refusal, TestCase.captureOnCommitCallbacks(execute=True):
        work(*given, **more)
    return refusal.value.reason


def kept(draft, maker):
    return [(file.name, file.scanned) for file in reading.read_manifest(draft, by=maker).files]


def facts():
    return [entry.facts.get("scanned") for entry in Entry.objects.filter(verb="add_file")]


def test_what_is_clean_is_taken_in_and_the_trail_says_that_it_was_scanned(scanner, draft, maker):
    take_in(draft, by=maker, name="offerte.pdf", chunks=[PDF, bytes(3 * container.CHUNK)])

    assert (kept(draft, maker), facts()) == ([("offerte.pdf", True)], [True])


@pytest.mark.parametrize("content", [INFECTED, LATE], ids=["small", "large"])
def test_the_test_virus_is_refused_and_nothing_is_kept(scanner, draft, maker, content):
    assert refused(take_in, draft, by=maker, name="offerte.pdf", chunks=[content]) == "infected"
    assert kept(draft, maker) == []
    assert list(shelf.folder(draft.uid).glob("*")) == []


def test_the_test_virus_is_found_across_a_broken_line(scanner, draft, maker):
    """One half came before the line broke: the scanner sees both."""
    half = PDF + bytes(container.CHUNK - len(PDF) - 30) + clamd.EICAR
    number = resumable.begin(draft, by=maker, name="offerte.pdf", size=len(half)).number
    assert resumable.receive(draft, number, by=maker, offset=0, chunks=[half[: container.CHUNK]]) == container.CHUNK

    rest = [half[container.CHUNK :]]
    assert refused(resumable.receive, draft, number, by=maker, offset=container.CHUNK, chunks=rest) == "infected"
    assert list(shelf.folder(draft.uid).glob("*")) == []


def test_a_scanner_that_is_down_refuses(no_scanner, draft, maker):
    assert refused(take_in, draft, by=maker, name="offerte.pdf", chunks=[PDF]) == "scanner_down"
    assert kept(draft, maker) == []


def test_a_scanner_that_is_down_lets_in_where_that_was_chosen_and_it_is_recorded(no_scanner, settings, draft, maker):
    settings.CLAMD_REQUIRED = False
    take_in(draft, by=maker, name="offerte.pdf", chunks=[PDF])

    assert (kept(draft, maker), facts()) == ([("offerte.pdf", False)], [False])


def test_a_resumable_file_goes_on_once_the_scanner_is_back(no_scanner, draft, maker, settings, running_clamd):
    number = resumable.begin(draft, by=maker, name="offerte.pdf", size=len(PDF)).number
    assert refused(resumable.receive, draft, number, by=maker, offset=0, chunks=[PDF]) == "scanner_down"

    settings.CLAMD_ADDRESS = running_clamd
    resumable.receive(draft, number, by=maker, offset=0, chunks=[PDF])
    assert kept(draft, maker) == [("offerte.pdf", True)]


def test_what_is_larger_than_the_scanner_takes_counts_as_not_scanned(settings, draft, maker):
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder, clamd.running(Path(folder), limit="1M") as address:
        settings.CLAMD_ADDRESS = address
        large = PDF + bytes(4 * container.CHUNK)
        assert refused(take_in, draft, by=maker, name="offerte.pdf", chunks=[large]) == "scanner_down"


def test_without_a_scanner_nothing_is_said_of_it(draft, maker):
    take_in(draft, by=maker, name="offerte.pdf", chunks=[PDF])

    assert (kept(draft, maker), facts()) == ([("offerte.pdf", None)], [None])
