"""The contracts of the story: concluded after the standstill, signed on both sides, active on their start date."""

import datetime as dt

from contracts import actions, reference
from contracts.models import Contract
from documents import demo_signing, storage
from lifecycle import clock, outbox
from procurement.models import Award

D = dt.date


class Agreements:
    """Plays the contracts of the concession and of the admissions."""

    def __init__(self, teller, cast, workshop):
        self.teller, self.cast, self.workshop = teller, cast, workshop

    def conclude_concessions(self):
        legal = self.cast.staff["jurist"]
        contracts, concluded = [], set()
        for award in Award.objects.concludable().order_by("offer__application__participant__name", "lot__number"):
            if award.pk in concluded:
                continue
            contract = actions.conclude(award=award, by=legal)
            concluded |= {each.pk for each in contract.awards}
            contracts.append(actions.issue(contract, by=legal))
        self.workshop.finish()
        self.teller.tell(
            f"{len(contracts)} concessieovereenkomsten opgemaakt en bezorgd",
            role="jurist",
            ground="art. 56, wet 17 juni 2016",
        )
        for contract in contracts:
            self._sign(contract)
        self.workshop.finish()

    def enrol(self, admissions, day):
        """An agreement for each admitted partner, as it was published."""
        self.teller.travel(day, 9)
        legal = self.cast.staff["jurist"]
        contracts = [actions.enrol(admission=admission, by=legal) for admission in admissions]
        self.workshop.finish()
        for contract in contracts:
            self._sign(contract)
        self.workshop.finish()

    def _sign(self, contract):
        """The partner downloads, signs outside, uploads; the authority checks and countersigns."""
        contract = Contract.objects.select_related("document", "participant__lead").get(pk=contract.pk)
        person = self._person_of(contract)
        identity = demo_signing.identity_of(person.name, organisation=contract.participant.lead.name)
        place = contract.document.places[reference.PLACE_OF_PARTNER]
        data = storage.read(contract.document.sha256)
        signed = demo_signing.sign(data, identity, at=clock.now(), place=place, who=person.name)
        copy = actions.receive_signed_copy(contract, by=person, file=signed)
        if not copy.valid:
            raise RuntimeError(copy.reasons)
        contract = actions.countersign(Contract.objects.get(pk=contract.pk), by=self.cast.staff["beslisser"])
        self.teller.tell(
            f"Overeenkomst {contract.number} getekend door {contract.participant.name} en VDAB",
            role="partner, beslissingsnemer",
            ground="art. 3, verordening (EU) 910/2014",
            document=contract.number,
        )

    def _person_of(self, contract):
        key = next(
            key
            for key, organisation in self.cast.organisations.items()
            if organisation.pk == contract.participant.lead_id
        )
        return self.cast.people[key]

    def activate(self):
        """Time does this: the sweep on 1 January 2027 makes what was signed active."""
        self.teller.travel(D(2027, 1, 1), 0, 0, 1)
        outbox.sweep()
        self.workshop.finish()
        active = Contract.objects.filter(state="active").count()
        self.teller.tell(
            f"{active} overeenkomsten actief, tot en met 31/12/2031",
            role="Partnerloket (klok)",
            ground="looptijd van de overeenkomst",
        )
