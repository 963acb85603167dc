"""What an officer writes: every rule is refused next to its field, with its article."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from procurement.cpv import in_light_regime, validate_cpv
from procurement.forms.fields import AmountField, DayField, MomentField
from procurement.forms.procedures import ConditionForm, CriterionForm, LotForm, ProcedureForm
from procurement.models import Lot
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"

WRITTEN = {
    "number": "2026-009",
    "title_nl": "Begeleiding",
    "subject_nl": "Begeleiding naar werk.",
    "regime": "light_art_34",
    "cpv": "79611000-0",
    "own_rules": ["minimum-periods", "selection", "documents", "information", "standstill"],
    "term_start": "01/01/2027",
    "term_end": "31/12/2031",
    "applications_deadline_0": "19/03/2026",
    "applications_deadline_1": "12.00",
}


def errors(**changes):
    return {name: [str(error) for error in found] for name, found in ProcedureForm(WRITTEN | changes).errors.items()}


def test_form_reads_belgian_dates_hours_and_amounts(clock):
    form = ProcedureForm(WRITTEN)

    assert form.is_valid()
    assert form.cleaned_data["term_end"] == dt.date(2031, 12, 31)
    assert form.cleaned_data["applications_deadline"] == clock.at(dt.date(2026, 3, 19), 12)


def test_end_before_start_is_refused_next_to_the_end(clock):
    found = errors(term_end="31/12/2026")

    assert found == {"term_end": [f"Het einde ligt niet na het begin van de concessie. (art. 37, {ACT})"]}


def test_term_of_sixty_months_needs_no_justification(clock):
    assert errors() == {}


def test_term_of_sixty_one_months_without_justification_is_refused(clock):
    found = errors(term_end="01/01/2032")

    assert found == {
        "recoupment_justification": [
            (
                "De looptijd is te lang zonder berekening van de terugverdientijd. De looptijd telt 61 maanden, zonder "
                f"berekening hoogstens 60. (art. 37, {ACT})"
            )
        ]
    }


def test_term_of_sixty_one_months_with_justification_is_accepted(clock):
    assert errors(term_end="01/01/2032", recoupment_justification="Zes jaar afschrijving.") == {}


def test_deadline_in_the_past_is_refused(clock):
    found = errors(applications_deadline_0="15/02/2026")

    assert found == {
        "applications_deadline": [
            "De uiterste datum voor aanvragen ontbreekt of ligt in het verleden. (het bekendgemaakte verloop van de procedure)"
        ]
    }


def test_deadline_shorter_than_the_minimum_is_refused_with_the_earliest_moment(clock):
    found = errors(applications_deadline_0="18/03/2026", applications_deadline_1="23.59")

    assert found == {
        "applications_deadline": [
            (
                "De termijn voor aanvragen is te kort. Ze is ten vroegste do 19 mrt 2026, 0.00 u (minstens 30 dagen). "
                f"(art. 47, derde lid, {ACT}, aangenomen als eigen regel)"
            )
        ]
    }


def test_dates_that_do_not_follow_each_other_are_refused_next_to_the_later_one(clock):
    found = errors(
        invitation_planned_on="01/03/2026", award_planned_on="02/11/2026", conclusion_planned_on="30/10/2026"
    )

    assert found == {
        "invitation_planned_on": [
            (
                "Dit ligt vóór “Uiterste datum voor aanvragen” (19/03/2026), dat eerst komt. "
                "(het bekendgemaakte verloop van de procedure)"
            )
        ],
        "conclusion_planned_on": [
            "Dit ligt vóór “Gunning gepland op” (02/11/2026), dat eerst komt. (het bekendgemaakte verloop van de procedure)"
        ],
    }


def test_planned_day_that_is_over_is_refused(clock):
    found = errors(applications_deadline_0="", applications_deadline_1="", award_planned_on="15/02/2026")

    assert found == {"award_planned_on": ["Deze dag is voorbij. (het bekendgemaakte verloop van de procedure)"]}


def test_cpv_outside_annex_v_is_refused_in_the_light_regime_only(clock):
    assert errors(cpv="79600000-0") == {
        "cpv": [
            (
                "Deze code staat niet in bijlage V: het licht regime geldt er niet voor. "
                f"(art. 34, § 1, en bijlage V, {ACT})"
            )
        ]
    }
    assert errors(cpv="79600000-0", regime="full_title_4") == {}


def test_draft_may_have_gaps(clock):
    gaps = dict.fromkeys(("applications_deadline_0", "applications_deadline_1"), "")

    assert errors(**gaps) == {}


# -- CPV codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["79611000-0", "85000000-9", "80500000-9", "85312510-7", "98133110-8", "79430000-7"])
def test_cpv_with_its_check_digit_is_accepted(code):
    assert validate_cpv(code) is None


@pytest.mark.parametrize(
    ("code", "why"),
    [("79611000", "form"), ("79611000-01", "form"), ("7961100a-0", "form"), ("79611000-1", "check_digit")],
)
def test_cpv_that_is_none_is_refused(code, why):
    with pytest.raises(ValidationError) as refusal:
        validate_cpv(code)

    assert refusal.value.code == why


@pytest.mark.parametrize(
    ("code", "light"),
    [
        ("79611000-0", True),
        ("85312300-2", True),
        ("80660000-8", True),
        ("85323000-9", True),
        ("98131000-0", True),
        ("79600000-0", False),
        ("79610000-3", False),
        ("92350000-9", False),
    ],
)
def test_annex_v_names_codes_and_ranges(code, light):
    assert in_light_regime(code) is light


# -- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250000", "1250000"),
        ("1.250.000", "1250000"),
        ("1.250.000,50", "1250000.50"),
        ("1,250,000.50", "1250000.50"),
        ("€ 1 250 000,5", "1250000.5"),
        ("12.5", "12.5"),
        ("1.250", "1250"),
        ("0,75", "0.75"),
    ],
)
def test_amount_is_read_as_it_is_written_in_belgium(typed, amount):
    assert AmountField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["veel", "1,2,3.4.5x", "NaN", "1e99"])
def test_amount_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField().clean(typed)


def test_day_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError):
        DayField().clean("31/02/2026")


def test_hour_that_does_not_exist_on_that_day_is_refused():
    with pytest.raises(ValidationError):
        MomentField().clean(["29/03/2026", "02.30"])


# -- lots, criteria, conditions -----------------------------------------------------------------


def lot_values(procedure, **changes):
    lot = procedure.lots.last()
    free = Lot.area.field.related_model.objects.exclude(pk__in=procedure.lots.values("area")).first()
    values = {
        "number": 3,
        "product": lot.product_id,
        "area": free.pk,
        "max_concessionaires": 2,
        "estimated_value": "1000000",
    }
    return values | changes


def test_lot_is_kept_with_its_procedure(draft):
    form = LotForm(lot_values(draft), procedure=draft)

    assert form.is_valid()
    assert form.save(commit=False).procedure == draft


def test_lots_worth_more_than_the_procedure_are_refused(draft):
    form = LotForm(lot_values(draft, estimated_value="35000000,01"), procedure=draft)

    assert form.errors == {
        "estimated_value": [
            f"De percelen samen zijn dan meer waard dan de geraamde waarde van de procedure. (art. 36, {ACT})"
        ]
    }


def test_lot_twice_is_refused_next_to_number_and_area(draft):
    first = draft.lots.first()
    form = LotForm(lot_values(draft, number=1, product=first.product_id, area=first.area_id), procedure=draft)

    assert form.errors == {
        "number": ["Er is al een perceel met dit nummer."],
        "area": ["Dit product heeft in dit gebied al een perceel."],
    }


@pytest.mark.parametrize("field", ["number", "max_concessionaires"])
def test_lot_counts_from_one(draft, field):
    assert list(LotForm(lot_values(draft, **{field: 0}), procedure=draft).errors) == [field]


def test_criterion_of_a_taken_rank_is_refused(draft):
    form = CriterionForm({"rank": 1, "title_nl": "Prijs", "text_nl": "De prijs."}, procedure=draft)

    assert form.errors == {"rank": [f"Er is al een criterium met deze rang. (art. 55, § 3, {ACT})"]}


def test_condition_of_a_taken_code_is_refused(draft):
    values = {"code": " S1 ", "title_nl": "Omzet", "text_nl": "Omzet.", "evidence_nl": "Jaarrekening."}

    assert ConditionForm(values, procedure=draft).errors == {"code": ["Er is al een voorwaarde met deze code."]}


def test_editing_a_lot_does_not_collide_with_itself(draft):
    lot = draft.lots.first()
    values = {
        "number": lot.number,
        "product": lot.product_id,
        "area": lot.area_id,
        "max_concessionaires": 3,
        "estimated_value": "2500000",
    }

    assert LotForm(values, instance=lot, procedure=draft).errors == {}


def test_number_of_another_procedure_is_refused(draft):
    assert list(ProcedureForm(WRITTEN | {"number": draft.number}).errors) == ["number"]


def test_making_a_procedure_suggests_the_next_lot(draft):
    story.add_lots(story.make_procedure("2026-002"), 0)

    assert LotForm(procedure=draft).fields["number"].initial == 3


# -- codes, rules and the time after the term -----------------------------------------------------


def test_additional_codes_are_read_one_by_one_and_may_lie_outside_annex_v(clock):
    form = ProcedureForm(WRITTEN | {"additional_cpv": "80500000-9\n79600000-0, 80500000-9"})

    assert form.is_valid()
    assert form.cleaned_data["additional_cpv"] == ["80500000-9", "79600000-0"]


def test_an_additional_code_with_a_wrong_digit_or_the_main_one_is_refused(clock):
    assert errors(additional_cpv="80500000-8") == {
        "additional_cpv": ["80500000-8: Het controlecijfer van deze CPV-code klopt niet."]
    }
    assert errors(additional_cpv="79611000-0") == {"additional_cpv": ["De hoofdcode staat al hierboven."]}


def test_in_the_full_regime_every_rule_holds_whatever_was_ticked(clock):
    form = ProcedureForm(WRITTEN | {"regime": "full_title_4", "own_rules": []})

    assert form.is_valid()
    assert form.cleaned_data["own_rules"] == WRITTEN["own_rules"]


def test_a_short_term_is_only_a_warning_where_the_minimum_was_not_adopted(clock):
    assert errors(applications_deadline_0="10/03/2026", own_rules=["selection"]) == {}


def test_dates_after_the_term_are_filled_in_from_the_reference_table(clock):
    form = ProcedureForm(WRITTEN)

    assert form.is_valid()
    assert form.cleaned_data["intake_until"] == dt.date(2031, 6, 30)
    assert form.cleaned_data["performance_until"] == dt.date(2032, 6, 30)


def test_dates_in_the_wrong_order_are_refused_next_to_their_field(clock):
    ground = "(het bekendgemaakte verloop van de procedure)"

    assert errors(intake_until="01/01/2027") == {
        "intake_until": [f"Kies een dag na het begin van de concessie en ten laatste op haar einde. {ground}"]
    }
    assert errors(performance_until="30/12/2031") == {
        "performance_until": [f"Deze dag ligt voor het einde van de concessie. {ground}"]
    }
