"""Dates, moments and amounts as people in Belgium write them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from procurement.cpv import validate_cpv

DAY = "%d/%m/%Y"
DAYS_READ = [DAY, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
HOUR = "%H.%M"
HOURS_READ = [HOUR, "%H:%M", "%Hu%M", "%Hu", "%H"]


class DayField(forms.DateField):
    """A day: 16/11/2026."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format=DAY, attrs={"autocomplete": "off", "inputmode": "numeric"}))
        options.setdefault("help_text", _("Dag/maand/jaar, bijvoorbeeld 16/11/2026."))
        super().__init__(input_formats=DAYS_READ, **options)


class HourField(forms.TimeField):
    """An hour in Belgium: 14.30."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TimeInput(format=HOUR, attrs={"autocomplete": "off"}))
        options.setdefault(
            "help_text", _("Uur in Belgische tijd, bijvoorbeeld 14.30; leeg als alleen de dag bekend is.")
        )
        super().__init__(input_formats=HOURS_READ, **options)


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and an hour next to each other, each with its own label."""

    template_name = "procurement/widgets/moment.html"

    def __init__(self):
        super().__init__(date_format=DAY, time_format=HOUR)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        day, hour = context["widget"]["subwidgets"]
        day["label"], hour["label"] = _("Dag"), _("Uur")
        for part, width in ((day, 10), (hour, 5)):
            part["attrs"]["class"] = f"{part['attrs'].get('class', '')} govuk-input--width-{width}"
        return context


class MomentField(forms.SplitDateTimeField):
    """A day and an hour in Belgium: 19/03/2026 and 12.00. A deadline is always a whole minute."""

    widget = MomentWidget

    def __init__(self, **options):
        options.setdefault("help_text", _("Dag/maand/jaar en uur in Belgische tijd, bijvoorbeeld 19/03/2026 en 12.00."))
        super().__init__(input_date_formats=DAYS_READ, input_time_formats=HOURS_READ, **options)


class AmountField(forms.DecimalField):
    """An amount in euro, as 1.250.000,50 or 1250000.50."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=14, decimal_places=2, **options)

    def to_python(self, value):
        return super().to_python(_plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value):
        return f"{value:.2f}".replace(".", ",") if hasattr(value, "as_tuple") else value


class CodesField(forms.CharField):
    """Several CPV codes, one a line; each with its check digit, none twice."""

    def __init__(self, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**options)

    def to_python(self, value):
        codes = re.split(r"[\s,;]+", super().to_python(value))
        return list(dict.fromkeys(code for code in codes if code))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def run_validators(self, value):
        for code in value:
            try:
                validate_cpv(code)
            except ValidationError as error:
                raise ValidationError(format_lazy("{}: {}", code, error.messages[0]), error.code) from error

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


def written_out(rows=5):
    """A text of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def _plain_number(text) -> str:
    """The number as a computer writes it: the last separator is the decimal one, unless it can only be a thousands one."""
    text = text.replace("€", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    mark = max(".,", key=text.rfind)
    thousands = "," if mark == "." else "."
    alone = thousands not in text
    whole, _mark, rest = text.rpartition(mark)
    if text.count(mark) > 1 or (alone and mark == "." and len(rest) == 3):
        return text.replace(mark, "").replace(thousands, "")
    return text.replace(thousands, "").replace(mark, ".") if whole else text
