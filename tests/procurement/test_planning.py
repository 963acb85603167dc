"""The page of the timetable: what a change does before it is kept, what is refused next to its field, who is told."""

import datetime as dt

import pytest
from django.urls import reverse

from documents.models import Delivery, Message
from lifecycle import clock as legal_clock
from lifecycle.models import Entry
from lifecycle.steps import Blocked, Overtaken
from procurement import actions
from procurement.models import PlannedDate, Procedure, Subscription
from procurement.planning import planned_of, timetable_of
from procurement.timetable import Link
from tests.people import sign_in
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"
REMEDIES = "wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen"
D = dt.date


def url_of(procedure):
    return reverse("planning", args=[procedure.pk])


def typed(procedure, **changes):
    """The form as the page fills it, with other values typed over some of them."""
    data = {"seen_state": procedure.state}
    for each in planned_of(procedure):
        computed = each.standard and each.standard.computed
        if each.fixed or each.link or computed:
            continue
        local = each.moment.astimezone(legal_clock.BRUSSELS) if isinstance(each.moment, dt.datetime) else each.moment
        day = local.strftime("%d/%m/%Y") if local else ""
        hour = local.strftime("%H.%M") if isinstance(local, dt.datetime) else ""
        data |= {each.code: day, f"{each.code}_0": day, f"{each.code}_1": hour}
    return data | changes


def at(text, hour=12):
    return legal_clock.at(D.fromisoformat(text), hour)


def fresh(procedure):
    return Procedure.objects.get(pk=procedure.pk)


def errors(response):
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}


# -- looking before anything is kept ------------------------------------------------------------------


def test_page_shows_every_milestone_with_its_limits(client, full_draft, procurement_officer):
    response = sign_in(client, procurement_officer).get(url_of(full_draft))
    rows = {row["line"].code: row for row in response.context["rows"]}

    assert len(rows) == 22
    assert rows["applications_deadline"]["line"].moment == story.DEADLINE
    assert "Begin van de looptijd" in response.text
    assert response.text.count("<h1") == 1


def test_preview_shows_what_moves_and_what_becomes_unlawful_and_keeps_nothing(client, full_draft, procurement_officer):
    actions.write_milestone(
        full_draft,
        by=procurement_officer,
        code="applications_opening",
        link=Link("applications_deadline", 1, working=True),
    )
    data = typed(full_draft, dispatch="17/02/2026", applications_deadline_0="18/03/2026", doe="bekijken")
    response = sign_in(client, procurement_officer).post(url_of(full_draft), data)
    effects = response.context["effects"]

    assert response.status_code == 200
    assert [(each.line.code, each.after) for each in effects.moved] == [
        ("dispatch", D(2026, 2, 17)),
        ("applications_deadline", at("2026-03-18")),
    ]
    assert [(each.line.code, each.after) for each in effects.moved_along] == [("applications_opening", D(2026, 3, 19))]
    assert errors(response) == {
        "applications_deadline": [
            (
                "De termijn voor aanvragen is te kort: minstens 30 dagen vanaf de verzending van de aankondiging (di 17 feb "
                f"2026), dus ten vroegste vr 20 mrt 2026, 0.00 u. (art. 47, derde lid, {ACT})"
            )
        ]
    }
    assert "Niemand: de procedure is nog niet bekendgemaakt." in response.text
    assert 'value="18/03/2026"' in response.text
    assert fresh(full_draft).applications_deadline == story.DEADLINE


