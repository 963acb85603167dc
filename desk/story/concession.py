"""The concession procedure of the story: from the selection guide to the end of the standstill."""

import datetime as dt
from decimal import Decimal

from catalogue.models import Area, Product
from desk.story.papers import small_pdf
from desk.story.tenderers import APPLICANTS, CAPACITY, POINTS
from documents.actions import record_registered_sending
from documents.envelopes import actions as envelopes
from documents.envelopes.uploads import take_in
from documents.models import Document, Letter
from lifecycle import clock, outbox
from lifecycle.steps import Blocked, fire
from procurement import actions
from procurement.models import AwardCriterion, Lot, Offer, Procedure, SelectionCondition

D = dt.date
OFFICER = "aankoper"
DECIDER = "beslissingsnemer"
CANDIDATE = "kandidaat"

SUBJECT_NL = (
    "VDAB vernieuwt het aanbod van intensieve bemiddeling en begeleiding van werkzoekenden. Vanaf 2027 bestaat het uit "
    "twee basisproducten: het basisaanbod en het gespecialiseerd aanbod.\n\n"
    "De klant komt in het traject terecht na een inschatting door een VDAB-bemiddelaar. Zijn jobdoelwit is dan bepaald, en "
    "er is geen of een beperkte nood aan bijkomende technische competentieversterking. De klant kiest zelf bij welke "
    "partner hij de dienstverlening opneemt."
)
SUBJECT_EN = (
    "VDAB renews its intensive guidance for jobseekers. From 2027 there are two base products: the basic offer and the "
    "specialised offer. Customers choose their partner themselves."
)
VALUE_METHOD = (
    "De totale omzet van de concessiehouders over de looptijd, exclusief btw: per perceel het verwachte aantal trajecten "
    "maal de gemiddelde vergoeding per traject (artikel 35, wet van 17 juni 2016)."
)
OPERATING_RISK = (
    "De klant kiest vrij; de concessiehouder heeft geen volumegarantie en draagt het vraagrisico. De vergoeding hangt "
    "grotendeels af van het resultaat."
)
CRITERIA = [
    ("Kwaliteit van de begeleiding", "Quality of the guidance", 50,
     "De aanpak van begeleiding, jobhunting en nazorg, en hoe maatwerk wordt verzekerd."),
    ("Bereikbaarheid en snelheid van opstart", "Accessibility and speed of the start", 30,
     "De spreiding van de vestigingen en de tijd tussen keuze en eerste gesprek."),
    ("Samenwerking in het netwerk", "Cooperation in the network", 20,
     "De afspraken met aanbieders van flankerende acties, werkgevers en lokale besturen."),
]  # fmt: skip
CONDITIONS = [
    ("S1", "Ervaring met begeleiding naar werk", "Experience with guidance to work",
     "In de voorbije drie jaar minstens 300 werkzoekenden individueel naar werk begeleid.",
     "Twee referenties met opdrachtgever, periode, aantal en resultaat."),
    ("S2", "Kwaliteitsregistratie", "Quality registration",
     "Geregistreerd als dienstverlener in het kwaliteits- en registratiemodel WSE.",
     "Registratienummer; de aanbesteder raadpleegt zelf het register."),
    ("S3", "Financiële draagkracht", "Financial capacity",
     "Een gemiddelde jaaromzet van minstens 500 000 euro over de laatste drie boekjaren.",
     "Neergelegde jaarrekeningen of een gelijkwaardige verklaring."),
]  # fmt: skip
VALUES = {"10000": 24, "20001": 13, "30000": 14, "40000": 20, "70000": 12}


