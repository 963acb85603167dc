"""What an officer writes while a procedure is a draft: its facts, lots, criteria and conditions."""

import datetime as dt
from copy import copy

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db.models import Sum
from django.forms.models import construct_instance
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from lifecycle import clock, timelimits
from lifecycle.templatetags.lifecycle import when
from procurement import guards, own_rules
from procurement.cpv import in_light_regime, validate_cpv
from procurement.forms.fields import AmountField, CodesField, DayField, MomentField, written_out
from procurement.grounds import PROCEDURE, concessions
from procurement.models import AwardCriterion, Lot, Procedure, SelectionCondition
from procurement.models.terms import intake_proposed, performance_proposed


def with_ground(sentence, ground):
    """A sentence with the rule that it rests on, as an error next to a field says it."""
    return format_lazy("{} ({})", sentence, ground)


def refuse(form, field, reason):
    """Put a guard's reason, if there is one, next to the field that it is about. A policy only warns, at the step itself."""
    if reason is not None and reason.ground.blocks:
        form.add_error(field, with_ground(reason.sentence, reason.ground))


# Longer than any guide needs, and short enough to stay a page.
LONGEST_TEXT = 20_000
# What stands on every paper and in addresses: no blanks, no signs of markup.
NUMBER = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9./_-]*$", _("Gebruik letters, cijfers, punten, streepjes en schuine strepen.")
)


