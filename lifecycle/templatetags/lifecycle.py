"""Dates, deadlines, states and columns as every page writes them. A builtin: no `{% load %}` needed."""

import datetime as dt

from django import template
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lifecycle import clock, dates

register = template.Library()


# -- moments ------------------------------------------------------------------------------------


@register.filter
def when(moment, form=""):
    """`ma 16 nov 2026, 10.00 u`, in Belgian time; `{{ moment|when:"long" }}` writes the names in full.

    `second` adds the second (receipts), `plain` leaves out the day of the week. A plain date is written without an hour.
    """
    return dates.moment_in_words(moment, form) if moment else ""


@register.filter
def until(moment):
    """A moment that ends something: midnight belongs to the day before (`ma 16 nov 2026, 24.00 u`)."""
    return dates.end_in_words(moment) if moment else ""


@register.filter
def dag(day, form=""):
    """`ma 16 nov 2026`; `{{ day|dag:"long" }}` is `maandag 16 november 2026`. A moment gives its day in Belgium."""
    if not day:
        return ""
    return dates.day_in_words(clock.local_date(day) if isinstance(day, dt.datetime) else day, form)


@register.filter
def left(deadline):
    """What is left until a deadline: `nog 2 dagen 3 uur`, `nog 40 minuten`, or `voorbij`. A date ends at its midnight."""
    if not deadline:
        return ""
    if not isinstance(deadline, dt.datetime):
        deadline = clock.at(deadline + dt.timedelta(days=1))
    rest = deadline - clock.now()
    if rest <= dt.timedelta(0):
        return _("voorbij")
    minutes = int(rest.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = []
    if days:
        parts.append(ngettext("%(count)d dag", "%(count)d dagen", days) % {"count": days})
    if hours and days < 14:
        parts.append(_("%(count)d uur") % {"count": hours})
    if not days and hours < 6 and minutes % 60:
        parts.append(ngettext("%(count)d minuut", "%(count)d minuten", minutes % 60) % {"count": minutes % 60})
    return _("nog %(rest)s") % {"rest": " ".join(parts) or _("minder dan een minuut")}


@register.filter
def due(deadline):
    """What is left for a duty: `vandaag` on its last day, `te laat` after it, else as `left`."""
    if isinstance(deadline, dt.datetime) or not deadline or deadline > clock.today():
        return left(deadline)
    return _("vandaag") if deadline == clock.today() else _("te laat")


@register.filter
def left_days(deadline):
    """Whole days until a deadline, for what has to stand out; negative once it is over."""
    moment = deadline if isinstance(deadline, dt.datetime) else clock.at(deadline + dt.timedelta(days=1))
    return (moment - clock.now()).days


@register.filter
def iso(moment):
    """The value of `<time datetime=...>`."""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(clock.BRUSSELS).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.filter
def ago(moment):
    """Whether a moment, or a whole day, is over: for `{% if deadline|ago %}`."""
    if isinstance(moment, dt.datetime):
        return moment <= clock.now()
    return bool(moment) and moment < clock.today()


# -- amounts and sizes --------------------------------------------------------------------------


@register.filter
def size(count):
    """`84 kB`: a number of bytes as people read it, in powers of ten."""
    if count is None or count == "":
        return ""
    for unit, power in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= power:
            decimals = 1 if count < 10 * power and unit != "kB" else 0
            return f"{formats.number_format(round(count / power, decimals), decimal_pos=decimals)} {unit}"
    return ngettext("%(count)d byte", "%(count)d bytes", count) % {"count": count}


@register.filter
def euro(amount):
    """`€ 1.250.000,00`, with a space that does not break."""
    if amount is None or amount == "":
        return ""
    return f"€\N{NO-BREAK SPACE}{formats.number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)}"


# -- states -------------------------------------------------------------------------------------


@register.inclusion_tag("components/tag.html", takes_context=True)
def state_tag(context, record):
    """The state of a record as one tag: its word and its tone, as far as who looks may know of it."""
    request = getattr(context, "request", None)
    return record.tag_for(getattr(request, "user", None))


# -- lists --------------------------------------------------------------------------------------


@register.inclusion_tag("components/column.html", takes_context=True)
def column(context, label, sort=None, kind=""):
    """The head of a column. With `sort` it is a link that sorts by that name, and the other way round at a second click.

    The order travels as `?order=name` or `?order=-name`, the way of `django_filters.OrderingFilter`.
    """
    if sort is None:
        return {"label": label, "kind": kind}
    query = context["request"].GET.copy()
    query.pop("page", None)
    present = query.get("order") or context.get("default_order", "")
    query["order"] = f"-{sort}" if present == sort else sort
    direction = {sort: "ascending", f"-{sort}": "descending"}.get(present, "none")
    return {"label": label, "kind": kind, "url": f"?{query.urlencode()}", "direction": direction}


@register.simple_tag(takes_context=True)
def page_url(context, number):
    """The address of another page of the same list, with its filters."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def export_url(context, name):
    """The address of the same list as a file, with its filters: `?...&export=name`."""
    query = {key: value for key, value in context["request"].GET.items() if key != "page"}
    return "?" + urlencode(query | {"export": name})


@register.filter
def page_numbers(page):
    """The numbers under a list: the first, the last, those around this one, and an ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


# -- forms --------------------------------------------------------------------------------------


@register.simple_tag
def described_widget(field):
    """A bound field's widget with GOV.UK's class; Django itself ties it to its hint and error by `aria-describedby`."""
    widget = field.field.widget
    kind = WIDGET_CLASSES.get(getattr(widget, "input_type", None) or type(widget).__name__.lower(), "govuk-input")
    more = MORE_CLASSES.get(type(widget).__name__, "") if not widget.attrs.get("class") else ""
    classes = [widget.attrs.get("class", ""), kind, more, f"{kind}--error" if field.errors else ""]
    # A label above the field says what it asks; a placeholder would say it again, in grey.
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), "placeholder": False})


WIDGET_CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "selectmultiple": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "radio": "govuk-radios__input",
    "file": "govuk-file-upload",
}
MORE_CLASSES = {
    "PasswordInput": "govuk-password-input__input govuk-js-password-input-input",
    "DateInput": "govuk-input--width-10",
    "DateTimeInput": "govuk-input--width-20",
    "NumberInput": "govuk-input--width-10",
    "TimeInput": "govuk-input--width-5",
}


@register.filter
def widget_kind(field):
    """Which markup a bound field needs: checkbox, options, file, password, hidden or plain."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if getattr(widget, "allow_multiple_selected", None) is not None and kind in ("checkbox", "radio"):
        return "options"
    return kind if kind in ("checkbox", "file", "password", "hidden") else "plain"


@register.filter
def first_input_id(field):
    """Where the error summary jumps to: the input, or the first one of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


# -- documents ----------------------------------------------------------------------------------


@register.filter
def being_made(documents):
    """Whether one of these documents is still being made, so that the list has to look again."""
    return any(document.is_being_made for document in documents)
