"""The pages of changes: writing a rectification beside what stands published, reading it, confirming, the register."""

import datetime as dt

import pytest
from django.urls import reverse

from lifecycle import clock
from procurement import actions
from procurement.models import Addendum, Outage, OutageEffect
from tests.people import sign_in
from tests.procurement import changes, story
from tests.procurement.changes import at_noon, drafted, new_weights
from tests.procurement.story import DEADLINE


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def written(page, **instead):
    """What a browser sends when a person changed only some fields of the form."""
    form = page.context["form"]
    data = {}
    for field in form:
        value = field.value()
        if field.name == "deadline":
            moment = value.astimezone(clock.BRUSSELS) if value else None
            day, hour = (f"{moment:%d/%m/%Y}", f"{moment:%H.%M}") if moment else ("", "")
            data |= {"deadline_0": day, "deadline_1": hour}
        elif value not in {None, False}:
            data[field.html_name] = value
    return data | instead


def weight(criterion):
    return f"criterion-{criterion.pk}-weight"


@pytest.fixture
def new_addendum(published):
    return reverse("addendum-new", args=[published.pk])


@pytest.fixture
def rectified(submitted, published, procurement_officer, legal_officer):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    return actions.publish_addendum(addendum, by=legal_officer)


def test_a_rectification_is_written_over_what_stands_published(client, published, new_addendum, procurement_officer):
    sign_in(client, procurement_officer)
    one, two = published.award_criteria.order_by("rank")
    facts = {"title": "Gewichten", "reason": "Omgewisseld.", weight(one): "50", weight(two): "50"}

    answer = client.post(new_addendum, written(client.get(new_addendum), **facts))

    addendum = Addendum.objects.get()
    assert answer.url == addendum.get_absolute_url()
    assert [(each["field"], each["old"], each["new"]) for each in addendum.changes] == [
        ("weight", 60, 50),
        ("weight", 40, 50),
    ]
    page = client.get(reverse("addendum-edit", args=[addendum.pk]))
    assert (page.context["form"][weight(one)].value(), page.context["form"]["title"].value()) == (50, "Gewichten")


def test_what_may_not_be_is_said_next_to_its_field_and_nothing_typed_is_lost(
    client, published, new_addendum, procurement_officer
):
    sign_in(client, procurement_officer)
    one, _two = published.award_criteria.order_by("rank")
    facts = {"title": "Gewichten", "reason": "Omgewisseld.", weight(one): "70"}

    answer = client.post(new_addendum, written(client.get(new_addendum), **facts))

    form = answer.context["form"]
    assert answer.status_code == 422
    (error,) = form.errors[f"criterion-{one.pk}-rank"]
    assert error == (
        "De gunningscriteria zijn niet volledig gerangschikt, of hun gewichten kloppen niet. "
        "(art. 55, § 3, wet van 17 juni 2016 betreffende de concessieovereenkomsten)"
    )
    assert (form[weight(one)].value(), form["reason"].value()) == ("70", "Omgewisseld.")
    assert Addendum.objects.count() == 0


def test_too_little_time_is_said_next_to_the_deadline(client, published, new_addendum, procurement_officer):
    clock.travel_to(clock.at(dt.date(2026, 3, 17), 9))
    sign_in(client, procurement_officer)
    facts = {"title": "Bijlage", "reason": "Fout.", "text": "De bijlage is vervangen."}

    answer = client.post(new_addendum, written(client.get(new_addendum), **facts))

    assert answer.status_code == 422
    (error,) = answer.context["form"].errors["deadline"]
    assert "ten vroegste za 28 mrt 2026, 0.00 u" in error or "minstens 10 volle dagen" in error


def test_a_new_criterion_is_whole_or_not_there(client, published, new_addendum, procurement_officer):
    sign_in(client, procurement_officer)
    facts = {"title": "Criterium", "reason": "Vergeten.", "criterion-new1-title_nl": "Samenwerking"}

    answer = client.post(new_addendum, written(client.get(new_addendum), **facts))

    assert set(answer.context["form"].errors) == {"criterion-new1-rank", "criterion-new1-text_nl"}


def test_the_page_of_an_addendum_shows_both_versions(client, rectified):
    text = client.get(rectified.get_absolute_url()).text

    assert '<del><span class="govuk-visually-hidden">vervalt: </span>60</del>' in text
    assert '<ins><span class="govuk-visually-hidden">nieuw: </span>50</ins>' in text
    assert "opgesteld door" not in text
    assert "Addendum 1: Gewichten" in client.get(f"{rectified.procedure.get_absolute_url()}?tab=wijzigingen").text


