"""How the facts of Open House are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from admission.models import Admission, Call
from catalogue.models import Product

FACTS = {
    "call": _("Oproep"),
    "product": _("Flankerende actie"),
    "version": _("Versie van de voorwaarden"),
    "admission.number": _("Versie"),
    "applies_from": _("Geldt vanaf"),
    "digest": _("Vingerafdruk"),
    "items": _("Punten van de checklist"),
    "condition": _("Voorwaarde"),
    "agreement_accepted": _("Overeenkomst aanvaard"),
    "results": _("Resultaat per voorwaarde"),
    "no_interest": _("Verklaard geen belang te hebben"),
    "statement": _("Reactie (vingerafdruk)"),
    "answer": _("Antwoord op de reactie (vingerafdruk)"),
    "active_from": _("Toegelaten vanaf"),
}

CODES = {"ground": dict(Admission.Ground.choices)}

PUBLIC = [Call, Product]
