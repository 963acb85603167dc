"""The verbs of a procedure that change what was published, or the moment until which submissions come in."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from lifecycle.steps import allowed, verb
from procurement import guards
from procurement.models.procedure_facts import ProcedureFacts
from procurement.models.question_terms import phase_of_submissions
from procurement.models.states import RECEIVING, RECTIFIABLE
from procurement.models.states import ProcedureState as State

# A deadline that was over when an outage was confirmed is ahead again: the label goes back with it.
REOPENED = {State.APPLICATIONS_CLOSED: State.PUBLISHED, State.TENDERS_CLOSED: State.TENDERING}
STAYING = {state: state for state in RECEIVING}


def from_each(ways, **options):
    """One verb from several states, each to its own: `ways` is source -> target."""

    def declare(method):
        for source, target in ways.items():
            method = transition("state", source=source, target=target, **options)(method)
        return method

    return declare


class ProcedureChanges(ProcedureFacts):
    """What changes a procedure after its publication, and what ends it before."""

    class Meta:
        abstract = True

    @from_each(
        {state: state for state in RECTIFIABLE},
        permission=allowed("procurement.publish_addendum"),
        custom=verb(_("Rechtzetten"), action="procurement.publish_addendum", offered=False),
    )
    def rectify(self, *, by, addendum, criteria_digest="", deadline=None, questions_until=None):
        # What an offer is compared by is what stood published at its deadline (art. 46, § 6).
        self.criteria_digest = criteria_digest
        if deadline:
            self._move(deadline, questions_until)

    @from_each(
        STAYING,
        conditions=[
            guards.phase_deadline_is_ahead,
            guards.deadline_becomes_later,
            guards.extension_leaves_the_minimum,
            guards.reason_is_given,
        ],
        permission=allowed("procurement.extend_deadline"),
        custom=verb(
            _("Uiterste datum verlengen"),
            consequence=_(
                "De nieuwe datum geldt voor iedereen. Er komt een addendum, en iedereen krijgt bericht. Richtinggevende data die "
                "er niet meer na passen, schuiven evenveel dagen mee; het addendum noemt ze."
            ),
            action="procurement.extend_deadline",
        ),
    )
    def extend_deadline(self, *, by, deadline, questions_until=None):
        self._move(deadline, questions_until)

    @from_each(
        STAYING | REOPENED,
        conditions=[guards.nothing_was_opened],
        permission=allowed("procurement.confirm_outage"),
        custom=verb(_("Verlengen na een storing"), action="procurement.confirm_outage", offered=False),
    )
    def extend_for_outage(self, *, by, deadline=None, questions_until=None):
        self._move(deadline, questions_until)

    @from_each(
        dict.fromkeys((State.DRAFT, State.IN_REVIEW, State.APPROVED), State.ABANDONED),
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.abandon_procedure"),
        custom=verb(
            _("Ontwerp opgeven"),
            consequence=_("Het dossier wordt nooit bekendgemaakt. Het blijft intern leesbaar, met de reden."),
        ),
    )
    def abandon(self, *, by, reason):
        self.end_reason = reason

    def _move(self, deadline, questions_until):
        """The moments of the phase that runs; None leaves one as it is."""
        phase = phase_of_submissions(self)
        if deadline:
            setattr(self, f"{phase.value}_deadline", deadline)
        if questions_until:
            setattr(self, f"{phase.value}_questions_until", questions_until)