def test_preview_answers_htmx_with_the_same_page(client, full_draft, procurement_officer):
    data = typed(full_draft, award_decision="14/11/2026", doe="bekijken")
    response = sign_in(client, procurement_officer).post(url_of(full_draft), data, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "Gunningsbeslissing: za 14 nov 2026 (zaterdag)" in response.text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"dispatch": "20/02/2026"},
            "applications_deadline",
            (
                "De termijn voor aanvragen is te kort: minstens 30 dagen vanaf de verzending van de aankondiging (vr 20 feb "
                f"2026), dus ten vroegste di 24 mrt 2026, 0.00 u. (art. 47, derde lid, {ACT})"
            ),
        ),
        (
            {"applications_answers": "14/03/2026"},
            "applications_answers",
            (
                "Antwoorden komen ten laatste 6 dagen voor do 19 mrt 2026, 12.00 u: dus ten laatste op vr 13 mrt 2026 "
                f"(achterwaarts gerekend). (art. 45, derde lid, {ACT})"
            ),
        ),
        (
            {"applications_opening_0": "18/03/2026"},
            "applications_opening",
            f"Wat ingediend is, gaat pas open na de uiterste datum (do 19 mrt 2026, 12.00 u). (art. 32, {ACT})",
        ),
        (
            {"selection_letters": "22/05/2026", "invitation": "21/05/2026"},
            "invitation",
            f"De uitnodiging vertrekt niet voor de brieven over de selectie (vr 22 mei 2026). (art. 7, § 1, {REMEDIES})",
        ),
        (
            {"invitation": "22/05/2026", "offers_deadline_0": "08/06/2026", "offers_deadline_1": "12.00"},
            "offers_deadline",
            (
                "De termijn voor offertes is te kort: minstens 17 dagen vanaf de uitnodiging (vr 22 mei 2026), dus ten "
                f"vroegste di 9 jun 2026, 0.00 u. (art. 47, vierde en vijfde lid, {ACT})"
            ),
        ),
        (
            {"award_letters": "30/10/2026", "conclusion": "16/11/2026"},
            "conclusion",
            (
                "De wachttermijn van 15 dagen vanaf de brieven over de gunning (vr 30 okt 2026) loopt dan nog: sluiten kan "
                f"ten vroegste op di 17 nov 2026. (art. 11, {REMEDIES})"
            ),
        ),
        (
            {"term_end": "01/01/2032"},
            "term_end",
            (
                "De looptijd telt hoogstens 60 maanden zonder berekening van de terugverdientijd: dus ten laatste tot en met "
                f"wo 31 dec 2031. (art. 37, {ACT})"
            ),
        ),
        (
            {"award_decision": "01/02/2026"},
            "award_decision",
            (
                "Dit komt niet voor “Uiterste datum voor aanvragen” (do 19 mrt 2026, 12.00 u). (het bekendgemaakte verloop van "
                "de procedure)"
            ),
        ),
    ],
)
def test_unlawful_date_is_refused_next_to_its_field_with_its_article(
    client, full_draft, procurement_officer, changes, field, sentence
):
    response = sign_in(client, procurement_officer).post(
        url_of(full_draft), typed(full_draft, **changes, doe="bewaren")
    )

    assert response.status_code == 422
    assert errors(response)[field][0] == sentence
    for value in changes.values():
        assert f'value="{value}"' in response.text
    assert Entry.objects.filter(verb="plan").count() == 0


def test_what_cannot_be_read_keeps_what_was_typed(client, full_draft, procurement_officer):
    data = typed(full_draft, award_decision="31/02/2026", applications_deadline_1="25.99", doe="bewaren")
    response = sign_in(client, procurement_officer).post(url_of(full_draft), data)

    assert response.status_code == 422
    assert set(errors(response)) == {"award_decision", "applications_deadline"}
    assert 'value="31/02/2026"' in response.text
    assert 'value="25.99"' in response.text


@pytest.mark.parametrize(
    ("code", "changes", "name", "value"),
    [
        ("applications_deadline", {"dispatch": "20/02/2026"}, "applications_deadline_0", "24/03/2026"),
        ("applications_answers", {}, "applications_answers", "13/03/2026"),
        ("conclusion", {"award_letters": "10/12/2026"}, "conclusion", "29/12/2026"),
        ("applications_opening", {}, "applications_opening_0", "19/03/2026"),
    ],
)
def test_date_is_put_on_the_nearest_lawful_day(client, full_draft, procurement_officer, code, changes, name, value):
    response = sign_in(client, procurement_officer).post(url_of(full_draft), typed(full_draft, **changes, wettig=code))

    assert response.status_code == 200
    assert response.context["form"].data[name] == value
    assert code not in errors(response)
    assert all(f'value="{kept}"' in response.text for kept in changes.values())


def test_putting_right_what_does_not_exist_changes_nothing(client, full_draft, procurement_officer):
    response = sign_in(client, procurement_officer).post(url_of(full_draft), typed(full_draft, wettig="niets"))

    assert response.context["effects"].changes == []


# -- keeping ------------------------------------------------------------------------------------------


