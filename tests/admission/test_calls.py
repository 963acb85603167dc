"""Calls and the versions of their conditions: prepared with four eyes, published whole, and frozen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from admission import actions
from admission.checklist import ITEMS
from admission.duties import close_calls_whose_last_day_is_over, lapse_admissions_under_old_conditions
from admission.models import Condition, ConditionsVersion, PublishedIsFixed
from catalogue.models import Product
from documents.models import Document
from lifecycle.steps import Blocked, fire
from tests.admission import world


def reasons(refusal):
    return [reason.guard for reason in refusal.value.reasons]


# -- preparing and publishing -------------------------------------------------------------------


def test_a_call_without_conditions_fees_and_agreement_is_not_handed_over(officer, clock):
    call = world.draft_call(officer, conditions=[], fees=[], agreement_nl="")

    with pytest.raises(Blocked) as refusal:
        fire(call, "submit_for_review", by=officer)

    assert reasons(refusal) == ["has_conditions", "has_fees_and_agreement"]


def test_a_call_is_not_approved_without_its_checklist(officer, decider, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)

    with pytest.raises(Blocked) as refusal:
        fire(call, "approve", by=decider)

    assert reasons(refusal) == ["checklist_is_signed"]


def test_a_checklist_with_an_item_left_open_is_refused(officer, lawyer, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)

    with pytest.raises(Blocked) as refusal:
        fire(call, "sign_checklist", by=lawyer, items=list(ITEMS)[:-1])

    assert reasons(refusal) == ["every_item_is_confirmed"]


def test_sending_back_cancels_checklist_and_approval(officer, lawyer, decider, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)
    call = fire(call, "sign_checklist", by=lawyer, items=list(ITEMS))
    call = fire(call, "approve", by=decider)

    call = fire(call, "return_to_draft", by=decider, reason="Voorwaarde T2 is onduidelijk.")

    assert (call.state, call.checklist_signed_at, call.approved_by, call.submitted_by) == ("draft", None, None, None)


def test_what_was_handed_over_is_what_is_approved(officer, lawyer, decider, clock):
    """A change behind the door's back is noticed by its digest."""
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)
    call = fire(call, "sign_checklist", by=lawyer, items=list(ITEMS))
    version = call.first_version
    version.agreement_nl = "Iets anders."
    version.save()

    with pytest.raises(Blocked) as refusal:
        fire(call, "approve", by=decider)

    assert reasons(refusal) == ["call_is_unchanged"]


def test_publishing_freezes_the_conditions(call):
    version = call.first_version
    condition = version.conditions.first()

    assert (version.state, version.is_unchanged, version.applies_from) == ("published", True, dt.date(2026, 4, 20))
    condition.text_nl = "Iets anders."
    for change in (
        condition.save,
        condition.delete,
        version.delete,
        lambda: Condition.objects.update(text_nl="x"),
        lambda: Condition.objects.all().delete(),
        lambda: Condition.objects.bulk_update([condition], ["text_nl"]),
        lambda: ConditionsVersion.objects.update(agreement_nl="x"),
        lambda: Condition(version=version, code="T9", title_nl="x", text_nl="x", evidence_nl="x").save(),
        lambda: version.fees.first().delete(),
    ):
        with pytest.raises(PublishedIsFixed):
            change()
    version.agreement_nl = "Iets anders."
    with pytest.raises(PublishedIsFixed):
        version.save()
    assert call.versions.get().is_unchanged
    document = Document.objects.about(call).get(kind="call_conditions")
    assert (document.context["digest"], document.number) == (version.digest, "OH-2026-03-VWD-01")
    assert document.is_public


def test_conditions_of_a_call_in_review_stay_as_they_are(officer, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)

    with pytest.raises(PublishedIsFixed):
        call.first_version.conditions.first().delete()
    with pytest.raises(PublishedIsFixed):
        actions.edit_call(call, by=officer, title_nl="Iets anders")
    with pytest.raises(PublishedIsFixed):
        actions.edit_version(
            call.first_version, by=officer, agreement_nl="x", notice_days=1, conditions=[], fees=world.FEES
        )


def test_a_call_is_for_a_flanking_action(officer, clock):
    with pytest.raises(ValidationError) as refusal:
        world.draft_call(officer, product=Product.objects.base_products().first())

    assert list(refusal.value.message_dict) == ["product"]


def test_only_who_manages_calls_prepares_one(lawyer, clock):
    with pytest.raises(PermissionDenied):
        world.draft_call(lawyer)


# -- running and closing ------------------------------------------------------------------------


def test_closing_is_announced_with_the_published_notice(call, officer):
    with pytest.raises(Blocked) as refusal:
        fire(call, "announce_closing", by=officer, apply_until=dt.date(2026, 6, 18), reason="Nieuwe regeling.")
    assert reasons(refusal) == ["closing_leaves_the_notice"]

    call = fire(call, "announce_closing", by=officer, apply_until=dt.date(2026, 6, 19), reason="Nieuwe regeling.")

    assert (call.state, call.apply_until, call.takes_applications) == ("closing_announced", dt.date(2026, 6, 19), True)


def test_closing_later_than_published_is_no_closing(call, officer):
    with pytest.raises(Blocked) as refusal:
        fire(call, "announce_closing", by=officer, apply_until=dt.date(2031, 12, 1), reason="Langer open.")

    assert reasons(refusal) == ["closing_comes_sooner"]


