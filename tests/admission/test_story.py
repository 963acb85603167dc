"""The whole journey through the actions: a call is published, one applicant is admitted, another refused after hearing."""

import datetime as dt

from admission import actions
from admission.checklist import ITEMS
from admission.models import AdmissionApplication
from documents.models import Document, Letter
from lifecycle import trail
from lifecycle.steps import fire
from tests.admission import world


def test_a_call_admits_who_meets_the_conditions_and_refuses_who_does_not(
    clock, officer, lawyer, decider, assessor, signer, rival, taalbrug, woordwijs
):
    call = _publish_a_call(clock, officer, lawyer, decider)

    clock.travel_to(world.at(2026, 5, 27))
    good = world.submitted_application(call, signer, *taalbrug)
    weak = world.submitted_application(call, rival, *woordwijs)

    clock.travel_to(world.at(2026, 6, 3))
    good = fire(good, "find_complete", by=officer)
    weak = fire(weak, "request_completion", by=officer, missing="De diploma's van twee coaches ontbreken.")
    assert good.decision_due == dt.date(2026, 7, 6)
    assert weak.completion_last_day == dt.date(2026, 6, 17)
    good = actions.assess(good, by=assessor, results=world.results(), no_interest=True)
    clock.travel_to(world.at(2026, 6, 8))
    admission = actions.admit(good, by=decider)
    assert (admission.state, admission.active_from) == ("active", dt.date(2027, 1, 1))

    second = weak.conditions_version.conditions.get(code="T2")
    more = world.upload("ervaring.pdf", world.PDF + b"1")
    actions.add_evidence(weak, by=rival, condition=second, upload=more)
    weak = actions.complete(weak, by=rival)
    weak = fire(weak, "find_complete", by=officer)
    weak = actions.assess(weak, by=assessor, results=world.results(t2=False), no_interest=True)
    weak = fire(weak, "intend_refusal", by=decider)
    assert weak.hearing_last_day == dt.date(2026, 6, 23)
    clock.travel_to(world.at(2026, 6, 19))
    weak = actions.be_heard(weak, by=rival, statement="De twee coaches ronden hun opleiding in het najaar af.")
    weak = actions.refuse(weak, by=decider, answer="De voorwaarde moet nu vervuld zijn; opnieuw aanvragen kan meteen.")

    assert weak.state == "refused"
    _the_refusal_names_what_is_not_met(woordwijs[0])
    again = actions.start_application(call, by=rival, participant=woordwijs[0])
    assert again.state == "draft"
    assert AdmissionApplication.objects.count() == 3
    assert list(trail.verify()) == []


def _publish_a_call(clock, officer, lawyer, decider):
    """Drafted, submitted, its checklist signed by a lawyer, approved by somebody else, published a week ahead."""
    clock.travel_to(world.at(2026, 3, 2))
    call = world.draft_call(officer)
    call = fire(call, "submit_for_review", by=officer)
    call = fire(call, "sign_checklist", by=lawyer, items=list(ITEMS))
    call = fire(call, "approve", by=decider)
    clock.travel_to(world.at(2026, 4, 13))
    call = actions.publish_call(call, by=officer)
    version = call.version_in_force(dt.date(2026, 4, 20))
    assert (call.state, call.apply_until) == ("published", dt.date(2031, 11, 21))
    assert (version.applies_from, version.is_unchanged) == (dt.date(2026, 4, 20), True)
    return call


def _the_refusal_names_what_is_not_met(participant):
    letter = Document.objects.get(kind="refusal_letter")
    assert [each["code"] for each in letter.context["unmet"]] == ["T2"]
    assert letter.context["unmet"][0]["text"] == world.CONDITIONS[1]["text_nl"]
    assert letter.context["unmet"][0]["reason"] == "voor twee coaches is er geen diploma"
    assert letter.context["remedies"] == {"annulment_days": 60}
    assert letter.addressee == participant.ref
    assert sorted(Letter.objects.values_list("reason", "name")) == [
        ("admitted", "Taalbrug Fictief vzw"),
        ("refused", "Woordwijs Verzonnen vzw"),
    ]
