"""A small concession, driven at random by everybody at once, never breaks what the house promises.

Two candidates, two lots, people of every role and one who is biased, and time that passes. Whatever is refused changes
nothing; after every step the promises are checked against the database, with the real documents, envelopes and letters.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as walks
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from documents import keys
from documents.actions import record_registered_sending
from documents.envelopes import actions as envelopes
from documents.envelopes import reading
from documents.envelopes.reading import NotReadable
from documents.models import Document, Envelope, Letter
from lifecycle import clock, outbox, timelimits, trail
from lifecycle.models import Entry, Owed
from lifecycle.steps import Blocked, fire
from partners.actions import participant_alone
from procurement import actions
from procurement.actions.drafting import write_draft
from procurement.models import Application, Lot, Offer, Procedure, content
from tests.people import make_member, make_organisation, make_user
from tests.procurement import story
from tests.properties.changing import CANDIDATES, LOTS, SOMEBODY, STAFF, Changing

AWARDING = ["propose_award", "decide_award", "notify_award", "check_registry"]
OTHERWISE = ["decline_award", "return_proposal", "retract_award", "renounce"]
PROCEEDINGS = {
    "end_standstill": {},
    "record_suspension_request": {"filed_on": None},
    "record_rejection": {"reason": "De vordering is verworpen."},
    "record_suspension": {"reason": "De beslissing is geschorst."},
}
WAITED_FOR = ["selection_decision", "non_selection_letter", "award_decision", "award_letter", "non_award_letter"]
REFUSALS = (Blocked, PermissionDenied)


class Concession(Changing, RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self):
        """Every walk begins in an empty house."""
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @initialize(begin=st.sampled_from(["draft", "published", "selected", "evaluation", "notified"]), both=st.booleans())
    def a_procedure_begins(self, begin, both):
        """Somewhere on its way, so that walks see its end as often as its start."""
        self.a_draft()
        if begin == "draft":
            return
        for name in ("officer", "evaluator", "opener", "second_opener", "decider"):
            actions.state_interests(self.procedure, by=self.people[name], has_conflict=False)
        story.publish(self.procedure, officer=self.people["officer"], decision_maker=self.people["decider"])
        if begin != "published":
            self.see_the_selection_through(selected=both)
            # Impatient: who was not selected has no letter yet.
            self.invite("officer", 40)
        if begin in {"evaluation", "notified"}:
            self.see_the_tendering_through(posts=True)
        if begin == "notified":
            self.see_the_award_through(posts=False, waits=False)

    def a_draft(self):
        clock.travel_to(clock.at(dt.date(2026, 2, 16), 9))
        self.people = {name: make_user(name, role) for name, role in STAFF.items()}
        self.makers = [make_user(f"Kandidaat {number}") for number in range(2)]
        self.parties = [self._party(number) for number in range(2)]
        self.pk = story.make_procedure().pk
        actions.state_interests(self.procedure, by=self.people["biased"], has_conflict=True)

    def _party(self, number):
        organisation = make_organisation(f"Voorbeeldpartner {number} vzw")
        make_member(organisation, self.makers[number])
        return participant_alone(organisation, by=self.makers[number])

    # -- looking ------------------------------------------------------------------------------------

    @property
    def procedure(self):
        return Procedure.objects.get(pk=self.pk)

    def lot(self, number):
        return Lot.objects.get(procedure=self.pk, number=number)

    def application(self, who):
        found = Application.objects.filter(procedure=self.pk, participant=self.parties[who])
        return found.exclude(state="withdrawn").first()

    def offer(self, who, number):
        found = Offer.objects.filter(application=self.application(who), lot__number=number).exclude(state="withdrawn")
        return found.order_by("-round").first()

    def attempt(self, function, *records, **facts):
        """What is refused changes nothing; what is possible happens."""
        if None in records:
            return None
        entries = Entry.objects.count()
        try:
            with transaction.atomic():
                return function(*records, **facts)
        except Blocked:
            # A refused attempt may itself be worth an entry (too late, too early): one, never a state.
            assert Entry.objects.count() - entries in {0, 1}
        except (PermissionDenied, ValidationError):
            assert Entry.objects.count() == entries
        return None

    # -- what people do -----------------------------------------------------------------------------

    @rule(who=SOMEBODY)
    def state_no_interest(self, who):
        if who != "biased":
            self.attempt(actions.state_interests, self.procedure, by=self.people[who], has_conflict=False)

    @rule(who=SOMEBODY, second=SOMEBODY)
    def prepare(self, who, second):
        self.attempt(actions.submit_for_approval, self.procedure, by=self.people[who])
        self.attempt(actions.approve, self.procedure, by=self.people[second])
        facts = {"notice_number": "BDA-1", "notice_sent_on": clock.today()}
        self.attempt(actions.publish, self.procedure, by=self.people[who], **facts)

    @rule(years=st.sampled_from([4, 5, 6, 9]), argued=st.booleans())
    def change_the_term(self, years, argued):
        """An officer writes another term while it is a draft."""
        procedure = self.procedure
        procedure.term_end = dt.date(2027 + years, 1, 15)
        procedure.recoupment_justification = "Tien jaar investering." if argued else ""
        self.attempt(write_draft, procedure, by=self.people["officer"])

    @rule(who=CANDIDATES, submits=st.booleans())
    def apply(self, who, submits):
        maker = self.makers[who]
        if self.application(who) is None and self.procedure.is_public:
            lots = list(self.procedure.lots.all())
            self.attempt(actions.start_application, self.procedure, by=maker, participant=self.parties[who], lots=lots)
            self.attempt(story.fill, self.application(who), by=maker)
        if submits:
            self.attempt(actions.submit_application, self.application(who), by=maker)

    @rule(who=CANDIDATES, by=CANDIDATES)
    def withdraw_application(self, who, by):
        """Also by the rival, who is refused."""
        self.attempt(actions.withdraw_application, self.application(who), by=self.makers[by])

    @rule(who=SOMEBODY, second=SOMEBODY)
    def open_something(self, who, second):
        first, other = self.people[who], self.people[second]
        self.attempt(fire, self.procedure, "close_applications", by=first)
        self.attempt(fire, self.procedure, "close_tenders", by=first)
        for box in {envelope.box for envelope in Envelope.objects.select_related("box")}:
            self.attempt(envelopes.approve_release, box, by=first, second_factor_at=clock.now())
            self.attempt(envelopes.approve_release, box, by=other, second_factor_at=clock.now())
        for act in (actions.open_applications, actions.open_tenders):
            if self.procedure.state in {"applications_closed", "tenders_closed", "best_and_final"}:
                self.attempt(act, self.procedure, by=first)

    @rule(who=SOMEBODY, candidate=CANDIDATES, met=st.booleans())
    def assess(self, who, candidate, met):
        self.attempt(
            actions.assess_application,
            self.application(candidate),
            by=self.people[who],
            findings={"S1": (met, "Twee referenties." if met else "Geen referenties.")},
            outcome="select" if met else "not_select",
            reasons="Zo staat het in de stukken.",
        )

    @rule(who=SOMEBODY, verb=st.sampled_from([actions.decide_selection, actions.notify_selection]))
    def select(self, who, verb):
        self.attempt(verb, self.procedure, by=self.people[who])

    @rule(who=SOMEBODY, days=st.integers(1, 60))
    def invite(self, who, days):
        deadline = clock.now() + dt.timedelta(days=days)
        self.attempt(actions.invite_tenders, self.procedure, by=self.people[who], offers_deadline=deadline)

    @rule(who=CANDIDATES, number=LOTS, submits=st.booleans())
    def offer_something(self, who, number, submits):
        maker = self.makers[who]
        if self.offer(who, number) is None and self.procedure.state == "tendering":
            self.attempt(actions.start_offer, self.application(who), by=maker, lot=self.lot(number))
            self.attempt(story.fill, self.offer(who, number), by=maker, answers={"capacity": 100 + number})
        if submits:
            self.attempt(actions.submit_offer, self.offer(who, number), by=maker)

    @rule(who=SOMEBODY, candidate=CANDIDATES, number=LOTS, points=st.integers(0, 100))
    def evaluate(self, who, candidate, number, points):
        person = self.people[who]
        self.attempt(fire, self.offer(candidate, number), "declare_regular", by=person)
        scores = {rank: (Decimal(points), "Degelijk.") for rank in (1, 2)}
        self.attempt(actions.evaluate_offer, self.offer(candidate, number), by=person, scores=scores)

    @rule(who=SOMEBODY, number=LOTS, percent=st.sampled_from([80, 120, 121]), second=SOMEBODY)
    def reckon_the_value_again(self, who, number, percent, second):
        """Now and then above the estimate, which somebody else has to sign off."""
        lot = self.lot(number)
        value = lot.estimated_value * percent / 100
        made = self.attempt(story.record_award_value, lot, by=self.people[who], value=value)
        self.attempt(actions.sign_off_award_value, made, by=self.people[second], reason="De raming was te laag.")

    @rule(who=SOMEBODY, number=LOTS, act=st.sampled_from(AWARDING))
    def award(self, who, number, act):
        self.attempt(getattr(actions, act), self.lot(number), by=self.people[who])

    @rule(who=SOMEBODY, number=LOTS, act=st.sampled_from(OTHERWISE))
    def decide_otherwise(self, who, number, act):
        self.attempt(getattr(actions, act), self.lot(number), by=self.people[who], reason="Daarom.")

    @rule(who=SOMEBODY, number=LOTS, verb=st.sampled_from(sorted(PROCEEDINGS)))
    def proceed(self, who, number, verb):
        facts = PROCEEDINGS[verb]
        if "filed_on" in facts:
            facts = {"filed_on": clock.today()}
        self.attempt(fire, self.lot(number), verb, by=self.people[who], **facts)

    @rule(number=LOTS, who=st.sampled_from(["decider", "lawyer"]))
    def conclude_without_contracts(self, number, who):
        """The lot is concluded by its contracts alone: nobody gets through this door, whatever the moment."""
        with pytest.raises((RuntimeError, *REFUSALS)):
            fire(self.lot(number), "conclude", by=self.people[who])

    @rule()
    def the_worker_works(self):
        """On the decisions and the letters that are told by them; what nothing waits for is left owed."""
        for row in Owed.objects.filter(pk__in=outbox.due()).order_by("due_at", "pk"):
            document = Document.objects.filter(pk=row.payload.get("document"), kind__in=WAITED_FOR)
            letter = Letter.objects.filter(pk=row.payload.get("letter"), document__kind__in=WAITED_FOR)
            if document.exists() or letter.exists():
                outbox.deliver(row.pk)
        assert not Owed.objects.exclude(failed_at=None).exists()

    @rule(all_of_them=st.booleans())
    def post_letters(self, all_of_them):
        letters = list(Letter.objects.to_register())
        for letter in letters if all_of_them else letters[:1]:
            self.attempt(
                record_registered_sending,
                letter,
                by=self.people["officer"],
                number=f"RW{letter.pk}",
                sent_at=clock.now(),
            )

    @rule(hours=st.sampled_from([1, 30, 24 * 9, 24 * 16, 24 * 31]))
    def time_passes(self, hours):
        clock.travel_to(clock.now() + dt.timedelta(hours=hours))

    # -- the ordinary way, so that walks get far ----------------------------------------------------

    @precondition(lambda self: self.procedure.state in {"published", "applications_closed", "selection"})
    @rule(selected=st.booleans())
    def see_the_selection_through(self, selected):
        for who in (0, 1):
            self.apply(who, submits=True)
        clock.travel_to(max(clock.now(), self.procedure.applications_deadline + dt.timedelta(minutes=1)))
        for person in ("opener", "second_opener", "officer", "decider"):
            self.state_no_interest(person)
        self.open_something("opener", "second_opener")
        self.assess("officer", 0, met=True)
        self.assess("officer", 1, met=selected)
        self.select("decider", actions.decide_selection)
        self.the_worker_works()
        self.select("officer", actions.notify_selection)

    @precondition(lambda self: self.procedure.state in {"selection_notified", "tendering", "tenders_closed"})
    @rule(posts=st.booleans())
    def see_the_tendering_through(self, posts):
        if posts:
            self.the_worker_works()
            self.post_letters(all_of_them=True)
        self.invite("officer", 40)
        for who in (0, 1):
            self.offer_something(who, 1, submits=True)
        if self.procedure.offers_deadline:
            clock.travel_to(max(clock.now(), self.procedure.offers_deadline + dt.timedelta(minutes=1)))
        self.open_something("opener", "second_opener")

    @precondition(lambda self: self.procedure.state == "evaluation")
    @rule(posts=st.booleans(), waits=st.booleans())
    def see_the_award_through(self, posts, waits):
        self.state_no_interest("evaluator")
        for who in (0, 1):
            self.evaluate("evaluator", who, 1, 60 + who)
        self.reckon_the_value_again("officer", 1, 100, "lawyer")
        self.award("officer", 1, "propose_award")
        self.award("decider", 1, "decide_award")
        self.the_worker_works()
        self.award("officer", 1, "notify_award")
        self.the_worker_works()
        if posts:
            self.post_letters(all_of_them=True)
        if waits:
            self.time_passes(24 * 17)
        self.award("lawyer", 1, "check_registry")
        self.proceed("lawyer", 1, "end_standstill")

    # -- what must hold, always ---------------------------------------------------------------------

    @invariant()
    def nothing_is_ready_with_an_unsent_letter_a_running_standstill_or_a_pending_suspension(self):
        for lot in Lot.objects.filter(procedure=self.pk, state__in=["ready_to_conclude", "concluded"]):
            letters = list(lot.letters)
            assert letters
            assert all(letter.is_sent for letter in letters)
            assert timelimits.period_over(lot.standstill_last_day)
            assert lot.suspension_filed_on is None
            assert lot.registry_checked_at >= timelimits.first_moment_after(lot.standstill_last_day)

    @invariant()
    def what_is_sealed_is_read_by_nobody(self):
        for envelope in Envelope.objects.filter(state="sealed").select_related("box"):
            for person in [*self.people.values(), *self.makers]:
                with pytest.raises(NotReadable):
                    reading.read_manifest(envelope, by=person)
        for envelope in Envelope.objects.filter(state__in=["opened", "damaged"]).select_related("box"):
            assert envelope.box.released_at >= envelope.box.opens_at
            assert envelope.box.first_officer_id != envelope.box.second_officer_id

    @invariant()
    def nobody_is_invited_while_a_letter_of_the_selection_is_unsent(self):
        procedure = self.procedure
        if procedure.invited_at is None:
            return
        for application in procedure.applications.filter(state__in=["not_selected", "excluded"]):
            sent = [letter.last_sent_at for letter in application.letters]
            assert sent
            assert all(moment is not None and moment <= procedure.invited_at for moment in sent)

    @invariant()
    def the_criteria_of_the_award_are_those_of_the_invitation(self):
        procedure = self.procedure
        if procedure.criteria_digest:
            assert procedure.criteria_digest == procedure.award_criteria.digest()

    @invariant()
    def who_made_no_statement_or_has_an_interest_sees_nothing(self):
        stated = set(self.procedure.interest_statements.filter(has_conflict=False).values_list("user", flat=True))
        for person in self.people.values():
            if person.pk not in stated:
                assert not Application.objects.visible_to(person).exists()
                assert not Offer.objects.visible_to(person).exists()
        for person in self.people.values():
            assert not Application.objects.visible_to(person).filter(state__in=Application.SEALED_STATES).exists()
            assert not Offer.objects.visible_to(person).filter(state__in=Offer.SEALED_STATES).exists()

    @invariant()
    def a_rival_sees_nothing_of_the_other(self):
        for who, maker in enumerate(self.makers):
            assert not Application.objects.visible_to(maker).exclude(participant=self.parties[who]).exists()
            assert not Offer.objects.visible_to(maker).exclude(application__participant=self.parties[who]).exists()

    @invariant()
    def who_prepares_does_not_decide(self):
        procedure = self.procedure
        if procedure.approved_by_id:
            assert procedure.approved_by_id != procedure.submitted_by_id
        if procedure.selection_decided_by_id:
            assert not procedure.applications.filter(assessed_by=procedure.selection_decided_by_id).exists()
        for lot in procedure.lots.exclude(decided_by=None):
            assert lot.decided_by_id != lot.proposed_by_id
            assert not lot.offers.filter(evaluated_by=lot.decided_by_id).exists()

    @invariant()
    def a_long_term_is_argued_before_anybody_approves_it(self):
        procedure = self.procedure
        if procedure.state != "draft" and procedure.term_months > 60:
            assert procedure.recoupment_justification.strip()

    @invariant()
    def nothing_is_decided_above_the_estimate_without_a_second_person(self):
        for lot in Lot.objects.filter(procedure=self.pk, awards__decided_at__isnull=False).distinct():
            found = lot.award_value
            assert found.value * 100 <= lot.estimated_value * 120 or found.signed_off_by_id
            assert found.recorded_by_id != found.signed_off_by_id

    @invariant()
    def what_was_approved_is_what_was_kept(self):
        procedure = self.procedure
        if procedure.approved_by_id:
            kept = procedure.approved_versions.order_by("number").last()
            assert (kept.digest, kept.content) == (procedure.approved_digest, content.content_of(procedure))

    @invariant()
    def every_document_is_made_from_what_was_asked(self):
        for document in Document.objects.readable():
            assert document.file.stat().st_size == document.size

    @invariant()
    def the_trail_holds(self):
        assert list(trail.verify()) == []


@pytest.mark.slow
def test_a_concession_keeps_its_promises_on_every_path(clock, settings, tmp_path):
    settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / "media", tmp_path / "keys"
    keys.make_keys()

    run_state_machine_as_test(Concession, settings=WALKS)


WALKS = walks(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    # A walk that breaks a promise is told as it was found: looking for a shorter one takes minutes of rendering.
    phases=(Phase.explicit, Phase.generate),
)
