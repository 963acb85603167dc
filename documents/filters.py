"""The filter of the list of documents, which reads as a sentence."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from documents import kinds
from documents.models import Document
from lifecycle.lists import TextFilter


class DocumentFilter(django_filters.FilterSet):
    """Toon documenten *van dossier ...*, *van de soort ...*, *met de tekst ...*, *aangetekend te versturen*."""

    dossier = django_filters.CharFilter(
        label=_("van dossier"),
        field_name="number",
        lookup_expr="istartswith",
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 10}),
    )
    kind = django_filters.ChoiceFilter(label=_("van de soort"), empty_label=_("om het even welke"))
    text = TextFilter("number", "title")
    # A choice and no box to tick: it reads as a part of the sentence.
    to_register = django_filters.ChoiceFilter(
        label=_("met verzending"),
        choices=[("true", _("nog aangetekend te versturen"))],
        empty_label=_("om het even welke"),
        method="only_to_register",
    )

    class Meta:
        model = Document
        fields = ["kind"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        titles = sorted((str(kind.title), kind.code) for kind in kinds.registered())
        self.filters["kind"].extra["choices"] = [(code, title) for title, code in titles]
        if not self.request.user.has_perm("documents.view_document"):
            del self.filters["to_register"]

    def only_to_register(self, found, _name, wanted):
        """Documents with a letter that went out electronically and waits for the post (act of 17 June 2013, art. 9/1)."""
        return found.owed_by_post() if wanted else found
