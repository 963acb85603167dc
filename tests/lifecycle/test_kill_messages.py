"""A message to many reaches each of them, also when its worker is killed on the way; a copy in doubt shows itself as one."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings as house_settings

from documents.messaging import Recipient, owe_message
from documents.models import Delivery
from lifecycle.models import Owed
from tests.people import make_organisation

READERS = 300
PATIENCE = 240
KILLS = 4


def work(environment):
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "--seconds", "0.05"],
        cwd=house_settings.BASE_DIR,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition, process):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, "the worker stopped of itself"
        assert time.monotonic() < deadline, "the work is not being done"
        time.sleep(0.02)


@pytest.mark.slow
def test_message_to_many_survives_the_death_of_its_worker(
    child_environment, mail_environment, mail_server, clock, procurement_officer
):
    environment = child_environment | mail_environment | {"OUTBOX_LEASE_SECONDS": "2"}
    message = owe_message(
        subject=make_organisation(),
        reason="test",
        title="Er is nieuws",
        body="Lees het.",
        path="/",
        to=[Recipient(email=f"lezer{number}@voorbeeld.example") for number in range(READERS)],
        by=procurement_officer,
    )

    # At random moments, but each time while mails are leaving.
    chance = random.SystemRandom()
    for step in range(KILLS):
        process = work(environment)
        some = len(mail_server.received) + chance.randint(1, READERS // (KILLS + 2))
        wait_until(lambda some=some: len(mail_server.received) >= some, process)
        kill(process)
        assert Owed.objects.open().exists(), f"killed too late at step {step}"
    process = work(environment)
    wait_until(lambda: not Owed.objects.open().exists(), process)
    kill(process)

    mails = Counter((one.to[0], one.message_id) for one in mail_server.received)
    copies = set(message.deliveries.values_list("email", "mail_id"))
    assert set(mails) == copies
    assert len(copies) == READERS
    # Killed between the mail server's answer and our record of it: sent again under the same Message-ID, and no more.
    assert sum(count - 1 for count in mails.values()) <= KILLS
    assert not Delivery.objects.filter(sent_at=None).exists()