def test_a_call_closes_after_its_last_day(call, officer, clock):
    call = fire(call, "announce_closing", by=officer, apply_until=dt.date(2026, 6, 19), reason="Nieuwe regeling.")
    clock.travel_to(world.at(2026, 6, 19, 23))
    close_calls_whose_last_day_is_over()
    with pytest.raises(Blocked) as refusal:
        fire(call, "close", by=officer)
    assert [reason.opens_at for reason in refusal.value.reasons] == [world.at(2026, 6, 20, 0)]

    clock.travel_to(world.at(2026, 6, 20, 0))
    close_calls_whose_last_day_is_over()

    assert type(call).objects.get().state == "closed"


def test_a_paused_call_takes_nobodys_applications(call, officer, signer, taalbrug):
    fire(call, "pause", by=officer, reason="Storing.")
    call = type(call).objects.get()

    with pytest.raises(Blocked) as refusal:
        actions.start_application(call, by=signer, participant=taalbrug[0])

    assert reasons(refusal) == ["call_takes_applications"]
    call = fire(call, "resume", by=officer)
    assert actions.start_application(call, by=signer, participant=taalbrug[0]).state == "draft"


def test_ending_a_call_lapses_its_admissions(call, officer, signer, taalbrug, assessor, decider, clock):
    admission = _admitted(call, officer, signer, taalbrug, assessor, decider)
    clock.travel_to(world.at(2031, 11, 22))
    call = fire(call, "close", by=officer)
    with pytest.raises(Blocked) as refusal:
        actions.end_call(call, by=officer)
    assert reasons(refusal) == ["term_is_over"]

    clock.travel_to(world.at(2032, 1, 1))
    call = actions.end_call(call, by=officer)

    assert (call.state, type(admission).objects.get().state) == ("ended", "lapsed")


# -- versions -----------------------------------------------------------------------------------


def _next_version(call, officer, decider, applies_from):
    version = actions.draft_version(call, by=officer)
    conditions = [*world.CONDITIONS, world.CONDITIONS[0] | {"code": "T3", "title_nl": "Bereikbare locatie"}]
    version = actions.edit_version(
        version, by=officer, agreement_nl="Nieuwe tekst.", notice_days=60, conditions=conditions, fees=world.FEES
    )
    version = fire(version, "approve", by=decider)
    return actions.publish_version(version, by=officer, applies_from=applies_from)


def test_new_conditions_leave_everybody_the_same_transition(call, officer, decider):
    with pytest.raises(Blocked) as refusal:
        _next_version(call, officer, decider, dt.date(2026, 6, 19))
    assert reasons(refusal) == ["transition_is_long_enough"]

    version = actions.publish_version(call.versions.get(number=2), by=officer, applies_from=dt.date(2026, 6, 20))

    assert call.version_in_force(dt.date(2026, 6, 19)).number == 1
    assert call.version_in_force(dt.date(2026, 6, 20)) == version


def test_who_drafted_a_version_does_not_approve_it(call, officer):
    version = actions.draft_version(call, by=officer)

    with pytest.raises(PermissionDenied):
        fire(version, "approve", by=officer)


def test_an_approved_version_does_not_change(call, officer, decider):
    version = fire(actions.draft_version(call, by=officer), "approve", by=decider)

    with pytest.raises(PublishedIsFixed):
        version.conditions.first().delete()
    version = fire(version, "return_to_draft", by=officer, reason="Toch nog iets.")
    version.conditions.first().delete()
    assert version.conditions.count() == 1


def test_a_draft_under_old_conditions_cannot_be_submitted_any_more(call, officer, decider, signer, taalbrug, clock):
    draft = world.filled_application(call, signer, *taalbrug)
    _next_version(call, officer, decider, dt.date(2026, 6, 20))
    clock.travel_to(world.at(2026, 6, 20))

    with pytest.raises(Blocked) as refusal:
        actions.submit(draft, by=signer, agreement_accepted=True)

    assert reasons(refusal) == ["conditions_are_in_force"]


def test_partners_confirm_new_conditions_or_leave_on_the_same_day(
    call, officer, decider, assessor, signer, rival, taalbrug, woordwijs, clock
):
    stays = _admitted(call, officer, signer, taalbrug, assessor, decider)
    leaves = _admitted(call, officer, rival, woordwijs, assessor, decider)
    _next_version(call, officer, decider, dt.date(2026, 6, 20))
    stays = fire(stays, "confirm_conditions", by=signer)
    lapse_admissions_under_old_conditions()
    assert sorted(type(stays).objects.values_list("state", flat=True)) == ["active", "active"]

    clock.travel_to(world.at(2026, 6, 20))
    lapse_admissions_under_old_conditions()

    assert type(stays).objects.get(pk=stays.pk).state == "active"
    assert type(stays).objects.get(pk=leaves.pk).state == "lapsed"


def _admitted(call, officer, signer, party, assessor, decider):
    application = world.in_assessment(call, signer, *party, checker=officer)
    application = actions.assess(application, by=assessor, results=world.results(), no_interest=True)
    return actions.admit(application, by=decider)


# -- what the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"open_until": dt.date(2026, 1, 1)},
        {"starts_on": dt.date(2032, 1, 1)},
        {"apply_until": None},
        {"checklist_signed_at": None},
    ],
)
def test_the_database_refuses_a_call_that_cannot_be(call, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(call).objects.filter(pk=call.pk).update(**change)
