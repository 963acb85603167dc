"""The Open House calls of the story: three flanking actions, whoever meets the conditions gets in."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from admission import actions
from admission.checklist import ITEMS
from catalogue.models import Product
from desk.story.papers import small_pdf
from documents.models import Document
from lifecycle.steps import fire

D = dt.date
GROUND = "bekendgemaakte toelatingsprocedure"

REGISTRATION = {
    "code": "T1",
    "title_nl": "Kwaliteitsregistratie",
    "title_en": "Quality registration",
    "text_nl": "De aanvrager is geregistreerd in het kwaliteits- en registratiemodel WSE.",
    "text_en": "The applicant is registered in the WSE quality and registration model.",
    "evidence_nl": "het registratienummer",
    "proof": "declaration",
}

# product, number, title, fee, published on, open from, second condition
CALLS = [
    {
        "product": "disability-expertise-and-indication",
        "number": "OH-2026-01",
        "title_nl": "Expertise PMAB & indicering",
        "title_en": "Expertise on work limitations and indication",
        "fee": ("Indiceringsverslag, per verslag", Decimal("412.00")),
        "publish": D(2026, 4, 13),
        "open": D(2026, 4, 20),
        "title": ("Deskundigheid", "Expertise"),
        "text": (
            "Elke indiceerder heeft een masterdiploma in de psychologie of orthopedagogiek, of vijf jaar ervaring met "
            "indicering."
        ),
        "evidence": "de diploma's of een bewijs van ervaring",
    },
    {
        "product": "workplace-learning",
        "number": "OH-2026-02",
        "title_nl": "Werkplekleren",
        "title_en": "Workplace learning",
        "fee": ("Begeleiding op de werkplek, per week", Decimal("186.00")),
        "publish": D(2026, 5, 4),
        "open": D(2026, 5, 11),
        "title": ("Netwerk van werkplekken", "Network of workplaces"),
        "text": "De aanvrager heeft overeenkomsten met minstens tien werkgevers die werkplekken aanbieden.",
        "evidence": "de lijst van werkgevers met hun akkoord",
    },
    {
        "product": "language-coaching",
        "number": "OH-2026-03",
        "title_nl": "Taalcoaching",
        "title_en": "Language coaching",
        "fee": ("Individuele taalcoaching, per uur", Decimal("68.50")),
        "publish": D(2026, 5, 11),
        "open": D(2026, 5, 18),
        "title": ("Bekwaamheid van de coaches", "Ability of the coaches"),
        "text": "Elke taalcoach heeft een diploma NT2 of drie jaar ervaring met taalcoaching.",
        "evidence": "de diploma's of een bewijs van ervaring",
    },
]


class OpenHouse:
    """Plays the calls; `calls[number]` and `admissions` are its records once they exist."""

    def __init__(self, teller, cast, workshop):
        self.teller, self.cast, self.workshop = teller, cast, workshop
        self.calls, self.admissions = {}, []

    def prepare(self, day):
        """Drafted, checked by a lawyer on what Open House may not do, approved by a second person."""
        staff = self.cast.staff
        self.teller.travel(day)
        for plan in CALLS:
            call = fire(self._draft(plan), "submit_for_review", by=staff["aankoper"])
            call = fire(call, "sign_checklist", by=staff["jurist"], items=list(ITEMS))
            self.calls[plan["number"]] = fire(call, "approve", by=staff["beslisser"])
        self.teller.tell(
            "Drie oproepen Open House nagezien en goedgekeurd",
            role="jurist, beslissingsnemer",
            ground="Falk Pharma (C-410/14)",
        )

    def publish(self, number):
        """Published before anybody can apply, for everyone alike."""
        plan = next(plan for plan in CALLS if plan["number"] == number)
        self.teller.travel(plan["publish"])
        self.calls[number] = actions.publish_call(self.calls[number], by=self.cast.staff["aankoper"])
        self.workshop.finish()
        self.teller.tell(
            f"Oproep {number} {plan['title_nl']} bekendgemaakt, open vanaf {plan['open']:%d/%m/%Y}",
            role="aankoper",
            ground="Falk Pharma (C-410/14): open voor iedereen",
            document=self._number("call_conditions", self.calls[number].version_in_force(plan["open"])),
        )

    def _draft(self, plan):
        title, title_en = plan["title"]
        second = {
            "code": "T2",
            "title_nl": title,
            "title_en": title_en,
            "text_nl": plan["text"],
            "evidence_nl": plan["evidence"],
            "proof": "document",
        }
        product = Product.objects.get(code=plan["product"])
        name, amount = plan["fee"]
        return actions.create_call(
            by=self.cast.staff["aankoper"],
            number=plan["number"],
            title_nl=plan["title_nl"],
            title_en=plan["title_en"],
            summary_nl=product.description_nl,
            summary_en=product.description_en,
            product=product,
            open_from=plan["open"],
            open_until=D(2031, 12, 31),
            starts_on=D(2027, 1, 1),
            conditions=[REGISTRATION, second],
            fees=[{"name_nl": name, "amount": amount, "basis_nl": "na aanvaarde prestatie"}],
            agreement_nl="De partner verleent de dienst onder de bekendgemaakte voorwaarden, voor iedereen gelijk.",
            notice_days=60,
        )

    # -- who applies ----------------------------------------------------------------------------

    def admit(self, key, number, day, *, availability):
        """One partner applies and is admitted: both published conditions are met, so there is no other outcome."""
        application = self._in_assessment(key, number, day, availability)
        self.teller.travel(day + dt.timedelta(days=8), 14)
        application = actions.assess(
            application,
            by=self.cast.staff["beoordelaar"],
            results={"T1": (True, "Register geraadpleegd: ingeschreven."), "T2": (True, "De stukken tonen het aan.")},
            no_interest=True,
        )
        self.teller.travel(day + dt.timedelta(days=9), 10)
        admission = actions.admit(application, by=self.cast.staff["beslisser"])
        self.workshop.finish()
        self.admissions.append(admission)
        self.teller.tell(
            f"Toegelaten tot {number}: {application.participant.name}",
            role="beslissingsnemer",
            ground=GROUND,
            document=self._number("admission_letter", application),
        )

    def refuse(self, key, number, day):
        """One partner does not meet a published condition: heard, then refused with that condition named."""
        staff = self.cast.staff
        application = self._in_assessment(key, number, day, 12)
        self.teller.travel(day + dt.timedelta(days=8), 14)
        results = {
            "T1": (True, "Register geraadpleegd: ingeschreven."),
            "T2": (False, "Voor twee van de drie coaches is er geen diploma en geen bewijs van ervaring."),
        }
        application = actions.assess(application, by=staff["beoordelaar"], results=results, no_interest=True)
        application = fire(application, "intend_refusal", by=staff["beslisser"])
        self.teller.tell(
            f"Voornemen tot weigering: {application.participant.name} wordt gehoord",
            role="beslissingsnemer",
            ground="hoorplicht",
        )
        self.teller.travel(day + dt.timedelta(days=15), 11)
        application = actions.be_heard(
            application, by=self.cast.people[key], statement="De twee coaches ronden hun opleiding in het voorjaar af."
        )
        self.teller.travel(day + dt.timedelta(days=22), 10)
        application = actions.refuse(
            application,
            by=staff["beslisser"],
            answer="De voorwaarde moet nu vervuld zijn; opnieuw aanvragen kan meteen.",
        )
        self.workshop.finish()
        self.teller.tell(
            f"Geweigerd voor {number}: {application.participant.name}; niet voldaan: T2",
            role="beslissingsnemer",
            ground=GROUND,
            document=self._number("refusal_letter", application),
        )

    def _in_assessment(self, key, number, day, availability):
        person, party = self.cast.people[key], self.cast.parties[key]
        self.teller.travel(day, 13, 30)
        call = type(self.calls[number]).objects.get(number=number)
        draft = actions.start_application(call, by=person, participant=party)
        for service in call.product.services.all():
            for place in self.cast.organisations[key].establishments.all():
                actions.declare_service(
                    draft, by=person, service=service, establishment=place, availability=availability
                )
        for condition in draft.conditions_version.conditions.all():
            actions.declare(draft, by=person, condition=condition, confirmed=True)
            if condition.proof == "document":
                content = small_pdf(f"{condition.title_nl}: {party.name}", "Fictief document")
                upload = SimpleUploadedFile("bewijs.pdf", content, content_type="application/pdf")
                actions.add_evidence(draft, by=person, condition=condition, upload=upload)
        application = actions.submit(draft, by=person, agreement_accepted=True)
        self.teller.tell(f"Toelating gevraagd tot {number}: {party.name}", role="aanvrager", ground=GROUND)
        self.teller.travel(day + dt.timedelta(days=5), 9)
        return fire(application, "find_complete", by=self.cast.staff["aankoper"])

    def _number(self, kind, subject):
        document = Document.objects.filter(kind=kind, subject=subject.ref).order_by("-pk").first()
        return document.number if document else ""
