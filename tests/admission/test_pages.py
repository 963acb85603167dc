"""The pages of Open House: who sees them, what they refuse, and that nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission import actions
from admission.models import Admission, AdmissionApplication, Call, EvidenceFile
from catalogue.models import Product
from lifecycle.steps import fire
from tests.admission import world
from tests.people import sign_in


def page(client, user, url):
    if user is not None:
        sign_in(client, user)
    return client.get(url)


def call_fields(**changes):
    return {
        "number": "OH-2026-01",
        "product": Product.objects.get(code="workplace-learning").pk,
        "title_nl": "Werkplekleren",
        "title_en": "Workplace learning",
        "summary_nl": "Leren op de werkvloer.",
        "summary_en": "",
        "open_from": "2026-04-20",
        "open_until": "2031-12-31",
        "starts_on": "2027-01-01",
    } | changes


# -- calls --------------------------------------------------------------------------------------


def test_a_published_call_is_open_to_everybody(client, call):
    answer = page(client, None, call.get_absolute_url())

    assert answer.status_code == 200
    assert world.CONDITIONS[0]["text_nl"] in answer.content.decode()
    assert list(client.get(reverse("call-list")).context["page_obj"].object_list) == [call]
    assert client.get(reverse("call-partners", args=[call.pk])).status_code == 200
    assert client.get(reverse("call-history", args=[call.pk])).status_code == 200
    assert client.get(call.first_version.get_absolute_url()).status_code == 200


def test_a_call_that_invites_does_not_say_that_there_is_nothing_to_do(client, call, signer):
    answer = page(client, signer, call.get_absolute_url())

    assert (answer.context["may_apply"], answer.context["steps"]) == (True, None)
    assert "Toelating aanvragen" in answer.text
    assert "Hier hoeft u nu niets te doen." not in answer.text


def test_a_draft_call_is_not_there_for_outsiders(client, officer, signer, clock):
    draft = world.draft_call(officer)

    assert page(client, None, draft.get_absolute_url()).status_code == 404
    assert page(client, signer, draft.get_absolute_url()).status_code == 404
    assert page(client, officer, draft.get_absolute_url()).status_code == 200
    assert client.get(draft.first_version.get_absolute_url()).status_code == 200


def test_an_officer_prepares_a_call_and_its_conditions(client, officer, clock):
    sign_in(client, officer)
    assert client.get(reverse("call-new")).status_code == 200
    answer = client.post(reverse("call-new"), call_fields())
    version = Call.objects.get().first_version
    assert answer.url == reverse("conditions-version-edit", args=[version.pk])
    assert client.get(answer.url).status_code == 200
    rows = {
        "conditions-TOTAL_FORMS": 2,
        "conditions-INITIAL_FORMS": 0,
        "fees-TOTAL_FORMS": 1,
        "fees-INITIAL_FORMS": 0,
        "conditions-0-code": "T1",
        "conditions-0-title_nl": "Erkenning",
        "conditions-0-text_nl": "De aanvrager is erkend.",
        "conditions-0-evidence_nl": "het nummer",
        "conditions-0-proof": "declaration",
        "conditions-1-proof": "document",
        "fees-0-name_nl": "Per uur",
        "fees-0-amount": "50.00",
        "fees-0-basis_nl": "na prestatie",
        "agreement_nl": "De overeenkomst.",
        "notice_days": 60,
    }
    answer = client.post(reverse("conditions-version-edit", args=[version.pk]), rows)
    assert answer.url == version.call.get_absolute_url()
    assert [each.as_data()["code"] for each in version.conditions.all()] == ["T1"]
    assert [str(fee.amount) for fee in version.fees.all()] == ["50.00"]

    again = rows | {"conditions-INITIAL_FORMS": 1, "conditions-1-code": "T1", "conditions-1-title_nl": "x"}
    refused = client.post(
        reverse("conditions-version-edit", args=[version.pk]),
        again | {"conditions-1-text_nl": "y", "conditions-1-evidence_nl": "z"},
    )
    assert refused.status_code == 422
    assert refused.context["conditions"].forms[1].errors == {"code": ["Deze code staat er al."]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"open_until": "2026-01-01"}, "__all__"),
        ({"number": ""}, "number"),
        ({"open_from": "31 februari"}, "open_from"),
    ],
)
def test_a_call_with_a_fault_is_refused_beside_its_field(client, officer, clock, changes, field):
    sign_in(client, officer)

    answer = client.post(reverse("call-new"), call_fields(**changes))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Leren op de werkvloer." in answer.content.decode()
    assert Call.objects.count() == 0


def test_a_base_product_cannot_be_opened_as_open_house(client, officer, clock):
    sign_in(client, officer)

    answer = client.post(reverse("call-new"), call_fields(product=Product.objects.base_products().first().pk))

    assert list(answer.context["form"].errors) == ["product"]


def test_who_does_not_manage_calls_is_refused(client, decider, call):
    sign_in(client, decider)

    assert client.get(reverse("call-new")).status_code == 403
    assert client.get(reverse("call-edit", args=[call.pk])).status_code == 403
    assert client.get(reverse("conditions-version-edit", args=[call.first_version.pk])).status_code == 403
    assert client.post(reverse("conditions-version-new", args=[call.pk])).status_code == 403


def test_a_published_call_is_not_edited(client, officer, call):
    sign_in(client, officer)

    answer = client.post(reverse("call-edit", args=[call.pk]), call_fields(number=call.number))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["__all__"]
    assert Call.objects.get().title_nl == call.title_nl


def test_the_checklist_asks_every_item(client, officer, lawyer, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)
    sign_in(client, lawyer)
    url = reverse("call-step", args=[call.pk, "sign_checklist"])
    assert client.get(url).status_code == 200

    answer = client.post(url, {"items": ["OH-01"], "seen_state": "in_review"})

    assert answer.status_code == 409
    assert "De checklist is niet volledig afgevinkt." in answer.content.decode()
    assert Call.objects.get().checklist_signed_at is None


def test_a_new_version_begins_from_the_last_one(client, officer, call):
    sign_in(client, officer)

    answer = client.post(reverse("conditions-version-new", args=[call.pk]))

    version = call.versions.get(number=2)
    assert answer.url == reverse("conditions-version-edit", args=[version.pk])
    assert [each.code for each in version.conditions.all()] == ["T1", "T2"]
    assert client.get(version.get_absolute_url()).status_code == 200


# -- applying -----------------------------------------------------------------------------------


def draft_of(signer, taalbrug, call):
    return actions.start_application(call, by=signer, participant=taalbrug[0])


def test_an_applicant_fills_in_and_submits(client, call, signer, taalbrug):
    participant, place = taalbrug
    sign_in(client, signer)
    start = reverse("admission-application-start", args=[call.pk])
    assert client.get(start).status_code == 200
    answer = client.post(start, {"organisation": participant.lead_id})
    draft = AdmissionApplication.objects.get()
    assert answer.url == reverse("admission-application-edit", args=[draft.pk])
    assert client.get(answer.url).status_code == 200
    first, second = draft.conditions_version.conditions.all()
    service = call.product.services.get()
    given = {
        f"places_{service.pk}_{place.pk}": "20",
        f"confirmed_{first.pk}": "on",
        f"explanation_{first.pk}": "nummer 123",
        f"confirmed_{second.pk}": "on",
        f"file_{second.pk}": world.upload(),
    }
    answer = client.post(answer.url, given)
    assert answer.url == draft.get_absolute_url()
    assert client.get(draft.get_absolute_url()).status_code == 200
    submit = f"{draft.get_absolute_url()}submit/"
    assert client.get(submit).status_code == 200
    refused = client.post(submit, {"seen_state": "draft"})
    assert list(refused.context["form"].errors) == ["agreement_accepted"]
    answer = client.post(submit, {"seen_state": "draft", "agreement_accepted": "on"})
    assert answer.status_code == 302
    assert AdmissionApplication.objects.get().state == "submitted"
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(f"{draft.get_absolute_url()}bewerken/").status_code == 302


def test_what_is_right_is_kept_when_a_file_is_refused(client, call, signer, taalbrug):
    draft = draft_of(signer, taalbrug, call)
    first, second = draft.conditions_version.conditions.all()
    sign_in(client, signer)

    answer = client.post(
        reverse("admission-application-edit", args=[draft.pk]),
        {
            f"confirmed_{first.pk}": "on",
            f"explanation_{first.pk}": "nummer 123",
            f"file_{second.pk}": world.upload("diploma.pdf", b"MZ this is a program"),
            f"places_{call.product.services.get().pk}_{taalbrug[1].pk}": "-3",
        },
    )

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == [
        f"file_{second.pk}",
        f"places_{call.product.services.get().pk}_{taalbrug[1].pk}",
    ]
    assert answer.context["form"].errors[f"file_{second.pk}"] == [
        "Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg."
    ]
    assert [(each.confirmed, each.explanation) for each in draft.declarations.all()] == [
        (True, "nummer 123"),
        (False, ""),
    ]
    assert EvidenceFile.objects.count() == 0


def test_an_incomplete_draft_says_everything_that_is_missing(client, call, signer, taalbrug):
    draft = draft_of(signer, taalbrug, call)
    sign_in(client, signer)

    answer = client.get(f"{draft.get_absolute_url()}submit/").content.decode()

    assert "Geef minstens één vestiging op waar u de dienst aanbiedt." in answer
    assert "Nog niet elke voorwaarde is bevestigd en bewezen. Het gaat om: T1, T2." in answer


def test_evidence_is_for_its_applicant_and_for_staff_after_submission(
    client, call, signer, rival, woordwijs, assessor, taalbrug
):
    draft = world.filled_application(call, signer, *taalbrug)
    url = draft.evidence.get().get_absolute_url()
    own = page(client, signer, url)
    assert (own.status_code, own.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert own.headers["Content-Disposition"] == 'attachment; filename="diploma.pdf"'
    assert b"".join(own.streaming_content) == world.PDF
    assert page(client, rival, url).status_code == 404
    assert page(client, assessor, url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302

    actions.submit(draft, by=signer, agreement_accepted=True)

    sent = page(client, assessor, url)
    assert b"".join(sent.streaming_content) == world.PDF
    assert page(client, rival, url).status_code == 404


def test_evidence_is_removed_until_it_is_submitted(client, call, signer, taalbrug):
    draft = world.filled_application(call, signer, *taalbrug)
    evidence = draft.evidence.get()
    sign_in(client, signer)

    answer = client.post(reverse("evidence-remove", args=[evidence.pk]))

    assert answer.status_code == 302
    assert EvidenceFile.objects.count() == 0


def test_submitted_evidence_stays(client, submitted, signer):
    sign_in(client, signer)

    answer = client.post(reverse("evidence-remove", args=[submitted.evidence.get().pk]))

    assert answer.status_code == 409
    assert EvidenceFile.objects.count() == 1


def test_another_applicant_finds_no_application(client, submitted, rival, woordwijs, stranger):
    for user in (rival, stranger):
        assert page(client, user, submitted.get_absolute_url()).status_code == 404
        assert client.get(f"{submitted.get_absolute_url()}withdraw/").status_code == 404
        assert client.get(f"{submitted.get_absolute_url()}bewerken/").status_code == 404
        assert list(client.get(reverse("admission-application-list")).context["page_obj"].object_list) == []


def test_the_wrong_person_is_refused(client, assessing, assessor, decider, officer):
    url = assessing.get_absolute_url()

    assert page(client, decider, f"{url}assess/").status_code == 403
    assert page(client, assessor, f"{url}admit/").status_code == 403
    assert page(client, officer, f"{url}submit/").status_code == 403


# -- assessing and deciding ---------------------------------------------------------------------


def test_an_assessor_answers_condition_by_condition(client, assessing, assessor):
    sign_in(client, assessor)
    url = f"{assessing.get_absolute_url()}assess/"
    shown = client.get(url).content.decode()
    assert "diploma.pdf" in shown
    refused = client.post(url, {"met_T1": "yes", "reason_T2": "geen diploma", "no_interest": "on"})
    assert refused.context["form"].errors == {
        "reason_T1": ["Motiveer waarom de voorwaarde al dan niet vervuld is."],
        "met_T2": ["Kies voldaan of niet voldaan."],
    }
    assert "geen diploma" in refused.content.decode()

    answer = client.post(url, {"met_T1": "yes", "reason_T1": "in het register", "no_interest": "on"})

    assert answer.status_code == 302
    assert assessing.results_by_code() == {"T1": True}


def test_the_decider_reads_why_admitting_is_not_possible(client, assessing, assessor, decider):
    actions.assess(assessing, by=assessor, results=world.results(t2=False), no_interest=True)
    sign_in(client, decider)

    answer = client.get(f"{assessing.get_absolute_url()}admit/")

    assert "Niet elke voorwaarde is vervuld: toelaten kan niet." in answer.content.decode()


def test_the_applicant_reads_no_results_before_the_intention(client, assessing, assessor, decider, signer):
    application = actions.assess(assessing, by=assessor, results=world.results(t2=False), no_interest=True)
    url = application.get_absolute_url()
    reason = "voor twee coaches is er geen diploma"
    assert reason not in page(client, signer, url).content.decode()
    assert reason in page(client, decider, url).content.decode()

    fire(application, "intend_refusal", by=decider)

    assert reason in page(client, signer, url).content.decode()


def test_an_admission_has_its_page_and_its_place_in_the_public_list(
    client, assessing, assessor, decider, signer, rival, woordwijs, call, manager
):
    actions.assess(assessing, by=assessor, results=world.results(), no_interest=True)
    admission = actions.admit(assessing, by=decider)

    assert "Taalbrug" in client.get(reverse("call-partners", args=[call.pk])).content.decode()
    for user in (signer, manager):
        assert page(client, user, admission.get_absolute_url()).status_code == 200
        assert list(client.get(reverse("admission-list")).context["page_obj"].object_list) == [admission]
    assert page(client, rival, admission.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("admission-list")).context["page_obj"].object_list) == []


# -- lists --------------------------------------------------------------------------------------


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_ask_as_many_questions_for_many_rows_as_for_one(
    client, call, officer, lawyer, decider, assessor, signer, taalbrug
):
    names = ["call-list", "admission-application-list", "admission-list"]
    _admit(call, officer, assessor, decider, signer, taalbrug)
    sign_in(client, officer)
    few = [queries(client, reverse(name)) for name in names]
    for number in (4, 5, 6):
        more = world.published_call(officer, lawyer, decider, number=f"OH-2026-0{number}")
        _admit(more, officer, assessor, decider, signer, taalbrug)

    assert [queries(client, reverse(name)) for name in names] == few
    assert Admission.objects.count() == 4


def _admit(call, officer, assessor, decider, signer, taalbrug):
    application = world.in_assessment(call, signer, *taalbrug, checker=officer)
    application = actions.assess(application, by=assessor, results=world.results(), no_interest=True)
    actions.admit(application, by=decider)
