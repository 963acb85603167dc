"""What must hold before a contract or an amendment takes a step: one condition, one sentence, one ground each."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contracts.grounds import AMENDMENT, CONCLUSION, CONTRACT, OFFER, OPEN_HOUSE, REASONS, SOUND_ADMINISTRATION, TERM
from lifecycle import clock, timelimits
from lifecycle.guards import Guard, Unmet, guard

# -- what precedes a contract: asked of an award, and of an admission ------------------------------


@guard(_("De gunning is nog niet beslist."), ground=CONCLUSION)
def award_is_decided(award, facts):
    return award.decided_at is not None


@guard(_("Het perceel is niet klaar voor sluiting."), ground=CONCLUSION)
def lot_is_ready(award, facts):
    return award.lot.state == "ready_to_conclude" or Unmet(
        _now("%(lot)s staat op “%(state)s”.") % {"lot": award.lot, "state": award.lot.get_state_display()}
    )


@guard(_("Voor deze gunning is er al een contract."), ground=CONTRACT)
def award_has_no_contract(award, facts):
    number = facts["contracts"].get(award.pk)
    return number is None or Unmet(f"{number}.")


@guard(_("Eén contract bundelt alleen gunningen van dezelfde deelnemer in dezelfde procedure."), ground=CONCLUSION)
def award_is_of_the_same_party(award, facts):
    first = facts["award"]
    return (award.participant.pk, award.lot.procedure_id) == (first.participant.pk, first.lot.procedure_id)


@guard(_("De toelating loopt niet."), ground=OPEN_HOUSE)
def admission_runs(admission, facts):
    return admission.state in {"active", "re_verification"}


@guard(_("Voor deze toelating is er al een overeenkomst."), ground=CONTRACT)
def admission_has_no_contract(admission, facts):
    number = facts["contracts"].get(admission.pk)
    return number is None or Unmet(f"{number}.")


@guard(_("De looptijd van de oproep is voorbij."), ground=OPEN_HOUSE)
def call_term_is_ahead(admission, facts):
    return facts["starts_on"] < admission.call.open_until


# -- issuing --------------------------------------------------------------------------------------


@guard(_("Er is nog geen dienst met een vestiging en een capaciteit."), ground=CONTRACT)
def has_services(contract, facts):
    return contract.services.exists()


@guard(_("De capaciteit is niet die van de gegunde offerte."), ground=OFFER)
def capacity_is_as_offered(contract, facts):
    """Per lot every service adds up, over the establishments, to what the awarded offer commits to."""
    departures = contract.services.departures_from(contract.awards)
    return not departures or Unmet("; ".join(departures) + ".")


@guard(_("De looptijd is te lang zonder berekening van de terugverdientijd."), ground=TERM)
def term_is_justified(contract, facts):
    longest = contract.longest_term_without_justification
    if longest is None or contract.term_months <= longest or contract.recoupment_justification.strip():
        return True
    words = {"months": contract.term_months, "longest": longest}
    return Unmet(_now("De looptijd telt %(months)s maanden, zonder berekening hoogstens %(longest)s.") % words)


@guard(_("Niet elk perceel van dit contract is klaar voor sluiting."), ground=CONCLUSION)
def every_lot_is_ready(contract, facts):
    others = [lot for lot in contract.lots if lot.state != "ready_to_conclude"]
    sentence = _now("Perceel %(number)s staat op “%(state)s”.")
    words = [sentence % {"number": lot.number, "state": lot.get_state_display()} for lot in others]
    return not others or Unmet(" ".join(words))


@guard(_("De toelating waarop deze overeenkomst steunt, loopt niet."), ground=OPEN_HOUSE)
def admission_still_runs(contract, facts):
    return contract.admission is None or contract.admission.state in {"active", "re_verification"}


def of_every_lot(lot_guard: Guard) -> Guard:
    """A guard of a lot, asked of every lot of a contract: it names the lots where it does not hold."""

    def check(contract, facts):
        unmet = [(lot, reason) for lot in contract.lots if (reason := lot_guard.reason(lot, {}))]
        if not unmet:
            return True
        said = {reason.sentence.removeprefix(str(lot_guard.sentence)).strip() for _lot, reason in unmet}
        lots = _now("Perceel %(numbers)s.") % {"numbers": ", ".join(str(lot.number) for lot, _reason in unmet)}
        moments = [reason.opens_at for _lot, reason in unmet]
        # Time helps only if it helps every lot.
        opens_at = max(moments) if None not in moments else None
        # A policy for one lot and a rule for another: the rule stands.
        ground = max((reason.ground for _lot, reason in unmet), key=lambda found: found.blocks)
        return Unmet(" ".join([lots, *sorted(filter(None, said))]), opens_at=opens_at, ground=ground)

    return Guard(lot_guard.name, check, lot_guard.sentence, lot_guard.ground)


# -- signing --------------------------------------------------------------------------------------


@guard(_("Het document is nog niet opgemaakt en verzegeld."), ground=CONTRACT)
def document_is_sealed(contract, facts):
    return contract.document is not None and contract.document.is_ready


@guard(_("De partner heeft nog geen geldig ondertekend exemplaar bezorgd."), ground=CONCLUSION)
def partner_has_signed(contract, facts):
    return not contract.needs_partner_signature or contract.signed_copy is not None


@guard(_("Dit contract wordt gesloten door kennisgeving: de partner hoeft niet te ondertekenen."), ground=CONTRACT)
def partner_must_sign(contract, facts):
    return contract.needs_partner_signature


# -- running --------------------------------------------------------------------------------------


@guard(_("De looptijd is nog niet begonnen."), ground=CONTRACT)
def term_has_begun(contract, facts):
    starts = timelimits.first_moment_after(contract.term_start - timelimits.DAY)
    return timelimits.period_over(contract.term_start - timelimits.DAY) or Unmet(opens_at=starts)


@guard(_("De looptijd is nog niet voorbij."), ground=CONTRACT)
def term_is_over(contract, facts):
    return timelimits.period_over(contract.term_end) or Unmet(opens_at=timelimits.first_moment_after(contract.term_end))


@guard(_("Geef de reden."), ground=REASONS)
def reason_is_given(record, facts):
    return bool((facts.get("reason") or "").strip()) if facts else True


@guard(_("Geef de grond en de motivering."), ground=REASONS)
def ground_is_given(contract, facts):
    if not facts:
        return True
    grounds = dict(contract.grounds_of_termination)
    return facts.get("ground") in grounds and bool((facts.get("reason") or "").strip())


@guard(
    _("Wegens een tekortkoming eindigt een contract pas na een ingebrekestelling en de termijn om te antwoorden."),
    ground=CONTRACT,
)
def partner_could_answer(contract, facts):
    """Fifteen days to answer and to put right, from the notice of default."""
    if facts.get("ground") != contract.Ground.DEFAULT:
        return True
    if contract.state != contract.State.IN_DEFAULT:
        return False
    last = contract.answer_last_day
    return timelimits.period_over(last) or Unmet(opens_at=timelimits.first_moment_after(last))


@guard(_("De nazorg en de afrekening lopen nog."), ground=CONTRACT)
def settlement_is_over(contract, facts):
    last = contract.settles_until
    return last is None or timelimits.period_over(last) or Unmet(opens_at=timelimits.first_moment_after(last))


# -- amendments -----------------------------------------------------------------------------------


@guard(_("Het contract loopt niet: er valt niets te wijzigen."), ground=AMENDMENT)
def contract_runs(amendment, facts):
    return amendment.contract.is_running


@guard(_("De grond, de inhoud of de motivering ontbreekt."), ground=REASONS)
def amendment_is_argued(amendment, facts):
    return bool(amendment.ground and amendment.content.strip() and amendment.reasons.strip())


@guard(_("Noem de herzieningsclausule waarop de wijziging steunt."), ground=AMENDMENT)
def review_clause_is_named(amendment, facts):
    return amendment.ground != amendment.Ground.REVIEW_CLAUSE or bool(amendment.clause.strip())


@guard(
    _("De waarde van de wijziging of van het contract is niet bekend, en deze grond kent een grens."), ground=AMENDMENT
)
def value_is_known(amendment, facts):
    if not amendment.has_limit:
        return True
    return amendment.value_change is not None and bool(amendment.contract.initial_value)


@guard(_("De wijziging gaat over de wettelijke grens."), ground=AMENDMENT)
def limit_is_kept(amendment, facts):
    """Half of the initial value for each of (b) and (c); under a tenth and the threshold, added up, for a minor one."""
    excess = amendment.excess()
    return not excess or Unmet(excess)


@guard(
    _("Geef de dag waarop beide partijen ondertekend hebben; hij ligt niet in de toekomst."),
    ground=SOUND_ADMINISTRATION,
)
def signing_day_is_given(amendment, facts):
    return not facts or (facts.get("signed_on") is not None and facts["signed_on"] <= clock.today())
