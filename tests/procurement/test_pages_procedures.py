"""The list and the page of a procedure, for each kind of person."""

import datetime as dt
import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from catalogue.models import Area
from documents.envelopes import actions as envelopes
from documents.models import Envelope
from procurement import actions
from procurement.models import Application, Lot, Procedure
from tests.people import sign_in
from tests.procurement import story

PUBLIC_TABS = ["Percelen", "Documenten", "Vragen", "Voorwaarden en criteria", "Planning", "Deelnemen", "Aankondigingen"]


def tabs(response):
    return [tab["label"] for tab in response.context["tabs"]]


def queries(client, url):
    ContentType.objects.clear_cache()
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# -- the list -----------------------------------------------------------------------------------


def numbers(response):
    return [procedure.number for procedure in response.context["page_obj"]]


def test_list_shows_drafts_to_staff_only(client, draft, procurement_officer, bidder):
    assert numbers(client.get("/procedures/")) == []
    assert numbers(sign_in(client, bidder).get("/procedures/")) == []
    assert numbers(sign_in(client, procurement_officer).get("/procedures/")) == ["2026-001"]


def test_list_shows_what_is_published_to_everybody(client, published):
    response = client.get("/procedures/")

    assert numbers(response) == ["2026-001"]
    assert "Bekendgemaakt" in response.text
    assert response.context["page_obj"][0].next_milestone.moment == story.DEADLINE
    assert "art. 47, derde lid" in response.text


def test_list_offers_a_new_procedure_to_who_may_write_one(client, draft, procurement_officer, legal_officer):
    assert "/procedures/nieuw/" in sign_in(client, procurement_officer).get("/procedures/").text
    assert "/procedures/nieuw/" not in sign_in(client, legal_officer).get("/procedures/").text


def test_list_filters_by_state_regime_and_text(client, published, procurement_officer):
    story.make_procedure("2026-002", title_nl="Andere zaak", regime="full_title_4")
    sign_in(client, procurement_officer)

    assert numbers(client.get("/procedures/?state=draft")) == ["2026-002"]
    assert numbers(client.get("/procedures/?regime=light_art_34")) == ["2026-001"]
    assert numbers(client.get("/procedures/?text=andere+ZAAK")) == ["2026-002"]
    assert numbers(client.get("/procedures/?text=niets")) == []


def test_list_does_not_offer_internal_states_to_the_public(client, published):
    choices = dict(client.get("/procedures/").context["filter"].form.fields["state"].choices)

    assert "draft" not in choices
    assert "published" in choices


def test_list_sorts_by_any_of_its_columns(client, draft, procurement_officer):
    story.make_procedure("2026-002", title_nl="Andere zaak")
    sign_in(client, procurement_officer)

    assert numbers(client.get("/procedures/")) == ["2026-002", "2026-001"]
    assert numbers(client.get("/procedures/?order=number")) == ["2026-001", "2026-002"]
    assert numbers(client.get("/procedures/?order=title")) == ["2026-002", "2026-001"]


def test_list_asks_as_many_queries_for_thirty_rows_as_for_three(client, clock, procurement_officer):
    sign_in(client, procurement_officer)
    for number in range(3):
        story.make_procedure(f"2026-{number:03}")
    three = queries(client, "/procedures/")
    for number in range(3, 30):
        story.make_procedure(f"2026-{number:03}")

    assert queries(client, "/procedures/") == three


def test_list_has_pages_of_fifty(client, clock, procurement_officer):
    Procedure.objects.bulk_create(
        Procedure(
            number=f"2026-{number:03}",
            title_nl="Zaak",
            regime="light_art_34",
            cpv="79611000-0",
            term_start=dt.date(2027, 1, 1),
            term_end=dt.date(2027, 12, 31),
        )
        for number in range(51)
    )
    sign_in(client, procurement_officer)

    assert len(client.get("/procedures/").context["page_obj"]) == 50
    assert len(client.get("/procedures/?page=2").context["page_obj"]) == 1


def test_csv_of_the_list_holds_what_is_shown_and_no_formula(client, draft, procurement_officer):
    story.make_procedure("2026-002", title_nl='=HYPERLINK("http://kwaad.example")')
    sign_in(client, procurement_officer)

    lines = client.get("/procedures/?export=csv&text=HYPERLINK").text.splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("2026-002,\"'=HYPERLINK(")


def test_excel_of_the_list_holds_texts_only(client, draft, procurement_officer):
    story.make_procedure("2026-002", title_nl="=1+1")
    response = sign_in(client, procurement_officer).get("/procedures/?export=xlsx&order=number")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())

    assert [[cell.value for cell in row][:3] for row in rows] == [
        ["Nummer", "Titel", "Toestand"],
        ["2026-001", "Intensieve bemiddeling en begeleiding", "Ontwerp"],
        ["2026-002", "=1+1", "Ontwerp"],
    ]
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}


# -- the page: who sees what --------------------------------------------------------------------


def test_draft_is_missing_for_everybody_but_staff(client, draft, bidder, stranger):
    url = draft.get_absolute_url()

    assert client.get(url).status_code == 404
    assert sign_in(client, bidder).get(url).status_code == 404
    assert sign_in(client, stranger).get(url).status_code == 404


def test_anybody_sees_what_is_public_and_how_to_take_part(client, published):
    response = client.get(published.get_absolute_url())

    assert tabs(response) == PUBLIC_TABS
    assert "Kandidaat stellen" in response.text
    assert "steps" not in response.context
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("tab", ["aanvragen", "offertes", "verloop", "uw-aanvraag", "onbekend"])
def test_a_tab_that_is_not_yours_gives_the_first_one(client, published, tab):
    assert client.get(f"{published.get_absolute_url()}?tab={tab}").context["part_title"] == "Percelen"


