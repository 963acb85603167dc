"""Talking to the market in the story: questions in two rounds, one of them confidential, a rectification, an outage."""

import datetime as dt

from lifecycle import clock
from lifecycle.steps import fire
from procurement import actions, rectifying
from procurement.models import Addendum, Outage, Procedure, Question

D = dt.date
OFFICER, CANDIDATE, LAWYER, ADMINISTRATOR = "aankoper", "kandidaat", "jurist", "beheerder"
QUESTIONS = "art. 45, wet 17 juni 2016"
CHANGES = "art. 46, § 4, wet 17 juni 2016"

FIRST = (
    "Telt begeleiding door een onderaannemer mee voor de ervaring van voorwaarde S1?",
    "Ja, als de onderaannemer zich voor de hele looptijd verbindt (artikel 49 van de wet van 17 juni 2016).",
)
SECOND = (
    "Mag een combinatie voor elk perceel een ander lid als aanspreekpunt hebben?",
    "Neen. De trekker van de combinatie is het enige aanspreekpunt, voor alle percelen.",
)
CONFIDENTIAL = (
    "Volstaat onze eigen werkwijze voor nazorg, die we elders octrooieerden, als bewijs bij S2?",
    "De beschrijving volstaat; het octrooinummer hoeft u niet mee te delen.",
    "De vraag beschrijft een werkwijze die ons bedrijfsgeheim is.",
)
CLEARER = "Een gemiddelde jaaromzet van minstens 400 000 euro over de laatste drie boekjaren, of over die sinds de oprichting."


class Market:
    """Plays what is asked and answered between the guide and the applications."""

    def __init__(self, teller, cast, workshop):
        self.teller, self.cast, self.workshop = teller, cast, workshop

    def talk(self, procedure):
        """Returns the procedure as it stands after it."""
        self._outage()
        self.teller.travel(D(2026, 2, 24), 11, 20)
        asked = self._ask(procedure, "kompas", FIRST[0], about="Selectieleidraad, voorwaarde S1")
        secret = self._ask(procedure, "baken", CONFIDENTIAL[0], confidential=True, motive=CONFIDENTIAL[2])
        self.teller.travel(D(2026, 3, 2), 15)
        self._answer_alone(secret)
        self._answer(asked, FIRST)
        self._publish(procedure, 1)
        procedure = self._rectify(procedure)
        self.teller.travel(D(2026, 3, 5), 9, 40)
        asked = self._ask(procedure, "zeilwind", SECOND[0])
        self.teller.travel(D(2026, 3, 6), 16)
        self._answer(asked, SECOND)
        self._publish(procedure, 2)
        return Procedure.objects.get(pk=procedure.pk)

    # -- the outage -----------------------------------------------------------------------------

    def _outage(self):
        """Far from every deadline: it stands in the register and extends nothing."""
        self.teller.travel(D(2026, 2, 20), 8)
        began = clock.at(D(2026, 2, 20), 6, 10)
        outage = Outage(
            started_at=began,
            ended_at=began + dt.timedelta(minutes=35),
            affected="Opladen van bestanden gaf een foutmelding.",
        )
        outage = actions.record_outage(outage, by=self.cast.staff["beheerder"])
        actions.confirm_outage(outage, by=self.cast.staff["aankoper"])
        self.teller.tell("Storing van 35 minuten in het openbare register", role=ADMINISTRATOR)

    # -- questions ------------------------------------------------------------------------------

    def _ask(self, procedure, key, text, **more):
        person, organisation = self.cast.people[key], self.cast.organisations[key]
        question = actions.ask_question(procedure, by=person, organisation=organisation, text=text, **more)
        what = "Vertrouwelijke vraag gesteld" if more.get("confidential") else "Vraag gesteld"
        self.teller.tell(f"{what}; wie ze stelde weet alleen het systeem", role=CANDIDATE, ground=QUESTIONS)
        return question

    def _answer(self, question, words):
        staff = self.cast.staff
        question = fire(question, "draft_answer", by=staff["aankoper"], wording=words[0], answer=words[1])
        fire(question, "approve_answer", by=staff["jurist"])

    def _answer_alone(self, question):
        staff = self.cast.staff
        question = fire(question, "accept_confidentiality", by=staff["aankoper"], answer=CONFIDENTIAL[1])
        actions.answer_alone(Question.objects.get(pk=question.pk), by=staff["jurist"])
        self.teller.tell(
            "Vertrouwelijkheid aanvaard en alleen de vraagsteller beantwoord", role=LAWYER, ground=QUESTIONS
        )

    def _publish(self, procedure, number):
        published = actions.publish_answers(procedure, by=self.cast.staff["aankoper"])
        self.workshop.finish()
        self.teller.tell(
            f"Nota van inlichtingen {number} aan iedereen bekendgemaakt",
            role=OFFICER,
            ground=QUESTIONS,
            document=published.document.number,
        )

    # -- the rectification ----------------------------------------------------------------------

    def _rectify(self, procedure):
        staff = self.cast.staff
        self.teller.travel(D(2026, 3, 3), 10)
        condition = procedure.selection_conditions.get(code="S3")
        pieces = rectifying.pieces_of(procedure, procedure.rectifiable_parts)
        draft = Addendum(
            procedure=procedure,
            title="Financiële draagkracht",
            reason="De omzet die gevraagd werd, sloot jonge organisaties uit zonder dat de concessie dat vraagt.",
            changes=rectifying.difference(pieces, {f"condition-{condition.pk}": {"text_nl": CLEARER}}),
            new_deadline=clock.at(D(2026, 3, 26), 12),
        )
        draft = actions.draft_addendum(draft, by=staff["aankoper"])
        self.teller.travel(D(2026, 3, 3), 14, 30)
        addendum = actions.publish_addendum(draft, by=staff["jurist"])
        self.workshop.finish()
        self.teller.tell(
            "Addendum 1 bekendgemaakt: voorwaarde verduidelijkt, een week meer tijd",
            role=LAWYER,
            ground=CHANGES,
            document=addendum.documents.get().number,
        )
        return Procedure.objects.get(pk=procedure.pk)