class ProcedureForm(forms.ModelForm):
    """The facts of a procedure: a draft may have gaps, but nothing that can never become lawful."""

    PANELS = [
        (_("Wat"), ["number", "title_nl", "title_en", "subject_nl", "subject_en"]),
        (_("Regime en regels"), ["regime", "cpv", "additional_cpv", "own_rules", "operating_risk_memo"]),
        (
            _("Looptijd"),
            [
                "term_start",
                "term_end",
                "recoupment_justification",
                "intake_until",
                "performance_until",
                "performance_memo",
            ],
        ),
        (_("Percelen per kandidaat"), ["max_lots_applied", "max_lots_awarded"]),
        (
            _("Planning"),
            ["applications_deadline", "invitation_planned_on", "award_planned_on", "conclusion_planned_on"],
        ),
    ]

    # The dates of the course in their order.
    COURSE = [
        "applications_deadline",
        "invitation_planned_on",
        "award_planned_on",
        "conclusion_planned_on",
        "term_start",
    ]

    cpv = forms.CharField(
        label=_("Hoofdcode CPV"),
        max_length=10,
        validators=[validate_cpv],
        help_text=_("Acht cijfers, een streepje en het controlecijfer, bijvoorbeeld 79611000-0 (zoeken van banen)."),
    )
    additional_cpv = CodesField(
        label=_("Bijkomende CPV-codes"),
        required=False,
        help_text=_(
            "Eén code per regel. In een gemengde concessie beslist het deel met de hoogste waarde over het regime (art. 18, "
            "tweede lid): dat deel is de hoofdcode; bijkomende codes mogen buiten bijlage V liggen."
        ),
    )
    own_rules = forms.MultipleChoiceField(
        label=_("Eigen regels"),
        required=False,
        choices=[(rule.code, format_lazy("{}: {}", rule.label, rule.meaning)) for rule in own_rules.RULES.values()],
        initial=own_rules.every_code,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "In het licht regime bindt u zich aan wat u hier aanvinkt, zodra het bekendgemaakt is. In het volledig regime "
            "gelden ze alle, door de wet."
        ),
    )
    term_start = DayField(label=_("Begin van de concessie"))
    term_end = DayField(label=_("Einde van de concessie"), help_text=_("De laatste dag, bijvoorbeeld 31/12/2031."))
    intake_until = DayField(
        label=_("Nieuwe klanten tot en met"),
        required=False,
        help_text=_("Leeg: zoals de referentietabel het voorstelt."),
    )
    performance_until = DayField(
        label=_("Nazorg en afrekening tot en met"),
        required=False,
        help_text=_(
            "Leeg: zoals de referentietabel het voorstelt. Deze tijd telt niet mee voor de 60 maanden (art. 37)."
        ),
    )
    applications_deadline = MomentField(label=_("Uiterste datum voor aanvragen"), required=False)
    invitation_planned_on = DayField(label=_("Concessiedocumenten gepland op"), required=False)
    award_planned_on = DayField(label=_("Gunning gepland op"), required=False)
    conclusion_planned_on = DayField(label=_("Sluiting gepland op"), required=False)

    class Meta:
        model = Procedure
        fields = (
            "number title_nl title_en subject_nl subject_en regime cpv additional_cpv own_rules "
            "operating_risk_memo term_start term_end recoupment_justification intake_until performance_until "
            "performance_memo max_lots_applied max_lots_awarded applications_deadline "
            "invitation_planned_on award_planned_on conclusion_planned_on"
        ).split()
        widgets = {
            "subject_nl": written_out(6),
            "subject_en": written_out(6),
            "regime": forms.RadioSelect,
            "operating_risk_memo": written_out(6),
            "recoupment_justification": written_out(4),
            "performance_memo": written_out(4),
        }
        help_texts = {
            "number": _("Zoals het op elk stuk staat, bijvoorbeeld 2026-001."),
            "subject_nl": _("Wat de concessiehouder doet en voor wie. Deze tekst staat in de selectieleidraad."),
            "title_en": _("Een vertaling uit hoffelijkheid; de Nederlandse tekst telt."),
            "operating_risk_memo": _("Waarom het exploitatierisico bij de concessiehouder ligt (art. 2, 7°)."),
            "max_lots_applied": _(
                "Voor hoeveel percelen één kandidaat hoogstens een aanvraag indient. Leeg: voor alle."
            ),
            "max_lots_awarded": _(
                "Hoeveel percelen één inschrijver hoogstens krijgt. Leeg: geen maximum. Beide getallen worden bekendgemaakt."
            ),
            "recoupment_justification": _("Alleen nodig wanneer de looptijd langer is dan 60 maanden (art. 37)."),
            "performance_memo": _("Wat na de looptijd nog gebeurt en waarom dat geen verlenging is."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # A regime is chosen knowingly: no choice is offered that means nothing.
        self.fields["regime"].choices = Procedure.Regime.choices
        self.fields["number"].validators.append(NUMBER)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        days = timelimits.days("applications-minimum-days")
        earliest = timelimits.earliest_deadline(clock.today(), days=days)
        words = _(
            "Minstens {} dagen na de verzending van de aankondiging: wordt ze vandaag verzonden, dan ten vroegste {}."
        )
        self.fields["applications_deadline"].help_text = format_lazy(words, days, when(earliest))

    @property
    def panels(self):
        return [(title, [self[name] for name in names]) for title, names in self.PANELS]

    def clean(self):
        super().clean()
        self._clean_regime()
        self._clean_term()
        self._clean_limits()
        self._clean_deadline()
        self._clean_order()

    def _clean_regime(self):
        regime, cpv = self.cleaned_data.get("regime"), self.cleaned_data.get("cpv")
        if regime == Procedure.Regime.LIGHT and cpv and not in_light_regime(cpv):
            sentence = _("Deze code staat niet in bijlage V: het licht regime geldt er niet voor.")
            self.add_error("cpv", with_ground(sentence, concessions(_("art. 34, § 1, en bijlage V"))))
        if regime == Procedure.Regime.FULL:
            self.cleaned_data["own_rules"] = own_rules.every_code()
        if cpv and cpv in self.cleaned_data.get("additional_cpv", []):
            self.add_error("additional_cpv", _("De hoofdcode staat al hierboven."))

    def _clean_term(self):
        start, end = self.cleaned_data.get("term_start"), self.cleaned_data.get("term_end")
        if start and end and end <= start:
            sentence = _("Het einde ligt niet na het begin van de concessie.")
            self.add_error("term_end", with_ground(sentence, concessions("art. 37")))
        elif start and end:
            self._clean_after_the_term(start, end)
            refuse(self, "recoupment_justification", guards.term_is_justified.reason(self._as_written(), {}))

    def _clean_limits(self):
        applied, awarded = self.cleaned_data.get("max_lots_applied"), self.cleaned_data.get("max_lots_awarded")
        if applied and awarded and awarded > applied:
            sentence = _("Er kunnen niet meer percelen gegund worden dan waarvoor een kandidaat mag indienen.")
            self.add_error("max_lots_awarded", with_ground(sentence, PROCEDURE))

    def _clean_after_the_term(self, start, end):
        """No new customers after a day within the term; after-care and settlement from its end on."""
        if "intake_until" in self.cleaned_data:
            last = self.cleaned_data["intake_until"] or intake_proposed(start, end)
            self.cleaned_data["intake_until"] = last
            if not start < last <= end:
                sentence = _("Kies een dag na het begin van de concessie en ten laatste op haar einde.")
                self.add_error("intake_until", with_ground(sentence, guards.dates_are_in_order.ground))
        if "performance_until" in self.cleaned_data:
            last = self.cleaned_data["performance_until"] or performance_proposed(end)
            self.cleaned_data["performance_until"] = last
            if last < end:
                sentence = _("Deze dag ligt voor het einde van de concessie.")
                self.add_error("performance_until", with_ground(sentence, guards.dates_are_in_order.ground))

    def _clean_deadline(self):
        deadline = self.cleaned_data.get("applications_deadline")
        if deadline is None:
            return
        written = self._as_written()
        if deadline <= clock.now():
            refuse(self, "applications_deadline", guards.has_applications_deadline.reason(written, {}))
        else:
            reason = guards.applications_deadline_leaves_the_minimum.reason(written, {})
            refuse(self, "applications_deadline", reason)

    def _clean_order(self):
        """Each date of the published course comes on or after the one before it; a day that is over is no plan."""
        last = None
        for name in self.COURSE:
            value = self.cleaned_data.get(name)
            if value is None:
                continue
            day = clock.local_date(value) if isinstance(value, dt.datetime) else value
            if last and day < last[1]:
                sentence = format_lazy(
                    _("Dit ligt vóór “{}” ({}), dat eerst komt."), self.fields[last[0]].label, f"{last[1]:%d/%m/%Y}"
                )
                self.add_error(name, with_ground(sentence, PROCEDURE))
            elif name.endswith("planned_on") and name in self.changed_data and day < clock.today():
                self.add_error(name, with_ground(_("Deze dag is voorbij."), PROCEDURE))
            last = name, day

    def _as_written(self):
        """The procedure as it would be, for the guards; the record itself is changed once everything is right."""
        return construct_instance(self, copy(self.instance), self._meta.fields)


class LotForm(forms.ModelForm):
    """One product in one area, of one procedure."""

    # Empty in the database only until it is asked here: the selection guide names the value of every lot.
    estimated_value = AmountField(label=_("Geraamde waarde (EUR, exclusief btw)"))

    class Meta:
        model = Lot
        fields = ["number", "product", "area", "max_concessionaires", "estimated_value", "is_reserved"]
        help_texts = {"max_concessionaires": _("Hoeveel partners hoogstens gekozen worden.")}
        labels = {"is_reserved": _("Voorbehouden perceel")}

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = self.instance.procedure = procedure
        self.fields["product"].queryset = Product.objects.filter(way=Product.Way.CONCESSION)
        words = _(
            "Alleen voor beschutte werkplaatsen en ondernemingen met minstens {} % werknemers met een handicap of een "
            "achterstand (art. 33)."
        )
        self.fields["is_reserved"].help_text = format_lazy(words, timelimits.days("reserved-workers-percent"))
        if self.instance.pk is None:
            self.fields["number"].initial = (
                procedure.lots.order_by("-number").values_list("number", flat=True).first() or 0
            ) + 1

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number < 1:
            raise forms.ValidationError(_("Percelen worden genummerd vanaf 1."))
        return number

    def clean_max_concessionaires(self):
        count = self.cleaned_data["max_concessionaires"]
        if count < 1:
            raise forms.ValidationError(_("Een perceel heeft minstens één concessiehouder."))
        return count

    def clean_estimated_value(self):
        value = self.cleaned_data["estimated_value"]
        if value is not None and value <= 0:
            raise forms.ValidationError(with_ground(_("De geraamde waarde is groter dan nul."), concessions("art. 35")))
        return value

    def clean(self):
        super().clean()
        self._clean_sum()
        self._clean_once()

    def _clean_sum(self):
        """The value of the concession is that of all its lots together (art. 36)."""
        value, whole = self.cleaned_data.get("estimated_value"), self.procedure.estimated_value
        others = self.procedure.lots.exclude(pk=self.instance.pk).aggregate(sum=Sum("estimated_value"))["sum"] or 0
        if value and whole and others + value > whole:
            sentence = _("De percelen samen zijn dan meer waard dan de geraamde waarde van de procedure.")
            self.add_error("estimated_value", with_ground(sentence, concessions("art. 36")))

    def _clean_once(self):
        others = self.procedure.lots.exclude(pk=self.instance.pk)
        data = self.cleaned_data
        if others.filter(number=data.get("number")).exists():
            self.add_error("number", _("Er is al een perceel met dit nummer."))
        if others.filter(product=data.get("product"), area=data.get("area")).exists():
            self.add_error("area", _("Dit product heeft in dit gebied al een perceel."))


class CriterionForm(forms.ModelForm):
    """One award criterion in its rank."""

    class Meta:
        model = AwardCriterion
        fields = ["rank", "title_nl", "title_en", "text_nl", "weight"]
        widgets = {"text_nl": written_out(3)}
        help_texts = {
            "rank": _("In dalende volgorde van belang, zonder gaten (art. 55, § 3)."),
            "weight": _("Voor alle criteria of voor geen enkel, samen 100. Leeg: alleen de rangorde telt."),
        }

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = self.instance.procedure = procedure
        if self.instance.pk is None:
            self.fields["rank"].initial = procedure.award_criteria.count() + 1

    def clean_rank(self):
        rank = self.cleaned_data["rank"]
        if self.procedure.award_criteria.exclude(pk=self.instance.pk).filter(rank=rank).exists():
            raise forms.ValidationError(
                with_ground(_("Er is al een criterium met deze rang."), concessions("art. 55, § 3"))
            )
        return rank


class ConditionForm(forms.ModelForm):
    """One selection condition with the evidence that is asked for it."""

    class Meta:
        model = SelectionCondition
        fields = ["code", "title_nl", "title_en", "text_nl", "evidence_nl"]
        widgets = {"text_nl": written_out(3), "evidence_nl": written_out(3)}
        help_texts = {
            "code": _("Kort, bijvoorbeeld S1: zo verwijst de beslissing ernaar."),
            "evidence_nl": _("Wat de kandidaat voorlegt om aan te tonen dat hij voldoet (art. 48)."),
        }

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = self.instance.procedure = procedure

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if self.procedure.selection_conditions.exclude(pk=self.instance.pk).filter(code=code).exists():
            raise forms.ValidationError(_("Er is al een voorwaarde met deze code."))
        return code
