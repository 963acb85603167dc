"""The dates of a contract, for the drawn timeline and for what waits."""

from django.utils.translation import gettext as _

from contracts.grounds import CONTRACT, TERM
from contracts.models import Contract
from lifecycle import clock
from lifecycle.templatetags.lifecycle import dag
from lifecycle.timeline import Milestone, Span, Timeline

ENDED = (Contract.State.TERMINATED, Contract.State.ARCHIVED)


def timeline_of(contract) -> Timeline:
    """From its issue to the settlement; the term is a span, cut off where the contract ended early."""
    moments = [
        (contract.issued_at, _("Uitgereikt"), ""),
        (contract.signed_at, _("Gesloten"), ""),
        (contract.term_start, _("Eerste dag"), ""),
        (contract.intake_until, _("Laatste nieuwe klant"), str(CONTRACT)),
        (last_day_of(contract), _("Laatste dag"), ""),
        (contract.settles_until, _("Nazorg en afrekening"), str(CONTRACT)),
    ]
    milestones = [Milestone(moment, label, ground=ground) for moment, label, ground in moments if moment]
    return Timeline(milestones, _term(contract))


def last_day_of(contract):
    """The last day of the term, or the day on which the contract ended before it."""
    if contract.ended_at and contract.state in ENDED:
        return min(contract.term_end, clock.local_date(contract.ended_at))
    return contract.term_end


def _term(contract):
    last = last_day_of(contract)
    if last < contract.term_start:
        return []
    ground = str(TERM) if contract.is_concession else ""
    return [Span(contract.term_start, last, _("Looptijd"), ground=ground, tone="good")]


def waiting_of(contract) -> list[dict]:
    """What it waits for in this state, and for whom."""
    if contract.waits_for_partner:
        return [{"what": _("De handtekening van de partner"), "who": contract.participant.name}]
    if contract.state == Contract.State.ISSUED:
        return [{"what": _("De tegentekening door VDAB"), "who": _("beslissingsnemer")}]
    if contract.state == Contract.State.SIGNED:
        return [{"what": _("De eerste dag van de looptijd: %s") % dag(contract.term_start)}]
    if contract.state == Contract.State.IN_DEFAULT:
        what = _("Het antwoord of het herstel door de partner")
        return [{"what": what, "until": contract.answer_last_day, "ground": CONTRACT}]
    return []
