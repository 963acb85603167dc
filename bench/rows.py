"""As many rows of everything as the lists are measured with: made in bulk, in states that pages have most to say about.

Everything belongs to one partner, so that its own lists grow as those of the authority do. Rows of one kind are alike:
the tenth and the thousandth ask the same of a page.
"""

import datetime as dt
from decimal import Decimal

from admission.models import Admission, AdmissionApplication, Call, ConditionsVersion
from catalogue.models import Area, Product
from contracts.models import Contract, ContractLot
from documents.models import (
    Delivery,
    Document,
    Envelope,
    Letter,
    Message,
    ReturnedMail,
    SealingBox,
    TemplateVersion,
)
from lifecycle import clock, trail
from lifecycle.models import ref
from partners.models import Establishment, Membership, Organisation, Participant, ParticipantMember
from partners.numbers import with_check_digits
from procurement.models import (
    Application,
    Award,
    InterestStatement,
    Lot,
    Offer,
    Procedure,
    Question,
    QuestionAsker,
    QuestionRound,
)
from tests.people import LONG_AGO, make_user, postcode

NOW = clock.at(dt.date(2026, 11, 17), 9)
TERM = {"term_start": dt.date(2027, 1, 1), "term_end": dt.date(2031, 12, 31)}
ROLES = ("procurement_officer", "evaluator", "decision_maker", "legal_officer", "contract_manager", "auditor")
DIGEST = "0" * 64


