"""What a page says before a decision is taken, and what a procedure waits for."""

import datetime as dt

import pytest

from documents.models import Document, Letter
from lifecycle.steps import part_of
from lifecycle.timeline import Milestone, Timeline
from partners.models import Membership
from procurement import actions
from procurement.models import Award, Offer
from procurement.waiting import waiting_of
from tests.people import make_member, make_user, sign_in
from tests.procurement import story


def waits(procedure):
    found = waiting_of(procedure, [], {})
    return [(wait["what"], wait["who"]) for wait in found]


@pytest.fixture
def selection(opened, procurement_officer, decision_maker):
    for user in (procurement_officer, decision_maker):
        actions.state_interests(opened.procedure, by=user, has_conflict=False)
    return type(opened.procedure).objects.get(pk=opened.procedure_id)


def assess(procedure, by):
    application = procedure.applications.get()
    return actions.assess_application(
        application, by=by, findings={"S1": (True, "Twee referenties.")}, outcome="select", reasons="Voldoet."
    )


# -- what it waits for --------------------------------------------------------------------------


def test_after_the_release_an_officer_opens(submitted, clock, opening_officer, second_opening_officer):
    procedure = submitted.procedure
    for officer in (opening_officer, second_opening_officer):
        actions.state_interests(procedure, by=officer, has_conflict=False)
    clock.travel_to(story.DEADLINE + dt.timedelta(hours=1))
    closed = story.put(procedure, "applications_closed")
    assert waits(closed) == [("Opheffing van de verzegeling", "twee openingsverantwoordelijken samen")]

    story.release(closed.box("applications"), opening_officer, second_opening_officer)

    assert waits(closed) == [("Openen van de aanvragen", "een openingsverantwoordelijke")]


def test_selection_waits_for_the_assessments_then_for_the_decision(selection, procurement_officer):
    decider = "een beslissingsnemer die zelf niet beoordeelde"
    assert waits(selection) == [
        ("1 aanvraag te beoordelen", "een aankoper zonder belang"),
        ("Daarna: de selectiebeslissing", decider),
    ]

    assess(selection, procurement_officer)

    assert waits(selection) == [("Selectiebeslissing", decider)]


def test_decided_selection_waits_for_its_document_then_for_being_told(selection, procurement_officer, decision_maker):
    assess(selection, procurement_officer)
    decided = actions.decide_selection(selection, by=decision_maker)
    assert waits(decided) == [("Opmaken en verzegelen van de selectiebeslissing", "het systeem")]

    stands = {"sealed_at": decided.selection_decided_at, "rendered_at": decided.selection_decided_at}
    made = {"size": 1, "pages": 1, "sha256": "0" * 64, "rendered_sha256": "0" * 64}
    document = Document.objects.get(kind="selection_decision")
    for name, value in (stands | made).items():
        setattr(document, name, value)
    story.put(document, "sealed", **stands, **made)

    assert waits(decided) == [("Meedelen van de selectie aan elke kandidaat", "een aankoper")]


def test_evaluation_and_negotiation_say_who_goes_on(published):
    evaluation = story.put(published, "evaluation")
    assert waits(evaluation) == [("Percelen 1, 2: voorstel van gunning", "een aankoper zonder belang")]

    story.put(evaluation.lots.first(), "award_proposed")

    assert waits(evaluation) == [
        ("Perceel 2: voorstel van gunning", "een aankoper zonder belang"),
        ("Perceel 1: gunningsbeslissing", "een beslissingsnemer die niet voorstelde of beoordeelde"),
    ]
    negotiation = story.put(evaluation, "negotiation")
    assert [who for _what, who in waits(negotiation)] == ["een beoordelaar zonder belang"]


# -- what is decided ----------------------------------------------------------------------------


def test_selection_shows_each_outcome_with_its_reasons(client, selection, procurement_officer, decision_maker):
    assess(selection, procurement_officer)
    part = part_of(selection, "decide_selection", decision_maker)["content"]
    page = sign_in(client, decision_maker).get(f"{selection.get_absolute_url()}decide_selection/")

    assert [(row["name"], row["outcome"], row["reasons"]) for row in part["rows"]] == [
        ("Voorbeeldpartner Alfa vzw", "selecteren", ["Voldoet."])
    ]
    assert part["hidden"] == 0
    assert "Voorbeeldpartner Alfa vzw" in page.text
    assert "Niet meer ongedaan te maken:" in page.text


def test_selection_is_not_shown_to_who_stated_no_interests(selection, procurement_officer, auditor):
    assess(selection, procurement_officer)
    part = part_of(selection, "decide_selection", auditor)["content"]

    assert (part["rows"], part["hidden"]) == ([], 1)


def test_telling_the_selection_shows_each_letter_and_both_media(client, selection, procurement_officer, decision_maker):
    assess(selection, procurement_officer)
    decided = actions.decide_selection(selection, by=decision_maker)
    page = sign_in(client, procurement_officer).get(f"{decided.get_absolute_url()}notify_selection/")
    (row,) = page.context["part"]["content"]["rows"]

    assert (row["name"], row["outcome"]) == ("Voorbeeldpartner Alfa vzw", "Geselecteerd")
    assert row["letter"] == "Brief: geselecteerd, en hoe het verder gaat"
    assert row["to"]["email"] == "post@voorbeeldpartner.example"