def test_dates_are_kept_in_one_go_with_the_trail(client, full_draft, procurement_officer):
    data = typed(
        full_draft,
        dispatch="17/02/2026",
        applications_deadline_0="20/03/2026",
        applications_opening_0="20/03/2026",
        applications_opening_1="14.00",
        award_decision="",
        doe="bewaren",
    )
    response = sign_in(client, procurement_officer).post(url_of(full_draft), data)

    assert response.url == url_of(full_draft)
    kept = fresh(full_draft)
    assert (kept.applications_deadline, kept.award_planned_on) == (at("2026-03-20"), None)
    assert list(kept.planned_dates.values_list("code", "day", "hour")) == [
        ("dispatch", D(2026, 2, 17), None),
        ("applications_opening", D(2026, 3, 20), dt.time(14)),
    ]
    entry = Entry.objects.get(verb="plan")
    assert entry.facts == {
        "dispatch": "2026-02-17",
        "applications_deadline": "2026-03-20T11:00:00.000000+00:00",
        "applications_opening": "2026-03-20T13:00:00.000000+00:00",
        "removed": ["award_decision"],
    }


def test_nothing_is_written_when_nothing_moves(client, full_draft, procurement_officer):
    sign_in(client, procurement_officer).post(url_of(full_draft), typed(full_draft, doe="bewaren"))

    assert Entry.objects.filter(verb="plan").count() == 0


def test_linked_dates_move_along_and_are_kept(full_draft, procurement_officer):
    actions.write_milestone(full_draft, by=procurement_officer, code="applications_deadline", link=Link("dispatch", 31))
    actions.plan_dates(full_draft, by=procurement_officer, changes={"dispatch": D(2026, 3, 2)})

    assert fresh(full_draft).applications_deadline == at("2026-04-02")


def test_action_refuses_what_the_page_would_refuse(full_draft, procurement_officer):
    with pytest.raises(Blocked) as refused:
        actions.plan_dates(full_draft, by=procurement_officer, changes={"dispatch": D(2026, 2, 20)})

    assert [reason.guard for reason in refused.value.reasons] == ["applications-minimum"]
    assert PlannedDate.objects.count() == 0


def test_page_that_is_older_than_the_procedure_is_told_so(full_published, procurement_officer):
    with pytest.raises(Overtaken):
        actions.plan_dates(full_published, by=procurement_officer, changes={}, seen="draft")


def test_light_regime_refuses_what_an_own_rule_forbids(client, draft, procurement_officer):
    data = typed(draft, dispatch="20/02/2026", doe="bewaren")
    response = sign_in(client, procurement_officer).post(url_of(draft), data)

    assert response.status_code == 422
    assert "art. 47" in str(response.context["form"].errors)
    assert PlannedDate.objects.count() == 0


def test_light_regime_warns_and_keeps_without_an_own_rule(client, draft, procurement_officer):
    Procedure.objects.filter(pk=draft.pk).update(own_rules=[])
    draft = fresh(draft)
    data = typed(draft, dispatch="20/02/2026", doe="bewaren")
    response = sign_in(client, procurement_officer).post(url_of(draft), data)

    assert response.status_code == 302
    assert timetable_of(draft)["applications_deadline"].warnings[0].rule == "applications-minimum"


# -- what is fixed ------------------------------------------------------------------------------------


def test_published_dates_bind_and_have_no_field(client, full_published, procurement_officer):
    response = sign_in(client, procurement_officer).get(url_of(full_published))
    fixed = {
        row["line"].code: row["line"].planned.fixed for row in response.context["rows"] if row["line"].planned.fixed
    }

    assert set(fixed) == {
        "dispatch", "applications_questions", "applications_answers", "applications_deadline", "term_start", "last_intake",
        "term_end", "performance_end",
    }  # fmt: skip
    assert fixed["dispatch"] == "Dit is gebeurd."
    assert fixed["applications_deadline"].startswith("Bindend door de aankondiging. Verschuiven kan alleen met een")
    assert fixed["term_start"].startswith("Bindend door de selectieleidraad.")
    assert fixed["last_intake"].startswith("Bindend door de selectieleidraad.")
    assert "applications_deadline" not in response.context["form"].fields


def test_binding_date_stays_whatever_is_asked(full_published, procurement_officer):
    actions.plan_dates(full_published, by=procurement_officer, changes={"applications_deadline": at("2026-05-01")})

    assert fresh(full_published).applications_deadline == story.DEADLINE


