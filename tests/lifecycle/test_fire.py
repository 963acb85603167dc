"""The one door: who may, when, once, all of it or nothing, and always with an entry in the trail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django_fsm import ConcurrentTransition

from lifecycle import trail
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry, Head, PolicyOverride
from lifecycle.steps import Blocked, Overtaken, fire
from tests.lifecycle import errands as story
from tests.lifecycle.errands import EVENING, Errand
from tests.people import make_user


def entries():
    return [(entry.verb, entry.source, entry.target) for entry in Entry.objects.filter(dossier="errands")]


def fresh(errand):
    return Errand.objects.get(pk=errand.pk)


@pytest.fixture
def errand(errands):
    return errands.create(name="brood")


@pytest.fixture
def evening(clock):
    clock.travel_to(EVENING)


@pytest.fixture
def done(errand, evening, auditor):
    return fire(errand, "finish", by=auditor)


# -- what it does -------------------------------------------------------------------------------------


def test_a_step_changes_the_record_and_writes_one_entry(errand, evening, auditor):
    returned = fire(errand, "finish", by=auditor)

    assert (returned.state, fresh(errand).state) == ("done", "done")
    entry = Entry.objects.get(dossier="errands")
    assert (entry.subject, entry.verb, entry.source, entry.target) == (errand.ref, "finish", "open", "done")
    assert (entry.actor, entry.roles, entry.at) == (f"user:{auditor.pk}", "auditor", EVENING)
    assert list(trail.verify()) == []


def test_the_facts_of_a_step_are_kept_without_their_words(done, auditor):
    fire(done, "pay", by=auditor, price=12, shop="bakker-7", remark="Jan stond te wachten")

    facts = Entry.objects.get(verb="pay").facts
    assert (facts["price"], facts["shop"], facts["remark"][:7]) == (12, "bakker-7", "sha256:")
    assert fresh(done).price == 12


def test_the_record_that_was_handed_in_is_left_as_it_was(errand, evening, auditor):
    fire(errand, "finish", by=auditor)

    assert errand.state == "open"


# -- who ----------------------------------------------------------------------------------------------


def test_a_person_without_the_permission_is_refused_and_nothing_happens(errand, evening, stranger):
    with pytest.raises(PermissionDenied):
        fire(errand, "finish", by=stranger)

    assert (fresh(errand).state, entries()) == ("open", [])


def test_a_person_whose_account_was_closed_is_refused(errand, evening):
    gone = make_user("Wie Weg", "auditor", is_active=False)

    with pytest.raises(PermissionDenied):
        fire(errand, "finish", by=gone)


def test_the_system_is_refused_what_a_person_must_do(errand, evening):
    with pytest.raises(PermissionDenied):
        fire(errand, "finish", by=SYSTEM)


def test_a_person_is_refused_what_only_the_system_does(done, auditor):
    told = story.tell(done, by=auditor)

    with pytest.raises(PermissionDenied):
        fire(told, "forget", by=auditor)
    assert fire(told, "forget", by=SYSTEM).state == "open"
    assert Entry.objects.get(verb="forget").actor == "system"


@pytest.mark.parametrize("actor", ["person", "system"])
def test_what_the_clock_also_does_can_be_done_by_both(done, auditor, actor):
    told = story.tell(done, by=auditor)

    assert fire(told, "rest", by=auditor if actor == "person" else SYSTEM).state == "dropped"


def test_the_wrong_person_learns_nothing_about_the_moment(errands, stranger):
    """Whoever may not do it is told that, not what stands in the way."""
    with pytest.raises(PermissionDenied):
        fire(errands.create(name=""), "finish", by=stranger)


def test_an_actor_must_be_named(errand, evening):
    with pytest.raises(TypeError, match="by"):
        fire(errand, "finish")
    with pytest.raises(TypeError, match="by"):
        errand.finish()


# -- when ---------------------------------------------------------------------------------------------


def test_the_wrong_moment_is_refused_with_every_reason(errands, auditor):
    errand = errands.create(name="")

    with pytest.raises(Blocked) as refusal:
        fire(errand, "finish", by=auditor)

    reasons = refusal.value.reasons
    assert [(reason.guard, str(reason), str(reason.ground), reason.opens_at) for reason in reasons] == [
        ("is_named", "De boodschap heeft geen naam.", "het reglement", None),
        ("shop_has_opened", "De winkel is nog niet open.", "art. 2", story.EVENING.replace(hour=10)),
        ("evening_has_come", "De avond is nog niet gevallen. Dat is om 18 uur.", "art. 1", EVENING),
    ]
    assert refusal.value.record == errand
    assert (fresh(errand).state, entries()) == ("open", [])


def test_a_reason_can_lie_in_the_facts(done, auditor):
    with pytest.raises(Blocked) as refusal:
        fire(done, "pay", by=auditor, price=101)

    assert [reason.guard for reason in refusal.value.reasons] == ["price_is_fair"]
    assert fresh(done).price is None


def test_a_state_from_which_the_verb_is_not_declared_is_a_reason(errand, auditor):
    with pytest.raises(Blocked) as refusal:
        fire(errand, "tell", by=auditor)

    assert not isinstance(refusal.value, Overtaken)
    assert [str(reason) for reason in refusal.value.reasons] == ["“Vertellen” kan niet in de toestand “Open”."]


def test_a_verb_that_does_not_exist_is_a_mistake_of_the_program(errand, auditor):
    with pytest.raises(LookupError, match=r"lifecycle\.Errand has no verb publish"):
        fire(errand, "publish", by=auditor)


# -- lost races ---------------------------------------------------------------------------------------


def test_who_comes_second_is_told(errand, evening, auditor, procurement_officer):
    second = fresh(errand)
    fire(errand, "finish", by=auditor)

    with pytest.raises(Overtaken) as refusal:
        fire(second, "finish", by=procurement_officer)

    assert [str(reason) for reason in refusal.value.reasons] == ["Iemand anders was u voor: dit staat nu op “Gedaan”."]
    assert entries() == [("finish", "open", "done")]


def test_the_state_that_a_person_saw_counts_not_the_one_just_read(done, auditor):
    with pytest.raises(Overtaken):
        fire(fresh(done), "finish", by=auditor, seen="open")


def test_a_verb_that_is_still_possible_goes_through_though_the_state_moved(errand, evening, auditor):
    """Paying is declared from both states: nobody has to start again."""
    stale = fresh(errand)
    fire(errand, "finish", by=auditor)

    assert fire(stale, "pay", by=auditor, price=1).price == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_people_at_once_exactly_one_wins(errand, evening, auditor):
    people = [auditor, *(make_user(f"Auditor {number}", "auditor") for number in range(3))]
    start = threading.Barrier(len(people))

    def race(person):
        mine = fresh(errand)
        start.wait(10)
        try:
            return fire(mine, "finish", by=person).state
        except Overtaken as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        told = sorted(threads.map(race, people))

    assert told == ["Iemand anders was u voor: dit staat nu op “Gedaan”."] * 3 + ["done"]
    assert entries() == [("finish", "open", "done")]
    assert list(trail.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_the_lock_is_told_when_it_is_lifted(errand, evening, auditor, procurement_officer):
    mine, begun, told = fresh(errand), threading.Event(), []

    def second():
        begun.set()
        try:
            fire(mine, "finish", by=procurement_officer)
        except Overtaken as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        fire(errand, "finish", by=auditor)
        thread.start()
        begun.wait(10)
        thread.join(0.3)
        assert (thread.is_alive(), told) == (True, [])
    thread.join(20)

    assert told == ["Iemand anders was u voor: dit staat nu op “Gedaan”."]
    assert Entry.objects.get(verb="finish").actor == f"user:{auditor.pk}"


# -- one door -----------------------------------------------------------------------------------------


def test_a_verb_with_consequences_is_refused_outside_its_action(done, auditor):
    with pytest.raises(RuntimeError, match=r"tell has consequences: call the action errands\.tell"):
        fire(done, "tell", by=auditor)
    with pytest.raises(RuntimeError, match="tell has consequences"):
        story.tell_everybody(done, by=auditor, verb_name="tell")

    assert fresh(done).state == "done"


def test_a_verb_is_fired_by_each_of_the_actions_that_it_names(errands, auditor, clock):
    clock.travel_to(EVENING)
    first, second = (fire(errands.create(name=name), "finish", by=auditor) for name in ("brood", "melk"))

    assert story.tell_everybody(first, by=auditor).state == "told"
    assert story.tell(second, by=auditor, verb_name="broadcast").state == "told"


def test_the_right_to_fire_ends_with_the_action(done, errands, auditor):
    story.tell(done, by=auditor)
    another = fire(errands.create(name="melk"), "finish", by=auditor)

    with pytest.raises(RuntimeError):
        fire(another, "tell", by=auditor)


def test_an_action_hears_about_its_refusal_after_the_rollback(errand, auditor):
    with pytest.raises(Blocked):
        story.tell(errand, by=auditor)

    assert story.refusals == [(errand.pk, ["wrong_state"], auditor)]


def test_the_state_cannot_be_set_past_the_door(errand):
    with pytest.raises(AttributeError):
        errand.state = "done"
    with pytest.raises(TypeError, match=r"lifecycle\.Errand\.state changes through"):
        Errand.objects.update(state="done")
    with pytest.raises(TypeError):
        Errand.objects.bulk_update([errand], ["state"])

    assert fresh(errand).state == "open"


def test_a_verb_called_without_the_door_is_not_saved_over_a_newer_state(errand, evening, auditor):
    behind = fresh(errand)
    fire(errand, "finish", by=auditor)
    behind.name = "melk"

    with pytest.raises(ConcurrentTransition):
        behind.save()


# -- all of it or nothing -----------------------------------------------------------------------------


class Interrupted(Exception):
    pass


def test_a_rollback_leaves_neither_state_nor_entry(errand, evening, auditor):
    with transaction.atomic():
        fire(errand, "finish", by=auditor)
        assert entries() == [("finish", "open", "done")]
        transaction.set_rollback(True)

    assert (fresh(errand).state, entries(), Head.objects.filter(dossier="errands").exists()) == ("open", [], False)


def test_an_action_that_fails_halfway_leaves_nothing(done, auditor):
    def fail(errand):
        raise Interrupted

    with pytest.raises(Interrupted):
        story.tell(done, by=auditor, then=fail)

    assert (fresh(done).state, entries()) == ("done", [("finish", "open", "done")])


def test_a_verb_that_fails_leaves_nothing(done, auditor):
    with pytest.raises(ArithmeticError):
        fire(done, "pay", by=auditor, price=13)

    assert (fresh(done).price, entries()) == (None, [("finish", "open", "done")])


# -- policies -----------------------------------------------------------------------------------------


@pytest.fixture
def override(errand, auditor, decision_maker, clock):
    """The habit of taking a bag along is set aside by a second person."""
    return PolicyOverride.objects.create(
        subject=errand.ref,
        verb="drop",
        guard="bag_is_there",
        reason="De winkel geeft papieren zakken.",
        asked_by=auditor,
        granted_by=decision_maker,
        granted_at=clock.now(),
    )


def test_a_policy_stands_in_the_way_like_any_rule(errand, auditor):
    with pytest.raises(Blocked) as refusal:
        fire(errand, "drop", by=auditor)

    assert [reason.guard for reason in refusal.value.reasons] == ["bag_is_there"]


def test_a_policy_that_a_second_person_set_aside_no_longer_does(errand, override, auditor):
    assert fire(errand, "drop", by=auditor).state == "dropped"

    assert Entry.objects.get(verb="drop").facts == {"overridden": ["bag_is_there"]}


def test_a_policy_is_set_aside_once(errand, override, auditor):
    fire(errand, "drop", by=auditor)

    assert PolicyOverride.objects.granted().count() == 0
    assert PolicyOverride.objects.get().used_at is not None


def test_setting_aside_holds_for_one_record(errands, override, auditor):
    with pytest.raises(Blocked):
        fire(errands.create(name="melk"), "drop", by=auditor)


def test_a_rule_is_never_set_aside(errand, override, auditor):
    """Even a row that names a published rule opens nothing."""
    nameless = Errand.objects.get(pk=errand.pk)
    nameless.name = ""
    nameless.save()
    override.pk, override.guard = None, "is_named"
    override.save()

    with pytest.raises(Blocked) as refusal:
        fire(nameless, "drop", by=auditor)

    assert [reason.guard for reason in refusal.value.reasons] == ["is_named"]


def test_nobody_sets_a_policy_aside_alone(override, auditor):
    override.granted_by = auditor

    with pytest.raises(IntegrityError):
        override.save()
