"""Random walks through the applications of one call never break what Open House promises."""

import contextlib
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from admission import actions
from admission.decision import Admit, decide
from admission.models import Admission, AdmissionApplication
from documents.models import Document
from lifecycle import clock
from lifecycle.steps import Blocked, fire
from tests.admission import world
from tests.people import make_user

State = AdmissionApplication.State
WHO = st.integers(0, 2)


class OpenHouse(RuleBasedStateMachine):
    """Three applicants, one officer, one assessor, one decider, and time that passes."""

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self):
        """Every walk begins in an empty house."""
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @initialize()
    def a_call_is_open(self):
        clock.travel_to(world.at(2026, 4, 20))
        self.officer = make_user("An Aankoper", "procurement_officer")
        self.assessor = make_user("Bo Beoordelaar", "evaluator")
        self.decider = make_user("Bea Beslisser", "decision_maker")
        lawyer = make_user("Jo Jurist", "legal_officer")
        self.call = world.published_call(self.officer, lawyer, self.decider)
        self.signers = [make_user(f"Persoon {number}") for number in range(3)]
        self.parties = [world.party(f"Partner{number} vzw", signer) for number, signer in enumerate(self.signers)]
        for who in (0, 1):
            self.apply(who)
            self.check(who, "find_complete")

    def last(self, who):
        return AdmissionApplication.objects.filter(participant=self.parties[who][0]).order_by("-pk").first()

    def attempt(self, function, *records, **facts):
        """What is refused changes nothing; what is possible happens."""
        if None in records:
            return
        with contextlib.suppress(Blocked, PermissionDenied):
            function(*records, **facts)

    @rule(who=WHO)
    def apply(self, who):
        def fill_in_and_submit(call):
            draft = world.filled_application(call, self.signers[who], *self.parties[who])
            actions.submit(draft, by=self.signers[who], agreement_accepted=True)

        last = self.last(who)
        if last is None or last.state not in AdmissionApplication.OPEN_STATES:
            self.attempt(fill_in_and_submit, self.call)

    @rule(who=WHO, verb=st.sampled_from(["find_complete", "proceed_without_completion"]))
    def check(self, who, verb):
        self.attempt(fire, self.last(who), verb, by=self.officer)

    @rule(who=WHO)
    def ask_more(self, who):
        self.attempt(fire, self.last(who), "request_completion", by=self.officer, missing="Het nummer.")

    @rule(who=WHO)
    def give_more(self, who):
        self.attempt(actions.complete, self.last(who), by=self.signers[who])

    @rule(who=WHO, t1=st.booleans(), t2=st.booleans())
    def assess(self, who, t1, t2):
        last = self.last(who)
        act = actions.reassess if last and last.state == State.HEARD else actions.assess
        self.attempt(act, last, by=self.assessor, results=world.results(t1=t1, t2=t2), no_interest=True)

    @rule(who=WHO, tries=st.permutations(["admit", "intend", "refuse"]))
    def decide(self, who, tries):
        """The decider tries whatever comes to mind."""
        for name in tries:
            if name == "intend":
                self.attempt(fire, self.last(who), "intend_refusal", by=self.decider)
            elif name == "admit":
                self.attempt(actions.admit, self.last(who), by=self.decider)
            else:
                self.attempt(actions.refuse, self.last(who), by=self.decider, answer="Gelezen.")

    @rule(who=WHO)
    def be_heard(self, who):
        self.attempt(actions.be_heard, self.last(who), by=self.signers[who], statement="Wij menen van wel.")

    @rule(who=WHO, t1=st.booleans(), t2=st.booleans(), speaks=st.booleans())
    def see_through(self, who, t1, t2, speaks):
        """The ordinary way to the end, from wherever it stands."""
        self.assess(who, t1, t2)
        self.decide(who, ["admit", "intend", "refuse"])
        self.be_heard(who) if speaks else self.time_passes(20)
        self.decide(who, ["refuse", "admit", "intend"])

    @rule(who=WHO)
    def withdraw(self, who):
        self.attempt(actions.withdraw, self.last(who), by=self.signers[who])

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        clock.travel_to(clock.now() + dt.timedelta(days=days))

    @invariant()
    def every_decision_follows_from_its_results_alone(self):
        for application in AdmissionApplication.objects.filter(state__in=[State.ADMITTED, State.REFUSED]):
            admitted = decide(application.results_by_code()) == Admit()
            assert admitted == (application.state == State.ADMITTED)
            assert Admission.objects.filter(application=application).exists() == admitted

    @invariant()
    def every_refusal_was_announced_and_names_what_is_not_met(self):
        for application in AdmissionApplication.objects.filter(state=State.REFUSED):
            assert application.heard_at or clock.local_date(application.decided_at) > application.hearing_last_day
            letter = Document.objects.about(application).get(kind="refusal_letter")
            unmet = [code for code, met in application.results_by_code().items() if not met]
            assert [each["code"] for each in letter.context["unmet"]] == sorted(unmet)
            assert unmet

    @invariant()
    def nobody_decides_what_they_assessed(self):
        for application in AdmissionApplication.objects.exclude(decided_by=None):
            assert not application.results.filter(assessor=application.decided_by_id).exists()


def test_open_house_keeps_its_promises_on_every_path(clock):
    run_state_machine_as_test(
        OpenHouse,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