class Concession:
    """Plays the procedure; `procedure` and `lots` are its records once they exist."""

    def __init__(self, teller, cast, workshop):
        self.teller, self.cast, self.workshop = teller, cast, workshop
        self.procedure = None
        self.applications, self.offers = {}, {}

    # -- preparing ------------------------------------------------------------------------------

    def prepare_and_publish(self):
        staff = self.cast.staff
        self.teller.travel(D(2026, 1, 19))
        self.procedure = self._draft()
        for account in ("aankoper", "opener1", "opener2", "beoordelaar", "beslisser"):
            actions.state_interests(self.procedure, by=staff[account], has_conflict=False)
        self.teller.tell(
            "Procedure 2026-001 voorbereid, belangenverklaringen", role=OFFICER, ground="art. 26, wet 17 juni 2016"
        )
        self.teller.travel(D(2026, 2, 2))
        self.procedure = actions.submit_for_approval(self.procedure, by=staff["aankoper"])
        self.teller.tell("Dossier ter goedkeuring voorgelegd", role=OFFICER)
        self.teller.travel(D(2026, 2, 6), 14)
        self.procedure = actions.approve(self.procedure, by=staff["beslisser"])
        self.teller.tell("Dossier goedgekeurd door een tweede persoon", role=DECIDER, ground="vierogenprincipe")
        actions.confirm_notice_subtype(self.procedure, by=staff["jurist"], subtype="14")
        self.teller.travel(D(2026, 2, 16))
        self.procedure = actions.publish(
            self.procedure, by=staff["aankoper"], notice_number="2026/S 032-000001", notice_sent_on=D(2026, 2, 16)
        )
        self.workshop.finish()
        self.teller.tell(
            "Selectieleidraad bekendgemaakt, aankondiging verzonden",
            role=OFFICER,
            ground="art. 42 en 45, wet 17 juni 2016",
            document=self._number("selection_guide"),
        )

    def _draft(self):
        procedure = Procedure.objects.create(
            number="2026-001",
            title_nl="Intensieve bemiddeling en begeleiding",
            title_en="Intensive guidance and mediation",
            subject_nl=SUBJECT_NL,
            subject_en=SUBJECT_EN,
            regime=Procedure.Regime.LIGHT,
            cpv="79611000-0",
            operating_risk_memo=OPERATING_RISK,
            term_start=D(2027, 1, 1),
            term_end=D(2031, 12, 31),
            applications_deadline=clock.at(D(2026, 3, 19), 12),
            invitation_planned_on=D(2026, 5, 22),
            offers_deadline=clock.at(D(2026, 7, 13), 12),
            award_planned_on=D(2026, 10, 29),
            conclusion_planned_on=D(2026, 11, 17),
        )
        nothing = dict.fromkeys(["options", "subsidies", "asset_sales", "prizes"], Decimal(0))
        whole = Decimal(sum(VALUES.values()) * 3 // 2 * 1_000_000 + 500_000)
        own = {"user_fees": Decimal(0), "supplies": Decimal(2_500_000)}
        actions.write_estimate(
            procedure,
            by=self.cast.staff["aankoper"],
            method=VALUE_METHOD,
            components=nothing | own | {"authority_payments": whole - sum(own.values())},
        )
        number = 0
        for product, share in (("basic-offer", Decimal(1)), ("specialised-offer", Decimal("0.5"))):
            for area in Area.objects.order_by("name_nl"):
                number += 1
                Lot.objects.create(
                    procedure=procedure,
                    number=number,
                    product=Product.objects.get(code=product),
                    area=area,
                    estimated_value=VALUES[area.code] * 1_000_000 * share,
                    max_concessionaires=2,
                )
        for rank, (title, title_en, weight, text) in enumerate(CRITERIA, start=1):
            AwardCriterion.objects.create(
                procedure=procedure, rank=rank, title_nl=title, title_en=title_en, weight=weight, text_nl=text
            )
        for code, title, title_en, text, evidence in CONDITIONS:
            SelectionCondition.objects.create(
                procedure=procedure, code=code, title_nl=title, title_en=title_en, text_nl=text, evidence_nl=evidence
            )
        return procedure

    # -- applications ---------------------------------------------------------------------------

    def apply(self):
        for position, (key, wanted) in enumerate(APPLICANTS.items()):
            self.teller.travel(D(2026, 3, 9 + 2 * position), 10 + position % 6, 12, 5 * position)
            self.applications[key] = self._submit_application(key, wanted)
        twijfel = self.cast.people["twijfel"]
        self.teller.travel(D(2026, 3, 25), 16, 40)
        actions.withdraw_application(self.applications["twijfel"], by=twijfel)
        self.teller.tell("Aanvraag van Twijfel & Zonen Fictief bv ingetrokken", role=CANDIDATE)
        self.teller.travel(D(2026, 3, 26), 11, 50)
        late = self._draft_application("laatkomer", (("70000",), ()))
        self.teller.travel(D(2026, 3, 26), 11, 59, 59)
        self.applications["twijfel"] = self._submit_application("twijfel", APPLICANTS["twijfel"])
        self.teller.travel(D(2026, 3, 26), 12, 0, 1)
        try:
            actions.submit_application(late, by=self.cast.people["laatkomer"])
        except Blocked as refusal:
            self.teller.tell(
                f"Laattijdige aanvraag geweigerd: {refusal.reasons[0]}",
                role=CANDIDATE,
                ground=str(refusal.reasons[0].ground),
            )

    def _submit_application(self, key, wanted):
        application = actions.submit_application(self._draft_application(key, wanted), by=self.cast.people[key])
        self.teller.tell(
            f"Aanvraag ingediend en verzegeld: {application.participant.name}",
            role=CANDIDATE,
            ground="art. 32, wet 17 juni 2016",
        )
        return application

    def _draft_application(self, key, wanted):
        person, party = self.cast.people[key], self.cast.parties[key]
        lots = [lot for lot in self._lots() if lot.area.code in wanted[lot.product.code != "basic-offer"]]
        application = actions.start_application(self.procedure, by=person, participant=party, lots=lots)
        for name, text in (
            ("aanvraag-tot-deelneming.pdf", f"Aanvraag tot deelneming van {party.name}"),
            ("referenties.pdf", f"Referenties van {party.name}"),
        ):
            take_in(application.envelope, by=person, name=name, chunks=[small_pdf(text, "Fictief document")])
        answers = {
            "contact_name": person.name,
            "contact_email": person.email,
            "contact_phone": "",
            "no_exclusion": True,
        }
        return actions.write_answers(application, by=person, answers=answers)

    def _lots(self):
        return self.procedure.lots.select_related("product", "area").order_by("number")

    # -- selection ------------------------------------------------------------------------------

    def open_applications(self):
        self.teller.travel(D(2026, 3, 27), 10)
        self.workshop.finish()
        self._open("applications", actions.open_applications)

    def assess(self):
        self.teller.travel(D(2026, 4, 22), 15)
        for key, application in self.applications.items():
            self._assess(key, application)
        self.teller.tell(
            "Aanvragen beoordeeld, voorwaarde per voorwaarde", role=OFFICER, ground="art. 48, wet 17 juni 2016"
        )

    def decide_selection(self):
        self.teller.travel(D(2026, 5, 8), 11)
        self.procedure = actions.decide_selection(self._fresh(), by=self.cast.staff["beslisser"])
        self.workshop.finish()
        self.teller.tell(
            "Selectiebeslissing genomen",
            role=DECIDER,
            ground="art. 4/1 en 5/1, wet 17 juni 2013",
            document=self._number("selection_decision"),
        )

    def invite(self):
        staff = self.cast.staff
        self.teller.travel(D(2026, 5, 11), 9, 30)
        self.procedure = actions.notify_selection(self._fresh(), by=staff["aankoper"])
        self.workshop.finish()
        self._register_letters()
        self.teller.tell(
            "Selectie meegedeeld, elektronisch en aangetekend", role=OFFICER, ground="art. 7 en 9/1, wet 17 juni 2013"
        )
        self.teller.travel(D(2026, 5, 22))
        self.procedure = actions.invite_tenders(
            self._fresh(), by=staff["aankoper"], offers_deadline=clock.at(D(2026, 7, 13), 12)
        )
        self.workshop.finish()
        self._register_letters()
        self.teller.tell(
            "Concessiedocumenten bekendgemaakt, geselecteerden uitgenodigd",
            role=OFFICER,
            ground="art. 45 en 47, wet 17 juni 2016",
            document=self._number("concession_documents"),
        )

    def _open(self, phase, open_all):
        """Time closes the phase, two officers release the box together, then one of them opens."""
        outbox.run_periodic()
        box = self._fresh().box(phase)
        for account in ("opener1", "opener2"):
            box = envelopes.approve_release(box, by=self.cast.staff[account], second_factor_at=clock.now())
        self.teller.tell(
            "Verzegeling opgeheven door twee openingsverantwoordelijken",
            role="openingsverantwoordelijken",
            ground="art. 32, wet 17 juni 2016",
        )
        self.procedure = open_all(self._fresh(), by=self.cast.staff["opener1"])
        self.workshop.finish()
        self.teller.tell(
            f"Opening van {self._count(phase)}",
            role="openingsverantwoordelijken",
            ground="art. 32, wet 17 juni 2016",
            document=self._number("opening_record"),
        )

    def _count(self, phase):
        if phase == "applications":
            return f"{self.procedure.applications.opened().count()} aanvragen"
        return f"{Offer.objects.filter(lot__procedure=self.procedure).opened().count()} offertes"

    def _assess(self, key, application):
        small = key == "klein"
        findings = {
            "S1": (
                not small,
                "140 begeleidingen aangetoond, minstens 300 gevraagd."
                if small
                else "Twee referenties, samen meer dan 300.",
            ),
            "S2": (True, "Geregistreerd; nagezien in het register."),
            "S3": (True, "De jaarrekeningen tonen een omzet boven de drempel."),
        }
        actions.assess_application(
            type(application).objects.get(pk=application.pk),
            by=self.cast.staff["aankoper"],
            findings=findings,
            outcome="not_select" if small else "select",
            reasons="Voldoet niet aan S1." if small else "Voldoet aan S1, S2 en S3.",
        )

    # -- offers ---------------------------------------------------------------------------------

    def tender(self):
        for position, (key, wanted) in enumerate(APPLICANTS.items()):
            if key == "klein":
                continue
            self.teller.travel(D(2026, 7, 1 + position), 9 + position, 20)
            self._submit_offers(key, wanted)
        self.teller.travel(D(2026, 7, 14), 10)
        self._open("offers-1", actions.open_tenders)

    def _submit_offers(self, key, wanted):
        person = self.cast.people[key]
        application = type(self.applications[key]).objects.get(pk=self.applications[key].pk)
        for lot in application.lots.select_related("product", "area").order_by("number"):
            offer = actions.start_offer(application, by=person, lot=lot)
            name = application.participant.name
            take_in(
                offer.envelope,
                by=person,
                name=f"offerte-perceel-{lot.number}.pdf",
                chunks=[small_pdf(f"Initiële offerte van {name}", lot.title)],
            )
            actions.write_answers(offer, by=person, answers={"capacity": CAPACITY[key], "remarks": ""})
            self.offers[key, lot.number] = actions.submit_offer(offer, by=person)
        self.teller.tell(
            f"{application.lots.count()} initiële offertes ingediend: {application.participant.name}",
            role=CANDIDATE,
            ground="art. 32, wet 17 juni 2016",
        )

    # -- evaluation and award -------------------------------------------------------------------

    def evaluate(self):
        self.teller.travel(D(2026, 9, 14), 14)
        for (key, lot_number), offer in self.offers.items():
            self._evaluate(key, lot_number, offer)
        self.teller.tell(
            "Offertes beoordeeld op de bekendgemaakte criteria", role="beoordelaar", ground="art. 55, wet 17 juni 2016"
        )

    def award(self):
        staff = self.cast.staff
        self.teller.travel(D(2026, 10, 22), 11)
        for lot in self._lots():
            if lot.offers_in_play().filter(state="evaluated").exists():
                actions.record_award_value(
                    lot,
                    by=staff["aankoper"],
                    value=lot.estimated_value,
                    method="De gevraagde vergoedingen maal de raming.",
                )
                actions.propose_award(lot, by=staff["aankoper"])
        self.teller.tell("Gunning voorgesteld per perceel", role=OFFICER)
        self.teller.travel(D(2026, 10, 29), 10)
        for lot in self._lots():
            self._decide(lot)
        self.workshop.finish()
        self.teller.travel(D(2026, 10, 30), 9)
        for lot in self._lots().filter(state="award_decided"):
            actions.notify_award(lot, by=staff["aankoper"])
        self.workshop.finish()
        self._register_letters()
        last = self._lots().filter(state="standstill").first().standstill_last_day
        self.teller.tell(
            f"Gunningsbrieven verzonden; wachttermijn tot en met {last:%d/%m/%Y}, 24.00 uur",
            role=OFFICER,
            ground="art. 8, 9/1 en 11, wet 17 juni 2013",
        )

    def _evaluate(self, key, lot_number, offer):
        evaluator = self.cast.staff["beoordelaar"]
        offer = Offer.objects.get(pk=offer.pk)
        if (key, lot_number) == ("loopbaanhuis", 4):
            reason = "De offerte voorziet geen vestiging in het gebied: een minimumeis van de concessiedocumenten."
            fire(offer, "declare_irregular", by=evaluator, reason=reason)
            return
        offer = fire(offer, "declare_regular", by=evaluator)
        words = (
            "Een uitgewerkte aanpak met een vaste begeleider."
            if POINTS[key][0] >= 80
            else "Een degelijke aanpak, op onderdelen algemeen.",
            "Goed gespreide vestigingen, snel eerste gesprek."
            if POINTS[key][1] >= 80
            else "Voldoende bereikbaar, tragere opstart.",
            "Concrete afspraken met het netwerk." if POINTS[key][2] >= 75 else "Intenties, weinig vaste afspraken.",
        )
        scores = {rank: (Decimal(points), words[rank - 1]) for rank, points in enumerate(POINTS[key], start=1)}
        actions.evaluate_offer(offer, by=evaluator, scores=scores)

    def _decide(self, lot):
        decider = self.cast.staff["beslisser"]
        if lot.state == Lot.State.OPEN:
            lot = actions.decline_award(
                lot, by=decider, reason="Voor dit perceel is geen regelmatige offerte ontvangen."
            )
            step = f"Perceel {lot.number} niet gegund"
        else:
            lot = actions.decide_award(lot, by=decider)
            names = ", ".join(award.participant.name for award in lot.awards.all())
            step = f"Perceel {lot.number} gegund: {names}"
        self.teller.tell(
            step, role=DECIDER, ground="art. 4/1 en 5/1, wet 17 juni 2013", document=self._number("award_decision", lot)
        )

    def end_standstill(self):
        legal = self.cast.staff["jurist"]
        self.teller.travel(D(2026, 11, 16), 15)
        lot = self._lots().filter(state="standstill").first()
        try:
            fire(lot, "end_standstill", by=legal)
        except Blocked as refusal:
            for reason in refusal.reasons:
                self.teller.tell(f"Sluiting kan nog niet: {reason}", role="jurist", ground=str(reason.ground))
        self.teller.travel(D(2026, 11, 17), 9)
        for lot in self._lots().filter(state="standstill"):
            fire(actions.check_registry(lot, by=legal), "end_standstill", by=legal)
        self.teller.tell(
            "Griffie nagezien, einde van de wachttermijn vastgesteld", role="jurist", ground="art. 11, wet 17 juni 2013"
        )

    # -- shared ---------------------------------------------------------------------------------

    def _fresh(self):
        self.procedure = Procedure.objects.get(pk=self.procedure.pk)
        return self.procedure

    def _number(self, kind, subject=None):
        subject = subject or self.procedure
        document = Document.objects.filter(subject=subject.ref, kind=kind).order_by("-pk").first()
        return document.number if document else ""

    def _register_letters(self):
        """The officer posts the registered letters the same day and records their numbers."""
        for letter in Letter.objects.to_register().order_by("pk"):
            record_registered_sending(
                letter, by=self.cast.staff["aankoper"], number=f"RW {letter.pk:09d} DEMO", sent_at=clock.now()
            )
