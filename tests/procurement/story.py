"""A procedure brought to each of its moments through the doors that people use, with fictional parties."""

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from catalogue.models import Area, Product
from documents.envelopes import actions as envelopes
from documents.envelopes.uploads import take_in
from lifecycle import clock, steps
from partners.actions import participant_alone
from procurement import actions
from procurement.models import AwardCriterion, Lot, Procedure, SelectionCondition, ValueEstimate

# Thirty days after the dispatch of the notice on 16 February 2026, and the next noon.
DEADLINE = clock.at(dt.date(2026, 3, 19), 12)
PDF = b"%PDF-1.7\n% Verzonnen bewijsstuk van een verzonnen kandidaat\n"


def make_procedure(number="2026-001", **fields) -> Procedure:
    """A draft with everything that its approval asks: two lots, two criteria, one condition."""
    values = {
        "title_nl": "Intensieve bemiddeling en begeleiding",
        "title_en": "Intensive mediation and guidance",
        "subject_nl": "Bemiddeling en begeleiding van werkzoekenden naar duurzaam werk.",
        "regime": Procedure.Regime.LIGHT,
        "cpv": "79611000-0",
        "estimated_value": Decimal("40000000.00"),
        "value_method": "Verwachte trajecten maal de gemiddelde vergoeding.",
        "operating_risk_memo": "De instroom hangt af van de vrije keuze van de klant.",
        "term_start": dt.date(2027, 1, 1),
        "term_end": dt.date(2031, 12, 31),
        "applications_deadline": DEADLINE,
        "award_planned_on": dt.date(2026, 10, 30),
        "conclusion_planned_on": dt.date(2026, 11, 17),
    }
    procedure = Procedure.objects.create(number=number, **values | fields)
    estimate(procedure)
    add_lots(procedure, 2)
    for rank, title, weight in ((1, "Kwaliteit van het aanbod", 60), (2, "Bereikbaarheid", 40)):
        AwardCriterion.objects.create(
            procedure=procedure, rank=rank, title_nl=title, text_nl="Wat de inschrijver beschrijft.", weight=weight
        )
    SelectionCondition.objects.create(
        procedure=procedure,
        code="S1",
        title_nl="Ervaring",
        text_nl="Twee jaar ervaring met begeleiding.",
        evidence_nl="Twee referenties.",
    )
    return procedure


def estimate(procedure):
    """All of the estimated value from what the authority pays."""
    nothing = dict.fromkeys(["options", "user_fees", "subsidies", "asset_sales", "supplies", "prizes"], Decimal(0))
    ValueEstimate.objects.create(procedure=procedure, authority_payments=procedure.estimated_value, **nothing)


def add_lots(procedure, count):
    """The first so many combinations of base product and area."""
    pairs = [(product, area) for product in Product.objects.base_products() for area in Area.objects.order_by("code")]
    for number, (product, area) in enumerate(pairs[:count], start=1):
        Lot.objects.create(
            procedure=procedure,
            number=number,
            product=product,
            area=area,
            max_concessionaires=2,
            estimated_value=Decimal("2500000.00"),
        )


def publish(procedure, *, officer, decision_maker) -> Procedure:
    procedure = actions.submit_for_approval(procedure, by=officer)
    procedure = actions.approve(procedure, by=decision_maker)
    return actions.publish(procedure, by=officer, notice_number="BDA-2026-000001", notice_sent_on=clock.today())


def start(procedure, *, organisation, by):
    """A draft application for the first lot."""
    participant = participant_alone(organisation, by=by)
    return actions.start_application(procedure, by=by, participant=participant, lots=procedure.lots.all()[:1])


ANSWERS = {
    "contact_name": "Kim Kandidaat",
    "contact_email": "kim@voorbeeld.example",
    "contact_phone": "",
    "no_exclusion": True,
}


def fill(draft, *, by, answers=ANSWERS, name="referentie.pdf"):
    draft = actions.write_answers(draft, by=by, answers=answers)
    take_in(draft.envelope, by=by, name=name, chunks=[PDF])


def submit_application(procedure, *, organisation, by):
    draft = start(procedure, organisation=organisation, by=by)
    fill(draft, by=by)
    return actions.submit_application(draft, by=by)


def release(box, *officers):
    for officer in officers:
        envelopes.approve_release(box, by=officer, second_factor_at=clock.now())


def open_applications(procedure, *officers):
    """After the deadline: closed, released by two officers without an interest, opened."""
    clock.travel_to(DEADLINE + dt.timedelta(hours=1))
    for officer in officers:
        actions.state_interests(procedure, by=officer, has_conflict=False)
    procedure = steps.fire(procedure, "close_applications", by=officers[0])
    release(procedure.box("applications"), *officers)
    return actions.open_applications(procedure, by=officers[0])


def record_award_value(lot, *, by, value=None):
    """The value at award of a lot: that of its estimate unless told."""
    return actions.record_award_value(
        lot, by=by, value=lot.estimated_value if value is None else value, method="De offertes, opgeteld."
    )


def put(record, state, **fields):
    """Place a record in a state without the way that leads to it, for pages that are about what comes after."""
    QuerySet(type(record)).filter(pk=record.pk).update(**{"state": state} | fields)
    return type(record).objects.get(pk=record.pk)
