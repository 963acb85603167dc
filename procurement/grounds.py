"""The legal grounds of a concession procedure, named once.

`CONCESSIONS` is the act of 17 June 2016 on concession contracts, `REMEDIES` the act of 17 June 2013 on reasons,
information and remedies. In the light regime (art. 34) arts 45 to 48 bind only because the authority published them.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import law, policy, published_rule

_CONCESSIONS = _("wet van 17 juni 2016 betreffende de concessieovereenkomsten")
_REMEDIES = _("wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen")


def concessions(article):
    """An article of the act of 17 June 2016 on concession contracts."""
    return law(format_lazy("{}, {}", article, _CONCESSIONS))


def remedies(article):
    """An article of the act of 17 June 2013 on reasons, information and remedies."""
    return law(format_lazy("{}, {}", article, _REMEDIES))


CHANGES = published_rule(_("de bekendgemaakte regels over wijzigingen en verlengingen"))
OUTAGES = published_rule(_("de bekendgemaakte regel over storingen"))
PROCEDURE = published_rule(_("het bekendgemaakte verloop van de procedure"))
SOUND_ADMINISTRATION = law(_("beginselen van behoorlijk bestuur"))
OWN_PRACTICE = policy(_("eigen werkwijze van de aanbesteder"))
DELEGATION = published_rule(_("delegatiebesluit van de aanbesteder"))
