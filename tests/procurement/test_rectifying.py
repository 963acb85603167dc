"""A rectification: what may still change, by whom, with how many days left, and what its makers do about it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from documents.models import Document, Message
from lifecycle import clock, trail
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from procurement import actions, contexts
from procurement.models import Addendum, Application, AwardCriterion, SelectionCondition, SubCriterion
from tests.procurement import story
from tests.procurement.changes import at_noon, drafted, new_weights
from tests.procurement.story import DEADLINE, put

WEEK_LATER = DEADLINE + dt.timedelta(days=7)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


def texts_of(context):
    return [(change["where"], change["what"], change["pieces"]) for change in context["changes"]]


# -- in force ---------------------------------------------------------------------------------------


def test_a_rectification_changes_what_was_published_and_moves_the_deadline(
    published, procurement_officer, legal_officer
):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=WEEK_LATER)
    assert list(AwardCriterion.objects.values_list("weight", flat=True)) == [60, 40]

    addendum = actions.publish_addendum(addendum, by=legal_officer)

    procedure = fresh(published)
    assert list(AwardCriterion.objects.values_list("weight", flat=True)) == [50, 50]
    assert (addendum.state, addendum.number, addendum.published_by) == ("published", 1, legal_officer)
    assert addendum.published_at == clock.now()
    assert (addendum.old_deadline, addendum.new_deadline) == (DEADLINE, WEEK_LATER)
    assert addendum.content_digest == procedure.content_digest()
    assert (procedure.state, procedure.applications_deadline) == ("published", WEEK_LATER)
    assert procedure.box("applications").opens_at == WEEK_LATER + dt.timedelta(seconds=1)
    assert list(trail.verify()) == []


def test_the_changed_guide_is_a_new_version_and_the_earlier_one_stays(published, procurement_officer, legal_officer):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)

    guides = Document.objects.filter(kind="selection_guide").order_by("pk")
    assert list(guides.values_list("title", flat=True)) == ["Selectieleidraad", "Selectieleidraad, versie 2"]
    paper = Document.objects.get(kind="addendum")
    assert (paper.title, paper.is_public, paper.subject) == ("Addendum 1: Gewichten", True, addendum.ref)


def test_everybody_is_told_what_changes_in_one_message(submitted, published, procurement_officer, legal_officer):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=WEEK_LATER)
    actions.publish_addendum(addendum, by=legal_officer)

    message = Message.objects.get(reason="addendum")
    assert message.title == "2026-001: Addendum 1: Gewichten"
    assert message.path == f"/procedures/{published.pk}/?tab=wijzigingen"
    assert message.body == (
        "De aanbesteder zet recht wat bekendgemaakt was. Reden: De gewichten waren omgewisseld.\n\n"
        "Wat verandert:\n"
        "- Gunningscriterium 1. Kwaliteit van het aanbod, gewicht: 60 wordt 50\n"
        "- Gunningscriterium 2. Bereikbaarheid, gewicht: 40 wordt 50\n\n"
        "Nieuwe uiterste datum voor aanvragen tot deelneming: donderdag 26 maart 2026 om 12.00 uur (voordien donderdag 19 maart "
        "2026 om 12.00 uur).\n\n"
        "Vragen stellen kan tot donderdag 12 maart 2026 om 24.00 uur (voordien tot donderdag 5 maart 2026 om 24.00 uur).\n\n"
        + contexts.changing.CONFIRM_SENTENCE
    )
    assert message.deliveries.get().recipient == submitted.participant.ref


def test_conditions_texts_and_lots_change_and_come_and_go(published, procurement_officer, legal_officer):
    condition = published.selection_conditions.get()
    lot = published.lots.order_by("number").first()
    wanted = {
        f"procedure-{published.pk}": {"subject_nl": "Bemiddeling en begeleiding van werkzoekenden naar werk."},
        f"lot-{lot.pk}": {"max_concessionaires": 3},
    }
    new = {"code": "S2", "title_nl": "Draagkracht", "text_nl": "Omzet.", "evidence_nl": "Rekeningen."}
    addendum = drafted(
        published,
        by=procurement_officer,
        wanted=wanted,
        removed={f"condition-{condition.pk}"},
        added=[("condition", new)],
    )

    addendum = actions.publish_addendum(addendum, by=legal_officer)

    assert fresh(published).subject_nl == "Bemiddeling en begeleiding van werkzoekenden naar werk."
    assert fresh(lot).max_concessionaires == 3
    assert list(SelectionCondition.objects.values_list("code", "title_nl")) == [("S2", "Draagkracht")]
    assert texts_of(contexts.addendum(addendum)) == [
        (
            "De procedure",
            "Voorwerp",
            [
                {"sort": "kept", "text": "Bemiddeling en begeleiding van werkzoekenden naar "},
                {"sort": "gone", "text": "duurzaam "},
                {"sort": "kept", "text": "werk."},
            ],
        ),
        (
            f"Perceel 1: {lot.name}",
            "Hoeveel partners hoogstens",
            [{"sort": "gone", "text": "2"}, {"sort": "new", "text": "3"}],
        ),
        (
            "Selectievoorwaarde S1 Ervaring",
            "Geschrapt",
            [
                {
                    "sort": "gone",
                    "text": (
                        "Code: S1\nNaam: Ervaring\nWat gevraagd wordt: Twee jaar ervaring met begeleiding.\n"
                        "Bewijs: Twee referenties."
                    ),
                }
            ],
        ),
        (
            "Nieuwe selectievoorwaarde",
            "Toegevoegd",
            [{"sort": "new", "text": "Code: S2\nNaam: Draagkracht\nWat gevraagd wordt: Omzet.\nBewijs: Rekeningen."}],
        ),
    ]


def test_criteria_change_places(published, procurement_officer, legal_officer):
    one, two = published.award_criteria.order_by("rank")
    wanted = {
        f"criterion-{one.pk}": {"rank": 2, "weight": 40},
        f"criterion-{two.pk}": {"rank": 1, "weight": 60},
    }

    actions.publish_addendum(drafted(published, by=procurement_officer, wanted=wanted), by=legal_officer)

    assert list(published.award_criteria.order_by("rank").values_list("title_nl", "weight")) == [
        ("Bereikbaarheid", 60),
        ("Kwaliteit van het aanbod", 40),
    ]


# -- the award is compared with what stood at the deadline --------------------------------------------


def test_the_digest_of_the_criteria_moves_with_them_until_the_offers_deadline(
    tendering, procurement_officer, legal_officer
):
    before = tendering.criteria_digest
    addendum = drafted(tendering, by=procurement_officer, wanted=new_weights(tendering))
    actions.publish_addendum(addendum, by=legal_officer)

    procedure = fresh(tendering)
    assert addendum.phase == "offers-1"
    assert procedure.criteria_digest == procedure.award_criteria.digest() != before
    papers = Document.objects.filter(kind="concession_documents").order_by("pk")
    assert list(papers.values_list("title", flat=True)) == ["Concessiedocumenten", "Concessiedocumenten, versie 2"]
    assert papers.last().context["criteria_digest"] == procedure.criteria_digest
    entry = Entry.objects.get(subject=procedure.ref, verb="rectify")
    assert entry.facts == {"addendum": addendum.ref, "criteria_digest": procedure.criteria_digest}


def test_after_the_applications_deadline_only_the_criteria_may_change(tendering, procurement_officer):
    condition = tendering.selection_conditions.get()
    change = {"part": "condition", "pk": condition.pk, "op": "set", "field": "text_nl", "where": "S1", "what": "Tekst"}
    addendum = Addendum(
        procedure=tendering,
        title="Te laat",
        reason="Daarom.",
        changes=[change | {"old": condition.text_nl, "new": "Vijf jaar ervaring."}],
    )

    with pytest.raises(Blocked) as refusal:
        actions.draft_addendum(addendum, by=procurement_officer)

    assert guards_of(refusal) == ["rectified_parts_may_change"]


@pytest.mark.parametrize("state", ["tenders_closed", "evaluation", "negotiation", "best_and_final"])
def test_after_the_offers_deadline_nothing_may_change(tendering, procurement_officer, state):
    procedure = put(tendering, state)
    addendum = Addendum(procedure=procedure, title="Te laat", reason="Daarom.", text="Anders.")

    with pytest.raises(Blocked) as refusal:
        actions.draft_addendum(addendum, by=procurement_officer)

    assert "procedure_can_be_rectified" in guards_of(refusal)
    (reason,) = (reason for reason in refusal.value.reasons if reason.guard == "procedure_can_be_rectified")
    assert str(reason.ground) == (
        "art. 34, § 2, en art. 46, § 6, wet van 17 juni 2016 betreffende de concessieovereenkomsten"
    )


# -- what is refused ----------------------------------------------------------------------------------


def test_too_few_days_are_refused_unless_the_same_addendum_gives_more(published, clock, procurement_officer):
    """Ten whole days after Monday 9 March end on Thursday 19 March at midnight."""
    clock.travel_to(clock.at(dt.date(2026, 3, 9), 8))

    with pytest.raises(Blocked) as refusal:
        drafted(published, by=procurement_officer, wanted=new_weights(published))
    with pytest.raises(Blocked) as still:
        drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=at_noon(3600))
    first_lawful = clock.at(dt.date(2026, 3, 20))
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=first_lawful)

    assert guards_of(refusal) == guards_of(still) == ["rectification_leaves_the_days"]
    assert str(refusal.value.reasons[0]) == (
        "Er blijft te weinig tijd over na de rectificatie: verleng de uiterste datum in hetzelfde addendum. Na de bekendmaking "
        "blijven minstens 10 volle dagen: ten vroegste vr 20 mrt 2026, 0.00 u."
    )
    assert addendum.new_deadline == first_lawful


def test_a_draft_that_waited_too_long_is_refused_when_it_is_published(
    published, clock, procurement_officer, legal_officer
):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    clock.travel_to(clock.at(dt.date(2026, 3, 9), 8))

    with pytest.raises(Blocked) as refusal:
        actions.publish_addendum(addendum, by=legal_officer)

    assert guards_of(refusal) == ["rectification_leaves_the_days"]
    assert list(AwardCriterion.objects.values_list("weight", flat=True)) == [60, 40]


@pytest.mark.parametrize(
    "weights,guard", [((50, 40), "has_ranked_criteria"), ((40, 60), "has_ranked_criteria"), ((60, 40), None)]
)
def test_what_would_be_unlawful_as_a_whole_is_refused_and_leaves_nothing(
    published, procurement_officer, weights, guard
):
    with pytest.raises(Blocked) as refusal:
        drafted(published, by=procurement_officer, wanted=new_weights(published, *weights))

    assert guards_of(refusal) == [guard or "addendum_says_what_changes"]
    assert (Addendum.objects.count(), list(AwardCriterion.objects.values_list("weight", flat=True))) == (0, [60, 40])


def test_a_draft_that_no_longer_fits_is_refused(published, procurement_officer, legal_officer):
    first = drafted(published, by=procurement_officer, wanted=new_weights(published))
    second = drafted(published, by=procurement_officer, wanted=new_weights(published, 70, 30))
    actions.publish_addendum(first, by=legal_officer)

    with pytest.raises(Blocked) as refusal:
        actions.publish_addendum(second, by=legal_officer)

    assert guards_of(refusal) == ["changes_still_fit"]


def test_nobody_publishes_what_he_drafted(published, procurement_officer, legal_officer, decision_maker):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))

    with pytest.raises(PermissionDenied):
        actions.publish_addendum(addendum, by=procurement_officer)
    with pytest.raises(PermissionDenied):
        drafted(published, by=legal_officer, wanted=new_weights(published))
    with pytest.raises(IntegrityError), transaction.atomic():
        put(addendum, "published", number=1, published_at=clock.now(), published_by=procurement_officer)
    assert actions.publish_addendum(addendum, by=decision_maker).published_by == decision_maker


def test_a_published_addendum_has_no_way_back(published, procurement_officer, legal_officer):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    addendum = actions.publish_addendum(addendum, by=legal_officer)

    with pytest.raises(Blocked):
        actions.draft_addendum(addendum, by=procurement_officer)
    with pytest.raises(Blocked):
        fire(addendum, "drop", by=legal_officer, reason="Toch niet.")


# -- who had submitted ----------------------------------------------------------------------------------


def test_who_had_submitted_confirms_in_one_step(submitted, published, bidder, procurement_officer, legal_officer):
    clock.travel_to(clock.now() + dt.timedelta(hours=1))
    assert not submitted.addenda_to_confirm().exists()
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)
    assert [each.number for each in fresh(submitted).addenda_to_confirm()] == [1]

    application = actions.confirm_submission(fresh(submitted), by=bidder)

    assert (application.state, application.confirmed_addendum, application.confirmed_by) == ("submitted", 1, bidder)
    assert not application.addenda_to_confirm().exists()
    entry = Entry.objects.get(subject=application.ref, verb="confirm")
    assert (entry.facts, entry.actor) == ({"addendum": 1}, f"user:{bidder.pk}")
    with pytest.raises(Blocked) as twice:
        actions.confirm_submission(application, by=bidder)
    assert guards_of(twice) == ["something_is_to_confirm"]


@pytest.mark.parametrize("seconds,refused", [(-1, []), (0, []), (1, ["submissions_still_come_in"])])
def test_confirming_counts_up_to_the_last_second(
    submitted, published, bidder, procurement_officer, legal_officer, seconds, refused
):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)
    clock.travel_to(at_noon(seconds))

    answers = []
    try:
        actions.confirm_submission(fresh(submitted), by=bidder)
    except Blocked as refusal:
        answers = [reason.guard for reason in refusal.reasons]

    assert answers == refused


def test_a_rival_and_the_authority_confirm_nothing(submitted, published, rival, procurement_officer, legal_officer):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)

    for person in (rival, procurement_officer, legal_officer):
        with pytest.raises(PermissionDenied):
            actions.confirm_submission(fresh(submitted), by=person)


def test_withdrawing_and_submitting_anew_owes_no_confirmation(
    submitted, published, partner_org, bidder, procurement_officer, legal_officer
):
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)
    clock.travel_to(clock.now() + dt.timedelta(minutes=1))

    actions.withdraw_application(fresh(submitted), by=bidder)
    again = story.submit_application(fresh(published), organisation=partner_org, by=bidder)

    assert not again.addenda_to_confirm().exists()


def test_what_was_not_confirmed_counts_and_stands_in_the_record_of_opening(
    submitted, published, procurement_officer, legal_officer, opening_officer, second_opening_officer
):
    actions.publish_addendum(
        drafted(published, by=procurement_officer, wanted=new_weights(published)), by=legal_officer
    )
    actions.publish_addendum(
        drafted(published, by=procurement_officer, wanted=new_weights(published, 55, 45)), by=legal_officer
    )

    story.open_applications(fresh(published), opening_officer, second_opening_officer)

    record = Document.objects.get(kind="opening_record")
    assert record.context["unconfirmed"] == [{"name": "Voorbeeldpartner Alfa vzw", "addenda": "1, 2"}]
    assert [each["name"] for each in record.context["submissions"]] == ["Voorbeeldpartner Alfa vzw"]
    assert fresh(submitted).state == "opened"


def test_offers_are_confirmed_after_a_change_of_the_criteria(tendering, bidder, procurement_officer, legal_officer):
    application = Application.objects.get(procedure=tendering)
    offer = actions.start_offer(application, by=bidder, lot=application.lots.get())
    story.fill(offer, by=bidder, answers={"capacity": 100})
    offer = actions.submit_offer(offer, by=bidder)
    actions.publish_addendum(
        drafted(tendering, by=procurement_officer, wanted=new_weights(tendering)), by=legal_officer
    )

    assert [each.phase for each in fresh(offer).addenda_to_confirm()] == ["offers-1"]
    assert not fresh(application).addenda_to_confirm().exists()
    assert actions.confirm_submission(fresh(offer), by=bidder).confirmed_addendum == 1


# -- sub-criteria -------------------------------------------------------------------------------------


@pytest.fixture
def with_parts(draft, publish):
    """A published procedure whose first criterion (60) has two parts, 40 and 20."""
    criterion = draft.award_criteria.get(rank=1)
    for rank, weight in ((1, 40), (2, 20)):
        SubCriterion.objects.create(
            criterion=criterion,
            rank=rank,
            title_nl=f"Deel {rank}",
            text_nl="Wat ervan beoordeeld wordt.",
            weight=weight,
        )
    return publish(draft)


def part_keys(procedure):
    return [f"sub_criterion-{each.pk}" for each in SubCriterion.objects.filter(criterion__procedure=procedure)]


def test_weights_that_the_parts_do_not_add_up_to_are_refused(with_parts, procurement_officer):
    with pytest.raises(Blocked) as refusal:
        drafted(with_parts, by=procurement_officer, wanted=new_weights(with_parts))

    assert guards_of(refusal) == ["sub_criteria_add_up"]


def test_parts_are_rectified_together_with_their_criterion(with_parts, procurement_officer, legal_officer):
    first, second = part_keys(with_parts)
    wanted = new_weights(with_parts) | {first: {"weight": 30}, second: {"weight": 20}}
    addendum = drafted(with_parts, by=procurement_officer, wanted=wanted)

    actions.publish_addendum(addendum, by=legal_officer)

    assert list(SubCriterion.objects.values_list("weight", flat=True)) == [30, 20]
    assert ("Subcriterium 1.1 Deel 1", "Gewicht", 40, 30) in [
        (change["where"], change["what"], change["old"], change["new"]) for change in addendum.changes
    ]


def test_parts_change_places(with_parts, procurement_officer, legal_officer):
    first, second = part_keys(with_parts)
    wanted = {first: {"rank": 2, "weight": 20}, second: {"rank": 1, "weight": 40}}
    actions.publish_addendum(drafted(with_parts, by=procurement_officer, wanted=wanted), by=legal_officer)

    assert list(SubCriterion.objects.values_list("title_nl", "rank", "weight")) == [
        ("Deel 2", 1, 40),
        ("Deel 1", 2, 20),
    ]


def test_a_criterion_is_removed_with_its_parts_whatever_was_written_in_them(
    with_parts, procurement_officer, legal_officer
):
    one, two = with_parts.award_criteria.order_by("rank")
    first, _second = part_keys(with_parts)
    addendum = drafted(
        with_parts,
        by=procurement_officer,
        wanted={f"criterion-{two.pk}": {"rank": 1, "weight": 100}, first: {"weight": 10}},
        removed={f"criterion-{one.pk}"},
    )
    actions.publish_addendum(addendum, by=legal_officer)

    assert not SubCriterion.objects.exists()
    assert list(AwardCriterion.objects.values_list("rank", "weight")) == [(1, 100)]
