"""The timetable as a form: a field for every date that can be moved, and a form for one milestone and what it hangs on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.forms.fields import DayField, MomentField, MomentWidget
from procurement.timetable import Link
from procurement.timetable.standard import Hour

REQUIRED = frozenset({"term_start", "term_end"})


class DayAndMaybeHourWidget(MomentWidget):
    def decompress(self, value):
        return super().decompress(value) if value is None or hasattr(value, "hour") else [value, None]


class DayAndMaybeHourField(MomentField):
    """A day, with an hour if it has one."""

    widget = DayAndMaybeHourWidget

    def compress(self, data_list):
        day, hour = data_list or (None, None)
        if hour is None or day is None:
            if hour is not None:
                raise forms.ValidationError(self.error_messages["invalid_date"], code="invalid_date")
            return day
        return super().compress(data_list)


FIELDS = {Hour.NEVER: DayField, Hour.MAY: DayAndMaybeHourField, Hour.MUST: MomentField}


def field_for(planned, **options):
    return FIELDS[planned.hour](label=planned.label, help_text="", **options)


class PlanningForm(forms.Form):
    """`planned`: the milestones as they stand. What is fixed, computed or hangs on another has no field."""

    def __init__(self, data=None, *, planned):
        super().__init__(data, initial={each.code: each.moment for each in planned})
        for each in planned:
            if not (each.fixed or each.link or (each.standard and each.standard.computed)):
                self.fields[each.code] = field_for(each, required=each.code in REQUIRED)

    @property
    def changes(self) -> dict:
        """What was typed, by code."""
        return {code: self.cleaned_data[code] for code in self.fields if code in self.cleaned_data}

    def refuse(self, timetable):
        """Put every rule that a date breaks next to its field; what moved along has none and stands above."""
        for line in timetable.refused:
            for finding in line.blocking:
                if line.code in self.fields:
                    self.add_error(line.code, str(finding))
                else:
                    self.add_error(None, f"{line.planned.label}: {finding}")


class MilestoneForm(forms.Form):
    """One milestone: its own name if it is no standard one, its date, or on which other one it hangs."""

    title = forms.CharField(label=_("Naam"), max_length=120)
    moment = DayAndMaybeHourField(
        label=_("Datum"), required=False, help_text=_("Leeg als de datum volgt uit een andere mijlpaal.")
    )
    link_to = forms.ChoiceField(label=_("Schuift mee met"), required=False)
    link_count = forms.IntegerField(label=_("Hoeveel dagen"), required=False, min_value=0, max_value=3650)
    link_unit = forms.ChoiceField(
        label=_("Soort dagen"),
        required=False,
        choices=[("days", _("kalenderdagen")), ("working_days", _("werkdagen"))],
    )
    link_side = forms.ChoiceField(
        label=_("Ervoor of erna"), required=False, choices=[("after", _("erna")), ("before", _("ervoor"))]
    )
    public = forms.BooleanField(label=_("Ook kandidaten zien deze mijlpaal"), required=False)

    def __init__(self, data=None, *, planned, others):
        super().__init__(data, initial=_initial(planned))
        names = [(each.code, each.label) for each in others if planned is None or each.code != planned.code]
        self.fields["link_to"].choices = [("", _("niets: de datum staat vast")), *names]
        if planned and planned.standard:
            del self.fields["title"], self.fields["public"]
            self.fields["moment"] = field_for(planned, required=False)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("link_to") and data.get("link_count") is None and "link_count" not in self.errors:
            self.add_error("link_count", _("Geef het aantal dagen."))
        if not data.get("link_to") and "moment" in data and data["moment"] is None:
            self.add_error("moment", _("Geef een datum, of kies waarmee de mijlpaal meeschuift."))

    @property
    def link(self) -> Link | None:
        data = self.cleaned_data
        if not data["link_to"]:
            return None
        sign = -1 if data["link_side"] == "before" else 1
        return Link(data["link_to"], sign * data["link_count"], working=data["link_unit"] == "working_days")


def _initial(planned):
    if planned is None:
        return {}
    link = planned.link
    found = {"title": planned.label, "moment": planned.moment, "public": planned.public}
    if link:
        found |= {
            "link_to": link.to,
            "link_count": abs(link.days),
            "link_unit": "working_days" if link.working else "days",
            "link_side": "before" if link.days < 0 else "after",
        }
    return found