def test_terms_are_public(client, published):
    text = client.get(f"{published.get_absolute_url()}?tab=voorwaarden").text

    assert "S1 Ervaring" in text
    assert "1. Kwaliteit van het aanbod" in text


def test_staff_see_their_steps_and_every_part(client, published, procurement_officer):
    response = sign_in(client, procurement_officer).get(published.get_absolute_url())

    assert tabs(response) == [
        *PUBLIC_TABS,
        "Waarde",
        "Goedkeuring",
        "Wijzigingen",
        "Aanvragen",
        "Offertes",
        "Berichten",
        "Verloop",
    ]
    assert response.context["waiting"][0]["until"] == story.DEADLINE
    assert "Kandidaat stellen" not in response.text


def test_draft_shows_its_blocked_step_with_every_reason(client, draft, procurement_officer):
    draft.award_criteria.all().delete()
    draft.lots.all().delete()
    response = sign_in(client, procurement_officer).get(draft.get_absolute_url())
    step = next(step for step in response.context["steps"] if step.verb == "submit_for_approval")

    assert [reason.guard for reason in step.reasons] == ["has_lots", "has_ranked_criteria"]
    assert "Er is nog geen perceel." in response.text


def test_candidate_finds_its_own_application_and_its_own_history(client, submitted, bidder):
    sign_in(client, bidder)
    url = submitted.procedure.get_absolute_url()

    assert tabs(client.get(url)) == [*PUBLIC_TABS, "Uw aanvraag", "Verloop"]
    assert list(client.get(f"{url}?tab=uw-aanvraag").context["applications"]) == [submitted]
    told = client.get(f"{url}?tab=verloop").context["told"]
    assert [(entry.label, entry.who) for entry in told] == [
        ("Verzegeld", "Kim Kandidaat"),
        ("Indienen", "Kim Kandidaat"),
        ("Aanvraag begonnen", "Kim Kandidaat"),
    ]


def test_rival_sees_nothing_of_another_application(client, submitted, rival):
    sign_in(client, rival)
    response = client.get(submitted.procedure.get_absolute_url())

    assert tabs(response) == PUBLIC_TABS
    assert "Voorbeeldpartner Alfa" not in response.text


def test_before_the_opening_staff_see_only_how_many_applied(client, submitted, procurement_officer):
    actions.state_interests(submitted.procedure, by=procurement_officer, has_conflict=False)
    sign_in(client, procurement_officer)
    url = submitted.procedure.get_absolute_url()
    response = client.get(f"{url}?tab=aanvragen")

    assert response.context["sealed"] == 1
    assert list(response.context["applications"]) == []
    for tab in ("percelen", "documenten", "aanvragen", "offertes", "verloop"):
        assert "Voorbeeldpartner Alfa" not in client.get(f"{url}?tab={tab}").text


def test_history_hides_who_is_preparing_or_has_submitted(client, submitted, procurement_officer, bidder):
    response = sign_in(client, procurement_officer).get(f"{submitted.procedure.get_absolute_url()}?tab=verloop")

    assert {entry.who for entry in response.context["told"]} >= {"An Aankoper", "Bea Beslisser"}
    assert str(bidder) not in response.text
    assert f"aanvraag tot deelneming {submitted.pk}" not in response.text


def test_after_the_opening_only_who_stated_no_interest_sees_applications(client, opened, procurement_officer):
    sign_in(client, procurement_officer)
    url = f"{opened.procedure.get_absolute_url()}?tab=aanvragen"
    assert list(client.get(url).context["applications"]) == []

    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=False)

    assert list(client.get(url).context["applications"]) == [opened]


def test_page_asks_as_many_queries_for_thirty_lots_as_for_three(client, published, procurement_officer):
    first = published.lots.select_related("product").first()

    def add(numbers):
        for number in numbers:
            area = Area.objects.create(
                code=f"gebied-{number}", name_nl=f"Gebied {number}", name_en=f"Area {number}", nuts3=[]
            )
            Lot.objects.create(
                procedure=published, number=number, product=first.product, area=area, max_concessionaires=1
            )

    sign_in(client, procurement_officer)
    add([3])
    three = queries(client, published.get_absolute_url())
    add(range(4, 31))

    assert queries(client, published.get_absolute_url()) == three


def test_page_asks_as_many_queries_for_thirty_applications_as_for_three(client, opened, procurement_officer):
    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=False)
    sign_in(client, procurement_officer)

    def add(count):
        for _each in range(count):
            participant = type(opened.participant).objects.create(
                kind="alone", name="Verzonnen partner", lead=opened.participant.lead
            )
            envelope = Envelope.objects.create(
                box=opened.envelope.box,
                owner=participant.ref,
                state=Envelope.State.WITHDRAWN,
                started_by=opened.started_by,
                started_at=opened.submitted_at,
            )
            Application.objects.create(
                procedure=opened.procedure,
                participant=participant,
                envelope=envelope,
                state=Application.State.OPENED,
                started_by=opened.started_by,
                submitted_by=opened.started_by,
                submitted_at=opened.submitted_at,
            )

    url = f"{opened.procedure.get_absolute_url()}?tab=aanvragen"
    add(2)
    three = queries(client, url)
    add(27)

    assert queries(client, url) == three


def test_withdrawn_draft_leaves_the_tab_but_not_the_page(client, application, bidder):
    actions.withdraw_application(application, by=bidder)
    response = sign_in(client, bidder).get(application.procedure.get_absolute_url())

    assert tabs(response) == [*PUBLIC_TABS, "Uw aanvraag", "Verloop"]
    assert envelopes.Envelope.objects.get(pk=application.envelope_id).state == "withdrawn"