class Rows:
    """The people who look, one procedure with everything inside it, and what `grow` adds around and in it."""

    def __init__(self):
        clock.travel_to(NOW)
        self.count = 0
        self.staff = {role: make_user(f"Bench {role}", role) for role in ROLES}
        self.officer, self.decider = self.staff["procurement_officer"], self.staff["decision_maker"]
        self.partner = make_user("Kim Kandidaat")
        self.product = Product.objects.base_products().first()
        self.action = Product.objects.flanking_actions().first()
        self.template = TemplateVersion.objects.approved().first()
        self.postcode = postcode()
        self.procedure = Procedure.objects.create(**self._procedure("2025-000", state="evaluation"))
        self.box = SealingBox.objects.create(
            subject=self.procedure.ref,
            phase="bench",
            dossier=self.procedure.dossier,
            opens_at=LONG_AGO,
            made_at=LONG_AGO,
            public_key=b"k",
            private_key="k",
        )
        InterestStatement.objects.bulk_create(
            InterestStatement(procedure=self.procedure, user=user, has_conflict=False, stated_at=NOW)
            for user in self.staff.values()
        )

    def grow(self, upto):
        """Add rows until there are this many of each kind."""
        numbers = range(self.count, upto)
        participants = self._participants(numbers)
        procedures = Procedure.objects.bulk_create(
            Procedure(**self._procedure(f"2026-{number:04d}", state="published", notice_sent_on=dt.date(2026, 2, 16)))
            for number in numbers
        )
        self._documents(procedures, kind="selection_guide", public_from=NOW)
        self._messages(participants)
        awards = self._submissions(numbers, participants)
        self._questions(numbers, participants)
        admissions = self._open_house(numbers, participants)
        self._contracts(numbers, participants, awards, admissions)
        for record in [self.procedure, procedures[-1], *(award.offer.application for award in awards)]:
            trail.record(record, "bench", by=self.officer, facts={"number": trail.Code("1")})
        self.count = upto

    def _procedure(self, number, **fields):
        return TERM | {
            "number": number,
            "title_nl": "Intensieve bemiddeling en begeleiding",
            "subject_nl": "Bemiddeling en begeleiding van werkzoekenden naar duurzaam werk.",
            "regime": Procedure.Regime.LIGHT,
            "cpv": "79611000-0",
            "estimated_value": Decimal(40_000_000),
            "applications_deadline": NOW + dt.timedelta(days=40),
            "published_at": LONG_AGO,
            "award_planned_on": dt.date(2026, 12, 1),
            "conclusion_planned_on": dt.date(2026, 12, 17),
            **fields,
        }

    # -- partners -------------------------------------------------------------------------------

    def _participants(self, numbers):
        organisations = Organisation.objects.bulk_create(
            Organisation(
                enterprise_number=with_check_digits(8_000_000 + number),
                name=f"Partner {number:04d} Fictief vzw",
                kind=Organisation.Kind.NON_PROFIT,
                email="post@fictief.example",
                street="Voorbeeldstraat 1",
                postcode=self.postcode,
                state=Organisation.State.CONFIRMED,
            )
            for number in numbers
        )
        Establishment.objects.bulk_create(
            Establishment(
                organisation=organisation,
                number=with_check_digits(28_000_000 + number),
                name="Vestiging Gent",
                street="Voorbeeldplein 2",
                postcode=self.postcode,
            )
            for number, organisation in zip(numbers, organisations, strict=True)
        )
        Membership.objects.bulk_create(
            Membership(organisation=organisation, user=self.partner, may_sign=True, since=LONG_AGO)
            for organisation in organisations
        )
        participants = Participant.objects.bulk_create(
            Participant(kind=Participant.Kind.ALONE, name=organisation.name, lead=organisation)
            for organisation in organisations
        )
        ParticipantMember.objects.bulk_create(
            ParticipantMember(participant=participant, organisation=participant.lead, role=ParticipantMember.Role.LEAD)
            for participant in participants
        )
        return participants

    def _messages(self, participants):
        """Per participant a message of the procedure that came back."""
        messages = Message.objects.bulk_create(
            Message(
                dossier=self.procedure.dossier,
                subject=self.procedure.ref,
                reason="bench",
                title="Er is nieuws",
                body="Lees het.",
                path="/",
                owed_at=NOW,
            )
            for _participant in participants
        )
        copies = Delivery.objects.bulk_create(
            Delivery(message=message, recipient=participant.ref, name=participant.name, email="post@fictief.example")
            for message, participant in zip(messages, participants, strict=True)
        )
        ReturnedMail.objects.bulk_create(
            ReturnedMail(dossier=self.procedure.dossier, delivery=copy, status="5.1.1", came_back_at=NOW)
            for copy in copies
        )

    # -- the procedure --------------------------------------------------------------------------

    def _submissions(self, numbers, participants):
        """Per number an application with an offer in play, and two lots that it won: one ready to conclude, one concluded."""
        self._lots("open", numbers)
        decided = {"decided_by": self.decider, "decided_at": NOW}
        ready = self._lots("ready_to_conclude", numbers, **decided)
        concluded = self._lots("concluded", numbers, concluded_at=NOW, **decided)
        applications = Application.objects.bulk_create(
            Application(
                procedure=self.procedure,
                participant=participant,
                envelope=envelope,
                state="opened",
                started_by=self.partner,
                submitted_by=self.partner,
                submitted_at=NOW,
            )
            for participant, envelope in zip(participants, self._envelopes(participants), strict=True)
        )
        first = Lot.objects.filter(procedure=self.procedure).order_by("number").first()
        self._offers(applications, [first] * len(numbers), state="regular")
        self._documents(ready, kind="award_decision", dossier=self.procedure.dossier)
        self._awards(applications, ready)
        return self._awards(applications, concluded)

    def _questions(self, numbers, participants):
        """Per number one that waits for an answer, one that everybody reads, and their asker."""
        askers = QuestionAsker.objects.bulk_create(
            QuestionAsker(procedure=self.procedure, organisation=participant.lead, number=number + 1)
            for number, participant in zip(numbers, participants, strict=True)
        )
        note, _made = QuestionRound.objects.get_or_create(
            procedure=self.procedure, number=1, phase="offers", published_at=NOW, published_by=self.officer
        )
        asked = {"procedure": self.procedure, "phase": "offers", "asked_by": self.partner, "asked_at": LONG_AGO}
        written = {"text": "Mag dit?", "wording": "Mag dit?", "answer": "Ja.", "answered_by": self.officer}
        read = {"answered_at": NOW, "checked_by": self.decider, "round": note, "state": "published"}
        Question.objects.bulk_create(
            Question(asker=asker, **asked, **written, **more)
            for number, asker in zip(numbers, askers, strict=True)
            for more in ({"state": "answered", "answered_at": NOW}, read | {"number": number + 1})
        )

    def _awards(self, applications, lots):
        won = self._offers(applications, lots, state="awarded", score=Decimal(80))
        return Award.objects.bulk_create(Award(lot=offer.lot, offer=offer, rank=1, decided_at=NOW) for offer in won)

    def _lots(self, state, numbers, **fields):
        begin = self.procedure.lots.count()
        areas = Area.objects.bulk_create(
            Area(code=f"{state[:4]}-{number}", name_nl=f"Gebied {number}", name_en=f"Area {number}", nuts3=[])
            for number in numbers
        )
        return Lot.objects.bulk_create(
            Lot(
                procedure=self.procedure,
                number=number,
                product=self.product,
                area=area,
                estimated_value=Decimal(2_500_000),
                max_concessionaires=2,
                state=state,
                **fields,
            )
            for number, area in enumerate(areas, start=begin + 1)
        )

    def _envelopes(self, owners):
        return Envelope.objects.bulk_create(
            Envelope(
                box=self.box,
                owner=f"partners.participant:{owner.pk}",
                state="opened",
                sealed_key=b"k",
                opened_key="k",
                manifest=b"m",
                manifest_sha256=DIGEST,
                seal_digest=DIGEST,
                receipt_key="k",
                receipt=b"r",
                started_by=self.partner,
                started_at=LONG_AGO,
                sealed_by=self.partner,
                sealed_at=LONG_AGO,
                opened_at=NOW,
            )
            for owner in owners
        )

    def _offers(self, applications, lots, **fields):
        envelopes = self._envelopes([application.participant for application in applications])
        return Offer.objects.bulk_create(
            Offer(
                application=application,
                lot=lot,
                envelope=envelope,
                started_by=self.partner,
                submitted_by=self.partner,
                submitted_at=NOW,
                capacity=100,
                **fields,
            )
            for application, lot, envelope in zip(applications, lots, envelopes, strict=True)
        )

    # -- Open House -----------------------------------------------------------------------------

    def _open_house(self, numbers, participants):
        """A call that runs and one in review per number; each partner asked three: one looks at it, two admitted it."""
        calls = Call.objects.bulk_create(
            Call(
                number=f"OH-{state[:2].upper()}-{number:04d}",
                title_nl="Taalcoaching op de werkvloer",
                summary_nl="Coaching Nederlands tijdens werk of opleiding.",
                product=self.action,
                open_from=dt.date(2026, 4, 20),
                open_until=dt.date(2031, 12, 31),
                starts_on=dt.date(2027, 1, 1),
                apply_until=dt.date(2031, 6, 30),
                published_at=LONG_AGO,
                checklist_signed_at=LONG_AGO,
                submitted_by=self.officer,
                state=state,
            )
            for state in ("published", "in_review")
            for number in numbers
        )
        versions = ConditionsVersion.objects.bulk_create(
            ConditionsVersion(
                call=call,
                state="published",
                published_at=LONG_AGO,
                applies_from=dt.date(2026, 4, 20),
                digest=DIGEST,
                drafted_by=self.officer,
            )
            for call in calls
        )
        self._documents(versions[: len(numbers)], kind="call_conditions", public_from=NOW)
        first, second, third = ConditionsVersion.objects.order_by("pk")[:3]
        self._asked(first, participants, state="in_assessment")
        self._admissions(second, participants)
        return self._admissions(third, participants)

    def _admissions(self, version, participants):
        admitted = self._asked(version, participants, state="admitted", decided_at=NOW, decided_by=self.decider)
        return Admission.objects.bulk_create(
            Admission(
                application=application,
                call=version.call,
                participant=application.participant,
                conditions_version=version,
                active_from=dt.date(2026, 5, 1),
            )
            for application in admitted
        )

    def _asked(self, version, participants, **fields):
        return AdmissionApplication.objects.bulk_create(
            AdmissionApplication(
                call=version.call,
                conditions_version=version,
                participant=participant,
                started_by=self.partner,
                started_at=LONG_AGO,
                submitted_by=self.partner,
                submitted_at=NOW,
                complete_at=NOW,
                decision_due=dt.date(2026, 12, 17),
                **fields,
            )
            for participant in participants
        )

    # -- contracts and documents ----------------------------------------------------------------

    def _contracts(self, numbers, participants, awards, admissions):
        """An issued concession contract and an active agreement per number."""
        made = TERM | {"running": 1, "prepared_by": self.staff["contract_manager"], "prepared_at": LONG_AGO}
        papers = self._documents(awards, kind="concession_contract", dossier=self.procedure.dossier)
        issued = Contract.objects.bulk_create(
            Contract(
                number=f"C{number:04d}-1",
                kind="concession",
                participant=participant,
                procedure=self.procedure,
                state="issued",
                document=paper,
                issued_at=NOW,
                **made,
            )
            for number, participant, paper in zip(numbers, participants, papers, strict=True)
        )
        ContractLot.objects.bulk_create(
            ContractLot(contract=contract, lot=award.lot, award=award)
            for contract, award in zip(issued, awards, strict=True)
        )
        Contract.objects.bulk_create(
            Contract(
                number=f"C{number:04d}-2",
                kind="open_house",
                participant=admission.participant,
                admission=admission,
                state="active",
                document=paper,
                signed_at=NOW,
                countersigned_by=self.decider,
                final_sha256=DIGEST,
                **made,
            )
            for number, admission, paper in zip(
                numbers, admissions, self._documents(admissions, kind="admission_agreement"), strict=True
            )
        )

    def _documents(self, subjects, *, kind, dossier=None, **fields):
        """A sealed document about each, and the letter that it goes with."""
        begin = Document.objects.count()
        documents = Document.objects.bulk_create(
            Document(
                kind=kind,
                number=f"{kind}-{running}",
                running=running,
                title=f"Document {running}",
                template_version=self.template,
                context={},
                context_digest=DIGEST,
                dossier=dossier or ref(subject),
                subject=ref(subject),
                addressee=Organisation.objects.order_by("pk").first().ref,
                state="sealed",
                requested_at=LONG_AGO,
                rendered_at=LONG_AGO,
                sealed_at=LONG_AGO,
                rendered_sha256=DIGEST,
                sha256=DIGEST,
                size=1,
                pages=1,
                **fields,
            )
            for running, subject in enumerate(subjects, start=begin + 1)
        )
        Letter.objects.bulk_create(
            Letter(
                document=document,
                subject=document.subject,
                reason=kind,
                name="Partner Fictief vzw",
                email="post@fictief.example",
                owed_at=LONG_AGO,
                electronic_sent_at=NOW,
                message_id="<bench>",
                sent_sha256=DIGEST,
            )
            for document in documents
        )
        return documents
