"""The legal grounds of an Open House scheme, named once.

There is no statute of its own: the Court of Justice drew the line in Falk Pharma (C-410/14) and Tirkkonen (C-9/17). It is
no public contract as long as the authority never chooses; the rest is equality, transparency and sound administration.
"""

from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import law, published_rule

OPEN_HOUSE = law(_("HvJ 2 juni 2016, C-410/14 (Falk Pharma); HvJ 1 maart 2018, C-9/17 (Tirkkonen)"))
EQUALITY = law(_("gelijkheidsbeginsel en transparantieplicht"))
SOUND_ADMINISTRATION = law(_("beginselen van behoorlijk bestuur"))
REASONS = law(
    _("wet van 29 juli 1991 betreffende de uitdrukkelijke motivering van de bestuurshandelingen, art. 2 en 3")
)
HEARING = law(_("beginsel van behoorlijk bestuur: recht om gehoord te worden"))
CONDITIONS = published_rule(_("de bekendgemaakte toelatingsvoorwaarden"))
PROCEDURE = published_rule(_("de bekendgemaakte toelatingsprocedure"))
