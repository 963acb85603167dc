"""What the pages of lists share: filters that read as a sentence, an order without ties, fifty rows a page, a file."""

import operator
from functools import reduce

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

from lifecycle.spreadsheets import EXPORTS, as_file

# A longer search is cut off: nobody types it, and every word costs the database a look at every row.
MOST_WORDS = 8


class StableOrder(django_filters.OrderingFilter):
    """What is equal in the chosen order stands in the usual one, so that no row falls between two pages."""

    def filter(self, qs, value):
        chosen = super().filter(qs, value)
        return chosen.order_by(*chosen.query.order_by, *chosen.model._meta.ordering, "pk")


class TextFilter(django_filters.CharFilter):
    """Every word must stand in one of these columns; `method` on the filter set searches in another way."""

    def __init__(self, *columns, **options):
        options.setdefault("label", _("en de tekst"))
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)
        self.columns = columns

    def filter(self, qs, value):
        for word in (value or "").split()[:MOST_WORDS]:
            qs = qs.filter(reduce(operator.or_, (Q(**{f"{column}__icontains": word}) for column in self.columns)))
        return qs


class ListPage(FilterView):
    """A list of what this person may see; a filter that makes no sense shows everything with the error beside it.

    With a `resource` the list as it is filtered can be had as a file called `file_name`. `model` needs a queryset with
    `visible_to(user)`; `components/list.html` shows the rest.
    """

    paginate_by = 50
    strict = False
    title = ""
    intro = ""
    counted = ""
    default_order = ""
    related = ()
    resource = None
    file_name = ""

    def get_queryset(self):
        # The usual order, said aloud: Django forgets it where rows are counted along.
        usual = self.model._meta.ordering
        return self.model.objects.visible_to(self.request.user).select_related(*self.related).order_by(*usual)

    def exports(self):
        """The kinds of file that this person may have of the list."""
        return EXPORTS if self.resource else []

    def get(self, request, *args, **kwargs):
        form = request.GET.get("export")
        if form is None:
            return super().get(request, *args, **kwargs)
        if form not in dict(self.exports()):
            raise PermissionDenied
        shown = self.get_filterset(self.filterset_class).qs
        return as_file(self.resource().export(shown), self.file_name, form)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {
            "title": self.title,
            "intro": self.intro,
            "counted": self.counted,
            "default_order": self.default_order,
            "exports": self.exports(),
        }
