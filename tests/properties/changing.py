"""What changes after a publication, as steps of the random walk through a concession, and what must hold then."""

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from documents.models import Envelope
from lifecycle import clock
from procurement import actions
from tests.procurement import changes

CANDIDATES = st.integers(0, 1)
LOTS = st.integers(1, 2)
STAFF = {
    "officer": "procurement_officer",
    "second_officer": "procurement_officer",
    "lawyer": "legal_officer",
    "evaluator": "evaluator",
    "biased": "evaluator",
    "opener": "opening_officer",
    "second_opener": "opening_officer",
    "decider": "decision_maker",
}
SOMEBODY = st.sampled_from(sorted(STAFF))


class Changing:
    """Rectifications, extensions, outages and confirmations, by anybody and at any moment."""

    @rule(who=SOMEBODY, second=SOMEBODY, first=st.integers(40, 70))
    def rectify(self, who, second, first):
        if (procedure := self.procedure).state in procedure.RECTIFIABLE:
            wanted = changes.new_weights(procedure, first, 100 - first)
            draft = self.attempt(changes.drafted, procedure, by=self.people[who], wanted=wanted)
            self.attempt(actions.publish_addendum, draft, by=self.people[second])

    @rule(who=SOMEBODY, hours=st.integers(-30, 200))
    def extend(self, who, hours):
        """Later or earlier than it was: only later happens."""
        if before := self.procedure.phase_deadline:
            facts = {"deadline": before + dt.timedelta(hours=hours), "reason": "Veel vragen."}
            self.attempt(actions.extend_deadline, self.procedure, by=self.people[who], **facts)

    @rule(who=SOMEBODY, second=SOMEBODY, minutes=st.integers(1, 90), ago=st.integers(0, 60))
    def suffer_an_outage(self, who, second, minutes, ago):
        start = clock.now() - dt.timedelta(minutes=minutes + ago)
        record = self.attempt(changes.outage, start, minutes, by=self.people[who])
        self.attempt(actions.confirm_outage, record, by=self.people[second])

    @rule(who=CANDIDATES, number=LOTS)
    def confirm(self, who, number):
        for submission in (self.application(who), self.offer(who, number)):
            self.attempt(actions.confirm_submission, submission, by=self.makers[who])

    @invariant()
    def every_box_opens_the_second_after_the_deadline_and_nothing_was_opened_before_it(self):
        procedure = self.procedure
        if procedure.phase:
            assert procedure.box(procedure.phase).opens_at == procedure.phase_deadline + dt.timedelta(seconds=1)
        for envelope in Envelope.objects.exclude(opened_at=None).select_related("box"):
            assert envelope.opened_at >= envelope.box.opens_at

    @invariant()
    def addenda_are_numbered_without_gaps_and_stand_for_two_people(self):
        published = self.procedure.addenda.published().order_by("number")
        assert [each.number for each in published] == list(range(1, len(published) + 1))
        assert all(each.kind != "rectification" or each.published_by != each.drafted_by for each in published)
