"""Applications: who may begin, what is asked, how terms run, and that only one decision is possible."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from admission import actions
from admission.models import Admission, AdmissionApplication, ConditionResult, EvidenceFile
from documents.models import Document
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire, steps
from tests.admission import world
from tests.people import make_member, make_user


def reasons(refusal):
    return [reason.guard for reason in refusal.value.reasons]


# -- beginning ----------------------------------------------------------------------------------


def test_an_application_binds_the_conditions_in_force(call, signer, taalbrug):
    draft = actions.start_application(call, by=signer, participant=taalbrug[0])

    assert draft.conditions_version == call.version_in_force()


def test_beginning_twice_gives_the_same_draft(call, signer, taalbrug):
    first = actions.start_application(call, by=signer, participant=taalbrug[0])

    assert actions.start_application(call, by=signer, participant=taalbrug[0]) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionApplication(
            call=call,
            participant=taalbrug[0],
            conditions_version=first.conditions_version,
            started_by=signer,
            started_at=first.started_at,
        ).save()


def test_a_call_takes_no_application_before_it_opens(clock, officer, lawyer, decider, signer, taalbrug):
    call = world.published_call(officer, lawyer, decider)

    with pytest.raises(Blocked) as refusal:
        actions.start_application(call, by=signer, participant=taalbrug[0])

    assert [(each.guard, each.opens_at) for each in refusal.value.reasons] == [
        ("call_takes_applications", world.at(2026, 4, 20, 0))
    ]


def test_nobody_applies_for_another_organisation(call, rival, taalbrug):
    with pytest.raises(PermissionDenied):
        actions.start_application(call, by=rival, participant=taalbrug[0])


def test_who_may_only_prepare_does_not_submit(call, signer, taalbrug):
    helper = make_user("Hulp Voorbereider")
    make_member(taalbrug[0].lead, helper, may_sign=False)
    draft = world.filled_application(call, helper, *taalbrug)

    with pytest.raises(PermissionDenied):
        actions.submit(draft, by=helper, agreement_accepted=True)
    assert actions.submit(draft, by=signer, agreement_accepted=True).state == "submitted"


def test_a_service_of_another_action_or_a_place_of_another_organisation_is_refused(call, signer, taalbrug, woordwijs):
    draft = actions.start_application(call, by=signer, participant=taalbrug[0])
    service = call.product.services.get()
    other = type(service).objects.exclude(pk=service.pk).first()

    with pytest.raises(ValidationError) as refusal:
        actions.declare_service(draft, by=signer, service=other, establishment=taalbrug[1], availability=1)
    assert list(refusal.value.message_dict) == ["service"]
    with pytest.raises(ValidationError) as refusal:
        actions.declare_service(draft, by=signer, service=service, establishment=woordwijs[1], availability=1)
    assert list(refusal.value.message_dict) == ["establishment"]


# -- evidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [("diploma.exe", b"MZ"), ("diploma.pdf", b"<script>"), ("leeg.pdf", b""), ("beeld.png", world.PDF)],
)
def test_a_file_of_another_kind_is_refused_and_not_kept(call, signer, taalbrug, settings, name, content):
    draft = actions.start_application(call, by=signer, participant=taalbrug[0])
    before = _kept(settings)

    with pytest.raises(ValidationError):
        actions.add_evidence(
            draft,
            by=signer,
            condition=draft.conditions_version.conditions.last(),
            upload=world.upload(name, content),
        )

    assert EvidenceFile.objects.count() == 0
    assert _kept(settings) == before


def _kept(settings):
    return sorted((settings.MEDIA_ROOT / "admission").glob("*"))


def test_a_file_is_kept_under_a_name_that_says_nothing(call, signer, taalbrug):
    draft = world.filled_application(call, signer, *taalbrug)
    evidence = draft.evidence.get()

    assert evidence.name == "diploma.pdf"
    assert evidence.content_type == "application/pdf"
    assert len(evidence.file.name) == len("admission/") + 32
    assert "diploma" not in evidence.file.name


def test_the_same_file_twice_is_refused(call, signer, taalbrug):
    draft = world.filled_application(call, signer, *taalbrug)

    with pytest.raises(ValidationError):
        actions.add_evidence(
            draft, by=signer, condition=draft.conditions_version.conditions.last(), upload=world.upload("kopie.pdf")
        )


def test_nothing_is_added_after_submission(submitted, signer):
    condition = submitted.conditions_version.conditions.first()

    with pytest.raises(Blocked) as refusal:
        actions.declare(submitted, by=signer, condition=condition, confirmed=False)
    assert reasons(refusal) == ["application_can_be_filled_in"]
    with pytest.raises(Blocked):
        actions.add_evidence(submitted, by=signer, condition=condition, upload=world.upload("x.pdf", world.PDF + b"2"))


# -- submitting ---------------------------------------------------------------------------------


def test_submitting_says_everything_that_is_missing(call, signer, taalbrug):
    draft = actions.start_application(call, by=signer, participant=taalbrug[0])

    with pytest.raises(Blocked) as refusal:
        actions.submit(draft, by=signer, agreement_accepted=False)

    assert reasons(refusal) == ["services_are_declared", "every_condition_is_evidenced", "agreement_is_accepted"]


def test_the_last_second_of_the_last_day_counts(call, signer, taalbrug, rival, woordwijs, officer, clock):
    fire(call, "announce_closing", by=officer, apply_until=dt.date(2026, 6, 30), reason="Nieuwe regeling.")
    call = type(call).objects.get()
    early = world.filled_application(call, signer, *taalbrug)
    late = world.filled_application(call, rival, *woordwijs)

    clock.travel_to(clock.at(dt.date(2026, 6, 30), 23, 59, 59))
    assert actions.submit(early, by=signer, agreement_accepted=True).state == "submitted"
    clock.travel_to(clock.at(dt.date(2026, 7, 1)))
    with pytest.raises(Blocked) as refusal:
        actions.submit(late, by=rival, agreement_accepted=True)

    assert reasons(refusal) == ["call_takes_applications"]


def test_submit_happens_only_through_its_action(call, signer, taalbrug):
    draft = world.filled_application(call, signer, *taalbrug)

    with pytest.raises(RuntimeError, match=r"call the action admission\.submit"):
        fire(draft, "submit", by=signer, agreement_accepted=True)


# -- completeness -------------------------------------------------------------------------------


def test_the_decision_term_runs_from_the_day_the_file_was_complete(submitted, officer, clock):
    clock.travel_to(world.at(2026, 4, 28))

    application = fire(submitted, "find_complete", by=officer)

    # 40 days from Monday 20 April end on Saturday 30 May: Monday 1 June.
    assert (application.complete_at, application.decision_due) == (submitted.submitted_at, dt.date(2026, 6, 1))


def test_completion_is_asked_once_and_within_its_term(submitted, officer, signer, clock):
    application = fire(submitted, "request_completion", by=officer, missing="Het registratienummer.")
    assert application.completion_last_day == dt.date(2026, 5, 4)
    with pytest.raises(Blocked) as refusal:
        fire(application, "proceed_without_completion", by=officer)
    assert [each.opens_at for each in refusal.value.reasons] == [world.at(2026, 5, 5, 0)]
    clock.travel_to(world.at(2026, 5, 5))
    with pytest.raises(Blocked) as refusal:
        actions.complete(application, by=signer)
    assert reasons(refusal) == ["completion_term_runs"]

    application = fire(application, "proceed_without_completion", by=officer)

    assert (application.state, application.decision_due) == ("in_assessment", dt.date(2026, 6, 15))


# -- assessing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "no_interest", "guards"),
    [
        ({"T9": (True, "onbekend")}, True, ["results_are_published_conditions"]),
        ({"T1": (True, "  ")}, True, ["results_are_published_conditions"]),
        ({}, True, ["results_are_published_conditions"]),
        ({"T1": (True, "ja")}, False, ["no_interest_is_stated"]),
    ],
)
def test_only_published_conditions_are_assessed_with_reasons_and_without_interest(
    assessing, assessor, results, no_interest, guards
):
    with pytest.raises(Blocked) as refusal:
        actions.assess(assessing, by=assessor, results=results, no_interest=no_interest)

    assert reasons(refusal) == guards
    assert ConditionResult.objects.count() == 0


def test_a_result_needs_a_reason_in_the_database_too(assessing, assessor, clock):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionResult.objects.create(
            application=assessing,
            condition=assessing.conditions_version.conditions.first(),
            met=True,
            reason="",
            assessor=assessor,
            at=clock.now(),
        )


def test_the_trail_holds_no_words_about_the_applicant(assessing, assessor):
    actions.assess(assessing, by=assessor, results=world.results(t2=False), no_interest=True)

    facts = Entry.objects.get(subject=assessing.ref, verb="assess").facts
    assert facts["results"]["T1"][0] is True
    assert facts["results"]["T2"][0] is False
    assert facts["results"]["T2"][1].startswith("sha256:")


# -- deciding -----------------------------------------------------------------------------------


def test_nothing_is_decided_before_every_condition_is_assessed(assessing, assessor, decider):
    actions.assess(assessing, by=assessor, results={"T1": (True, "ja")}, no_interest=True)
    application = AdmissionApplication.objects.get()

    blocked = {step.verb: [reason.guard for reason in step.reasons] for step in steps(application, decider)}

    assert blocked == {
        "admit": ["every_condition_is_assessed"],
        "intend_refusal": ["every_condition_is_assessed", "decision_is_to_refuse"],
    }


@pytest.mark.parametrize(
    ("met", "possible"),
    [(True, {"admit": True, "intend_refusal": False}), (False, {"admit": False, "intend_refusal": True})],
)
def test_there_is_one_possible_decision(assessing, assessor, decider, met, possible):
    application = actions.assess(assessing, by=assessor, results=world.results(t2=met), no_interest=True)

    assert {step.verb: step.possible for step in steps(application, decider)} == possible


def test_admitting_makes_an_admission_and_its_letter(assessing, assessor, decider, taalbrug):
    application = actions.assess(assessing, by=assessor, results=world.results(), no_interest=True)

    admission = actions.admit(application, by=decider)

    assert (admission.participant, admission.call, admission.state) == (taalbrug[0], application.call, "active")
    letter = Document.objects.get(kind="admission_letter")
    assert letter.subject == application.ref
    assert letter.number.startswith(f"{application.number}-TOE-")
    assert letter.context["conditions"][1]["finding"] == "diploma's van vier coaches"


def test_a_refusal_waits_for_the_hearing(assessing, assessor, decider, clock):
    application = actions.assess(assessing, by=assessor, results=world.results(t1=False), no_interest=True)
    application = fire(application, "intend_refusal", by=decider)
    with pytest.raises(Blocked) as refusal:
        actions.refuse(application, by=decider)
    assert [(each.guard, each.opens_at) for each in refusal.value.reasons] == [
        ("hearing_is_over", world.at(2026, 5, 6, 0))
    ]

    clock.travel_to(world.at(2026, 5, 6))
    application = actions.refuse(application, by=decider)

    assert application.state == "refused"
    assert [each["code"] for each in Document.objects.get(kind="refusal_letter").context["unmet"]] == ["T1"]


def test_what_was_brought_forward_must_be_answered(assessing, assessor, decider, signer):
    application = actions.assess(assessing, by=assessor, results=world.results(t1=False), no_interest=True)
    application = fire(application, "intend_refusal", by=decider)
    application = actions.be_heard(application, by=signer, statement="Wij zijn wel geregistreerd.")

    with pytest.raises(Blocked) as refusal:
        actions.refuse(application, by=decider, answer=" ")

    assert reasons(refusal) == ["hearing_is_answered"]


def test_who_convinces_at_the_hearing_is_admitted(assessing, assessor, decider, signer):
    application = actions.assess(assessing, by=assessor, results=world.results(t1=False), no_interest=True)
    application = fire(application, "intend_refusal", by=decider)
    application = actions.be_heard(application, by=signer, statement="Wij zijn wel geregistreerd.")
    application = actions.reassess(
        application, by=assessor, results={"T1": (True, "nu wel in het register")}, no_interest=True
    )
    with pytest.raises(Blocked) as refusal:
        actions.refuse(application, by=decider, answer="Toch niet.")
    assert reasons(refusal) == ["decision_is_to_refuse"]

    assert actions.admit(application, by=decider).state == "active"


def test_the_number_admitted_does_not_matter(call, officer, assessor, decider, clock):
    """No cap: the fifth who meets the conditions is admitted as the first was."""
    for number in range(5):
        signer = make_user(f"Persoon {number}")
        party = world.party(f"Partner{number} vzw", signer)
        application = world.in_assessment(call, signer, *party, checker=officer)
        application = actions.assess(application, by=assessor, results=world.results(), no_interest=True)
        actions.admit(application, by=decider)

    assert Admission.objects.filter(state="active").count() == 5


def test_withdrawing_makes_room_for_a_new_application(submitted, signer, call, taalbrug):
    actions.withdraw(submitted, by=signer)

    again = actions.start_application(call, by=signer, participant=taalbrug[0])

    assert again.pk != submitted.pk
    assert again.state == "draft"


# -- admissions ---------------------------------------------------------------------------------


@pytest.fixture
def admission(assessing, assessor, decider):
    application = actions.assess(assessing, by=assessor, results=world.results(), no_interest=True)
    return actions.admit(application, by=decider)


def test_a_measure_follows_an_intention_and_a_hearing(admission, manager, decider, clock):
    words = {"ground": "condition_lost", "reason": "De registratie is vervallen."}
    with pytest.raises(Blocked) as refusal:
        fire(admission, "suspend", by=decider, **words)
    assert reasons(refusal) == ["partner_was_heard_or_it_is_urgent"]
    admission = fire(admission, "announce_measure", by=manager, **words)
    with pytest.raises(Blocked) as refusal:
        fire(admission, "withdraw", by=decider, **words)
    assert reasons(refusal) == ["partner_was_heard"]

    clock.travel_to(world.at(2026, 5, 6))

    assert fire(admission, "withdraw", by=decider, **words).state == "withdrawn_by_vdab"


def test_danger_suspends_at_once_and_is_lifted_again(admission, decider):
    admission = fire(admission, "suspend", by=decider, ground="safety", reason="Ernstig incident met een klant.")
    assert Admission.objects.may_take_customers(dt.date(2027, 2, 1)).count() == 0

    admission = fire(admission, "resume", by=decider)

    assert (admission.state, admission.ground) == ("active", "")
    assert Admission.objects.may_take_customers(dt.date(2027, 2, 1)).count() == 1


def test_a_partner_leaves_with_the_published_notice(admission, signer):
    with pytest.raises(Blocked) as refusal:
        fire(admission, "end_by_partner", by=signer, last_day=dt.date(2026, 6, 18))
    assert reasons(refusal) == ["notice_is_kept"]

    admission = fire(admission, "end_by_partner", by=signer, last_day=dt.date(2026, 6, 19))

    assert (admission.state, admission.last_day) == ("ended_by_partner", dt.date(2026, 6, 19))


def test_re_verification_leaves_the_partner_at_work(admission, manager):
    admission = fire(admission, "begin_re_verification", by=manager)
    assert Admission.objects.may_take_customers(dt.date(2027, 2, 1)).count() == 1

    assert fire(admission, "confirm_re_verification", by=manager).state == "active"