def test_what_is_handed_in_for_approval_stays_as_it_is(full_draft, procurement_officer):
    handed = actions.submit_for_approval(full_draft, by=procurement_officer)
    fixed = {each.code for each in planned_of(handed) if each.fixed}

    assert fixed == {
        "applications_deadline", "invitation", "award_decision", "conclusion", "term_start", "last_intake", "term_end",
        "performance_end",
    }  # fmt: skip


def test_indicative_date_of_a_published_procedure_moves_and_everybody_is_told(
    client, full_published, procurement_officer, partner_org, bidder, clock
):
    story.submit_application(full_published, organisation=partner_org, by=bidder)
    Subscription.objects.create(
        procedure=full_published, email="volger@voorbeeld.example", asked_at=clock.now(), confirmed_at=clock.now()
    )
    sign_in(client, procurement_officer)
    data = typed(full_published, award_decision="06/11/2026", award_letters="06/11/2026", conclusion="24/11/2026")
    seen = client.post(url_of(full_published), data | {"doe": "bekijken"})
    kept = client.post(url_of(full_published), data | {"doe": "bewaren"})

    assert seen.context["told"] == (1, 1)
    assert "1 abonnee, 1 kandidaat of inschrijver" in seen.text
    assert "Voorbeeldpartner Alfa" not in seen.text
    assert kept.status_code == 302
    message = Message.objects.get(reason="timetable")
    assert message.body == (
        "Gunningsbeslissing: vr 6 nov 2026, voorheen vr 30 okt 2026 (indicatief).\n"
        "Sluiting: di 24 nov 2026, voorheen di 17 nov 2026 (indicatief)."
    )
    assert Delivery.objects.filter(message=message).count() == 2


def test_date_that_candidates_do_not_see_tells_nobody(client, full_published, procurement_officer):
    data = typed(full_published, award_letters="30/10/2026")
    sign_in(client, procurement_officer)

    assert "Niemand: er verandert niets dat kandidaten zien." in client.post(url_of(full_published), data).text
    assert client.post(url_of(full_published), data | {"doe": "bewaren"}).status_code == 302
    assert Message.objects.count() == 0


def test_ended_procedure_is_not_planned_any_more(client, full_published, procurement_officer):
    story.put(full_published, Procedure.State.CANCELLED)
    sign_in(client, procurement_officer)

    assert client.get(url_of(full_published)).context["form"] is None
    assert client.post(url_of(full_published), {"doe": "bewaren"}).status_code == 409


# -- who, and on the page of the procedure ----------------------------------------------------------------


def test_staff_reads_and_only_officers_plan(client, full_draft, procurement_officer, legal_officer, bidder):
    assert client.get(url_of(full_draft)).status_code == 302
    assert sign_in(client, bidder).get(url_of(full_draft)).status_code == 404
    sign_in(client, legal_officer)
    assert client.get(url_of(full_draft)).context["form"] is None
    assert client.post(url_of(full_draft), {}).status_code == 403


def test_candidates_see_what_is_public_of_the_timetable(client, full_published, procurement_officer):
    actions.plan_dates(
        full_published,
        by=procurement_officer,
        changes={"selection_decision": D(2026, 5, 1), "offers_opening": D(2026, 7, 14)},
    )
    response = client.get(full_published.get_absolute_url() + "?tab=planning")

    assert [(line.code, line.planned.is_binding) for line in response.context["lines"]] == [
        ("applications_questions", True),
        ("applications_answers", True),
        ("applications_deadline", True),
        ("offers_opening", False),
        ("award_decision", False),
        ("conclusion", False),
        ("term_start", True),
        ("last_intake", True),
        ("term_end", True),
        ("performance_end", True),
    ]
    assert response.context["planning_url"] == ""


def test_timetable_asks_as_often_for_forty_milestones_as_for_ten(
    client, full_draft, procurement_officer, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        data = typed(fresh(full_draft), dispatch="17/02/2026", doe="bekijken")
        client.post(url_of(full_draft), data)
        with CaptureQueriesContext(connection) as queries:
            assert client.post(url_of(full_draft), data).status_code == 200
        return len(queries)

    sign_in(client, procurement_officer)
    rows = [
        PlannedDate(procedure=full_draft, code=f"eigen-{n}", title=f"Stap {n}", day=D(2026, 3, 1)) for n in range(40)
    ]
    PlannedDate.objects.bulk_create(rows[:10])
    ten = asked()
    PlannedDate.objects.bulk_create(rows[10:])

    assert asked() == ten