@pytest.fixture
def evaluated(selection, bidder, decision_maker):
    """One evaluated offer for the first lot; both people may see it."""
    procedure = story.put(selection, "evaluation")
    application, lot = procedure.applications.get(), procedure.lots.first()
    story.put(application, "selected")
    offer = Offer.objects.create(
        application=application, lot=lot, envelope=_envelope_of(procedure, application, bidder), started_by=bidder
    )
    return story.put(offer, "evaluated", score="81.50", capacity=900)


def _envelope_of(procedure, application, bidder):
    from documents.envelopes import actions as envelopes
    from lifecycle import clock

    box = envelopes.make_box(
        subject=procedure.ref,
        dossier=procedure.dossier,
        phase="offers-1",
        opens_at=clock.now() + dt.timedelta(days=1),
        by=bidder,
    )
    return envelopes.start(box, owner=application.participant.ref, by=bidder)


def test_award_shows_rank_score_and_outcome(client, evaluated, procurement_officer, decision_maker):
    lot = evaluated.lot
    proposal = part_of(lot, "propose_award", procurement_officer)["content"]
    assert [(row["rank"], row["name"], row["outcome"]) for row in proposal["rows"]] == [
        (1, "Voorbeeldpartner Alfa vzw", "voorgesteld voor gunning")
    ]

    Award.objects.create(lot=lot, offer=evaluated, rank=1)
    lot = story.put(lot, "award_proposed", proposed_by=procurement_officer)
    page = sign_in(client, decision_maker).get(f"{lot.get_absolute_url()}decide_award/")

    (row,) = page.context["part"]["content"]["rows"]
    assert (row["rank"], str(row["score"]), row["outcome"]) == (1, "81.50", "gunnen")
    assert part_of(lot, "decide_award", make_user("Nog Iemand", "decision_maker"))["content"]["hidden"] == 1


def test_telling_the_award_shows_each_letter(client, evaluated, decision_maker, procurement_officer, clock):
    decided = {"decided_by": decision_maker, "decided_at": clock.now()}
    lot = story.put(evaluated.lot, "award_decided", **decided)
    story.put(evaluated, "awarded")
    page = sign_in(client, procurement_officer).get(f"{lot.get_absolute_url()}notify_award/")

    (row,) = page.context["part"]["content"]["rows"]
    assert (row["letter"], row["to"]["email"]) == (
        "Brief: gegund, met de wachttermijn",
        "post@voorbeeldpartner.example",
    )
    assert Letter.objects.count() == 0


# -- who could apply, who may be named ----------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "invited"),
    [(None, True), ("bidder", True), ("stranger", False), ("administrator", False), ("procurement_officer", False)],
)
def test_invitation_is_for_who_could_apply(client, published, request, who, invited):
    if who:
        sign_in(client, request.getfixturevalue(who))

    assert (client.get(published.get_absolute_url()).context["invitation"] is not None) is invited


def test_colleagues_read_each_other_by_name_and_staff_by_role(client, opened, bidder, partner_org):
    colleague = make_user("Kris Collega")
    make_member(partner_org, colleague)
    told = sign_in(client, colleague).get(f"{opened.procedure.get_absolute_url()}?tab=verloop").context["told"]
    who = {entry.label: entry.who for entry in told}

    assert who["Indienen"] == "Kim Kandidaat"
    assert "Olga Opener" not in who.values()
    assert "Openingsverantwoordelijke" in who.values()
    assert Membership.objects.count() == 2


def test_own_sealed_file_says_until_when(client, submitted, bidder):
    response = sign_in(client, bidder).get(f"{submitted.get_absolute_url()}bestanden/1/")

    assert response.status_code == 403
    assert "<h1>Verzegeld tot de opening</h1>" in response.text
    assert "do 19 mrt 2026, 12.00.01 u" in response.text
    assert "Vraag uw beheerder" not in response.text


# -- the timeline -------------------------------------------------------------------------------


def test_words_of_a_tick_stand_beside_the_line_of_today(clock):
    clock.travel_to(clock.at(dt.date(2027, 1, 4)))
    milestones = [Milestone(dt.date(2026, 9, 1), "Eerste"), Milestone(dt.date(2027, 6, 1), "Laatste")]
    drawn = Timeline(milestones)
    (year,) = [tick for tick in drawn.ticks if tick.year]

    assert (year.label, year.words_x, year.nudge) == ("2027", drawn.today, 8)
    assert [tick.words_x == tick.x for tick in drawn.ticks if not tick.year] == [True] * (len(drawn.ticks) - 1)


def test_words_of_a_tick_turn_away_where_the_next_ones_leave_no_room(clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 19)))
    drawn = Timeline([Milestone(dt.date(2026, 2, 16), "Eerste"), Milestone(dt.date(2027, 1, 1), "Laatste")])
    march, april = drawn.ticks[:2]

    assert (march.label, march.words_x, march.anchor, march.nudge) == ("mrt 2026", march.x, "end", -4)
    assert (april.label, april.words_x, april.anchor) == ("apr", april.x, "start")