def test_who_had_submitted_confirms_in_one_click(client, submitted, rectified, bidder):
    sign_in(client, bidder)
    page = client.get(submitted.get_absolute_url())
    assert "bevestig of vervang uw inzending" in page.text

    answer = client.post(reverse("application-confirm", args=[submitted.pk]), follow=True)

    assert "Bevestigd na addendum 1" in answer.text
    assert "bevestig of vervang uw inzending" not in answer.text
    assert client.post(reverse("application-confirm", args=[submitted.pk])).status_code == 409


def test_who_was_still_preparing_reads_what_changed_since(client, application, published, bidder, request):
    people = [request.getfixturevalue(name) for name in ("procurement_officer", "legal_officer")]
    addendum = drafted(published, by=people[0], wanted=new_weights(published))
    actions.publish_addendum(addendum, by=people[1])

    text = sign_in(client, bidder).get(application.get_absolute_url()).text

    assert "Gewijzigd sinds u begon" in text
    assert "Addendum 1: Gewichten" in text


@pytest.mark.parametrize("who", ["procurement_officer", "legal_officer", "auditor", "decision_maker"])
def test_no_page_of_the_authority_names_who_submitted_or_has_to_confirm(
    client, submitted, rectified, rival_org, rival, bidder, who, request
):
    """Not before one confirmed, not after it, and not who is still preparing."""
    story.start(fresh(rectified.procedure), organisation=rival_org, by=rival)
    actions.confirm_submission(fresh(submitted), by=bidder)
    sign_in(client, request.getfixturevalue(who))
    procedure = rectified.procedure.get_absolute_url()
    pages = [
        rectified.get_absolute_url(),
        *(f"{procedure}?tab={tab}" for tab in ("wijzigingen", "aanvragen", "verloop")),
    ]

    for page in pages:
        text = client.get(page).text
        for name in ("Voorbeeldpartner Alfa", "Voorbeeldpartner Beta", "Kim Kandidaat", "Ria Rivaal"):
            assert name not in text


def test_an_extension_is_asked_on_the_page_of_its_verb(client, published, procurement_officer):
    sign_in(client, procurement_officer)
    url = reverse("procedure-step", args=[published.pk, "extend_deadline"])
    too_early = {"reason": "Veel vragen.", "deadline_0": "18/03/2026", "deadline_1": "12.00"}

    refused = client.post(url, too_early)
    done = client.post(url, too_early | {"deadline_0": "26/03/2026"})

    assert refused.status_code == 422
    assert refused.context["form"]["deadline"].errors == [
        "De nieuwe uiterste datum is niet later dan de huidige. (de bekendgemaakte regels over wijzigingen en verlengingen)"
    ]
    assert done.status_code == 302
    assert fresh(published).applications_deadline == DEADLINE + dt.timedelta(days=7)


def test_the_register_lists_what_was_confirmed_and_what_it_did(client, published, procurement_officer, administrator):
    clock.travel_to(at_noon(-600))
    sign_in(client, administrator)
    facts = {"started_at_0": "19/03/2026", "started_at_1": "11.10", "affected": "Opladen lukte niet.", "hindered": "on"}
    future = {"ended_at_0": "19/03/2026", "ended_at_1": "11.55"}

    refused = client.post(reverse("outage-record"), facts | future)
    client.post(reverse("outage-record"), facts | future | {"ended_at_1": "11.40"})
    outage = Outage.objects.get()
    hidden = type(client)().get(reverse("outage-list")).text
    actions.confirm_outage(outage, by=procurement_officer)

    assert refused.context["form"].errors["ended_at"] == [
        "Het einde ligt niet na het begin, of ligt in de toekomst. (de bekendgemaakte regel over storingen)"
    ]
    assert "Opladen lukte niet." not in hidden
    visitor = type(client)()
    assert "Opladen lukte niet." in visitor.get(reverse("outage-list")).text
    assert OutageEffect.objects.get().procedure.number in visitor.get(outage.get_absolute_url()).text


def test_the_register_asks_as_often_for_many_outages(
    client, published, procurement_officer, legal_officer, django_assert_max_num_queries
):
    clock.travel_to(at_noon(-600))
    for _number in range(12):
        changes.outage(at_noon(-7200), 5, by=procurement_officer)
    sign_in(client, legal_officer)
    client.get(reverse("outage-list"))

    with django_assert_max_num_queries(11):
        client.get(reverse("outage-list"))
