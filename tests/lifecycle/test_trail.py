"""The audit trail: append-only, chained, anchored, and found out when somebody goes round it."""

import datetime as dt
import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, transaction
from django.db.utils import DatabaseError

from catalogue.models import Product
from lifecycle import trail, triggers
from lifecycle.actors import SYSTEM
from lifecycle.models import Anchor, Entry, Head
from lifecycle.models.trail import AppendOnlyError

pytestmark = pytest.mark.django_db
DOSSIER = "test.dossier:1"


@pytest.fixture
def subject():
    return Product.objects.get(code="basic-offer")


@pytest.fixture
def chain(clock, subject):
    """Three entries of one dossier."""
    return [trail.record(subject, f"verb_{n}", by=SYSTEM, facts={"n": n}, dossier=DOSSIER) for n in range(1, 4)]


@pytest.fixture
def without_triggers():
    """What somebody with the database in hand can do."""
    triggers.lift()
    yield
    triggers.install()


def findings():
    return [str(finding) for finding in trail.verify()]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_entries_form_one_chain_per_dossier(chain, subject):
    other = trail.record(subject, "verb", by=SYSTEM, dossier="test.dossier:2")

    assert [entry.position for entry in chain] == [1, 2, 3]
    assert [entry.previous for entry in chain] == ["", chain[0].digest, chain[1].digest]
    assert (other.position, other.previous) == (1, "")
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_first_entries_of_a_dossier_that_come_at_once_form_one_chain(clock, stranger):
    begun, positions = threading.Event(), []

    def second():
        begun.set()
        try:
            positions.append(trail.record(stranger, "second", by=SYSTEM, dossier=DOSSIER).position)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        positions.append(trail.record(stranger, "first", by=SYSTEM, dossier=DOSSIER).position)
        thread.start()
        begun.wait(10)
        thread.join(0.3)
        assert (thread.is_alive(), positions) == (True, [1])
    thread.join(20)

    assert positions == [1, 2]
    assert findings() == []


def test_texts_are_kept_as_digests_and_codes_as_they_are(clock, subject):
    entry = trail.record(
        subject,
        "verb",
        by=SYSTEM,
        dossier=DOSSIER,
        facts={"reason": "Jan Janssens was te laat", "code": trail.Code("S1"), "count": 3, "empty": None},
    )

    assert entry.facts["reason"].startswith("sha256:")
    assert {key: entry.facts[key] for key in ("code", "count")} == {"code": "S1", "count": 3}
    assert "empty" not in entry.facts
    assert entry.actor == "system"


def test_entries_cannot_be_changed_through_the_models(chain):
    with pytest.raises(AppendOnlyError):
        Entry.objects.filter(dossier=DOSSIER).update(verb="other")
    with pytest.raises(AppendOnlyError):
        Entry.objects.filter(dossier=DOSSIER).delete()


@pytest.mark.parametrize(
    "statement",
    [
        "update lifecycle_entry set verb = 'other'",
        "delete from lifecycle_entry",
        "update lifecycle_anchor set digest = ''",
        "delete from lifecycle_anchor",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_database_refuses_to_change_the_trail(chain, statement):
    trail.anchor()

    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


def test_triggers_stand_after_migrating():
    assert triggers.standing() == triggers.names()


@pytest.mark.django_db(transaction=True)
def test_missing_trigger_is_found_by_the_system_check(without_triggers):
    with pytest.raises(SystemCheckError, match=r"lifecycle\.E001"):
        call_command("check", databases=["default"])


@pytest.mark.django_db(transaction=True)
def test_edited_row_is_found_and_named(chain, without_triggers):
    sql("update lifecycle_entry set actor = 'user:999' where dossier = %s and position = 2", DOSSIER)

    assert findings() == [f"{DOSSIER} #2: was changed after it was written"]
    with pytest.raises(CommandError, match="1 findings"):
        call_command("verify_trail")


@pytest.mark.django_db(transaction=True)
def test_removed_row_in_the_middle_is_found_and_named(chain, without_triggers):
    sql("delete from lifecycle_entry where dossier = %s and position = 2", DOSSIER)

    assert findings() == [f"{DOSSIER} #2: entry missing: the next one found is #3"]


@pytest.mark.django_db(transaction=True)
def test_cut_tail_is_found_by_the_head(chain, without_triggers):
    sql("delete from lifecycle_entry where dossier = %s and position = 3", DOSSIER)

    assert findings() == [f"{DOSSIER} #3: entry missing: the head says #3"]


@pytest.mark.django_db(transaction=True)
def test_cut_tail_with_a_forged_head_is_found_by_the_anchor(chain, without_triggers):
    trail.anchor()
    sql("delete from lifecycle_entry where dossier = %s and position = 3", DOSSIER)
    Head.objects.filter(dossier=DOSSIER).update(position=2, digest=chain[1].digest)

    day = Anchor.objects.get().day
    assert findings() == [f"{DOSSIER} #3: entry missing: the anchor of {day} knows it"]


@pytest.mark.django_db(transaction=True)
def test_forged_anchor_is_found_by_the_file_outside_the_database(chain, without_triggers, settings, tmp_path):
    settings.ANCHOR_FILE = tmp_path / "anchors.jsonl"
    anchor = trail.anchor()
    sql("delete from lifecycle_entry where dossier = %s and position = 3", DOSSIER)
    sql("delete from lifecycle_anchor")
    Head.objects.filter(dossier=DOSSIER).update(position=2, digest=chain[1].digest)

    assert findings() == [
        f"anchors #0: the anchor of {anchor.day} is not the one in the anchor file",
        f"{DOSSIER} #3: entry missing: the anchor file, {anchor.day} knows it",
    ]


@pytest.mark.django_db(transaction=True)
def test_anchor_is_made_once_a_day_and_written_outside_the_database(chain, settings, tmp_path):
    settings.ANCHOR_FILE = tmp_path / "anchors.jsonl"

    first, second = trail.anchor(), trail.anchor()

    lines = [json.loads(line) for line in settings.ANCHOR_FILE.read_text().splitlines()]
    assert second is None
    assert [line["digest"] for line in lines] == [first.digest]
    assert first.heads[DOSSIER] == f"3:{chain[2].digest}"


def test_no_day_is_anchored_after_a_later_one(chain, clock):
    later = clock.now() + dt.timedelta(days=1)
    clock.travel_to(later)
    trail.anchor()
    clock.travel_to(later - dt.timedelta(days=1))

    assert trail.anchor() is None
    assert findings() == []
