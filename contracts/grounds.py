"""The legal grounds of the contract stage, named once."""

from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import law, published_rule
from procurement.grounds import SOUND_ADMINISTRATION, concessions

CONTRACT = published_rule(_("de overeenkomst en de concessiedocumenten"))
OFFER = published_rule(_("de gegunde offerte"))
OPEN_HOUSE = published_rule(_("de bekendgemaakte toelatingsvoorwaarden"))
REASONS = law(
    _("wet van 29 juli 1991 betreffende de uitdrukkelijke motivering van de bestuurshandelingen, art. 2 en 3")
)
CONCLUSION = concessions("art. 56")
TERM = concessions("art. 37")
AMENDMENT = law(
    _("richtlijn 2014/23/EU, art. 43; wet van 17 juni 2016 betreffende de concessieovereenkomsten, art. 57")
)

__all__ = [
    "AMENDMENT",
    "CONCLUSION",
    "CONTRACT",
    "OFFER",
    "OPEN_HOUSE",
    "REASONS",
    "SOUND_ADMINISTRATION",
    "TERM",
]
