"""What an approver sees before approving: all of it, what is new of it, and the guide as it would read."""

from django.urls import reverse

from procurement import actions
from procurement.models import Procedure
from tests.people import sign_in
from tests.procurement.story import put


def guide(procedure):
    return reverse("procedure-guide-draft", args=[procedure.pk])


def test_the_page_of_approving_shows_the_content_and_the_guide(client, draft, procurement_officer, decision_maker):
    procedure = actions.submit_for_approval(draft, by=procurement_officer)
    page = sign_in(client, decision_maker).get(reverse("procedure-step", args=[procedure.pk, "approve"])).text

    assert f'href="{guide(procedure)}"' in page
    assert "Twee jaar ervaring met begeleiding." in page
    assert "verschilt van de vorige" not in page


def test_what_changed_since_an_earlier_approval_is_counted(client, draft, procurement_officer, decision_maker):
    procedure = actions.approve(actions.submit_for_approval(draft, by=procurement_officer), by=decision_maker)
    Procedure.objects.filter(pk=procedure.pk).update(title_nl="Een andere titel")
    put(procedure, "in_review")

    page = sign_in(client, decision_maker).get(reverse("procedure-step", args=[procedure.pk, "approve"])).text

    assert "1 gegeven verschilt van de vorige goedgekeurde versie." in page


def test_the_guide_reads_as_if_it_were_published_now_and_is_kept_nowhere(client, draft, procurement_officer, bidder):
    page = sign_in(client, procurement_officer).get(guide(draft))

    assert page.status_code == 200
    assert "Twee jaar ervaring met begeleiding." in page.text
    assert "Kwaliteit van het aanbod (60 %)" in page.text.replace("\xa0", " ")
    assert Procedure.objects.get().published_at is None
    assert sign_in(type(client)(), bidder).get(guide(draft)).status_code == 404


def test_a_draft_without_deadline_says_what_the_guide_still_waits_for(client, draft, procurement_officer):
    Procedure.objects.filter(pk=draft.pk).update(applications_deadline=None)
    page = sign_in(client, procurement_officer).get(guide(draft)).text

    assert "De leidraad kan nog niet worden opgemaakt" in page
    assert "De uiterste datum voor aanvragen ontbreekt of ligt in het verleden." in page


def test_once_published_there_is_no_draft_of_it(client, published, procurement_officer):
    assert sign_in(client, procurement_officer).get(guide(published)).status_code == 404
