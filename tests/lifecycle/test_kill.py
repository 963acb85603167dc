"""A worker that is killed in the middle of rendering loses nothing and doubles nothing, with and without a broker."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as house_settings
from kombu import Connection

from documents import keys
from documents.models import Document
from lifecycle import trail
from lifecycle.models import Entry, Owed
from tests.documents import paper_story

DOCUMENTS = 12
PATIENCE = 120
LOOP = ["manage.py", "work", "--seconds", "0.05"]
CELERY = ["-m", "celery", "-A", "config", "worker", "--beat", "--concurrency", "1", "--loglevel", "ERROR"]


@pytest.fixture
def workshop(child_environment, settings, tmp_path, clock):
    """The environment of workers with short leases, a media folder and keys that they share with the test."""
    settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / "media", tmp_path / "keys"
    keys.make_keys()
    return child_environment | {
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "KEY_DIR": str(settings.KEY_DIR),
        "OUTBOX_LEASE_SECONDS": "2",
        "OUTBOX_SWEEP_SECONDS": "1",
    }


@pytest.fixture
def papers(workshop, legal_officer):
    return [paper_story.request("selection_letter", by=legal_officer) for _number in range(DOCUMENTS)]


@contextmanager
def worker(command, environment):
    """A worker in a group of its own, of which nothing is left afterwards."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=house_settings.BASE_DIR,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def sealed():
    return Document.objects.filter(state="sealed").count()


def at_work():
    return Owed.objects.filter(done_at=None).exclude(lease="").exists()


def wait_until(condition, process):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, "the worker stopped of itself"
        assert time.monotonic() < deadline, "the work is not being done"
        time.sleep(0.01)


def kill_again_and_again(command, environment):
    """Kill the worker while it is at a document, each time a few documents further, and let the last one finish."""
    for done in (1, 6):
        with worker(command, environment) as process:
            wait_until(lambda done=done: sealed() >= done and at_work(), process)
    with worker(command, environment) as process:
        wait_until(lambda: not Owed.objects.open().exists(), process)


def assert_everything_was_done_once(papers, media):
    documents = list(Document.objects.order_by("pk"))
    assert [document.pk for document in documents] == [document.pk for document in papers]
    assert {document.state for document in documents} == {"sealed"}

    digests = sorted(document.sha256 for document in documents)
    assert len(set(digests)) == DOCUMENTS
    assert sorted(file.stem for file in media.rglob("*.pdf")) == digests
    assert sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in media.rglob("*.pdf")) == digests

    told = [(entry.subject, entry.verb) for entry in Entry.objects.filter(subject__startswith="documents.document:")]
    assert sorted(told) == sorted((paper.ref, verb) for paper in papers for verb in ("request", "render", "seal"))
    assert Owed.objects.filter(done_at=None).count() == 0
    assert list(trail.verify()) == []


def interrupted():
    """How many attempts were cut off: the kills fell in the middle of the work, not beside it."""
    return sum(owed.attempts for owed in Owed.objects.filter(kind="documents.render")) - DOCUMENTS


@pytest.mark.slow
def test_work_survives_the_death_of_its_worker_without_a_broker(workshop, papers, settings):
    kill_again_and_again(LOOP, workshop)

    assert_everything_was_done_once(papers, settings.MEDIA_ROOT)
    assert interrupted() >= 1


@pytest.mark.slow
@pytest.mark.broker
def test_work_survives_the_death_of_its_worker_with_a_broker(workshop, papers, settings, broker_url, tmp_path):
    command = [*CELERY, "--schedule", str(tmp_path / "beat"), "--hostname", f"killed{os.getpid()}@%h"]
    _forget_messages(broker_url)

    kill_again_and_again(command, workshop | {"BROKER_URL": broker_url})

    assert_everything_was_done_once(papers, settings.MEDIA_ROOT)
    assert interrupted() >= 1
    _forget_messages(broker_url)


def _forget_messages(broker_url):
    """What killed workers left in the queue of the broker, which outlives this test's database."""
    with Connection(broker_url) as connection, connection.SimpleQueue("celery", no_ack=True) as queue:
        queue.clear()
