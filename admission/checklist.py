"""The checklist that a lawyer signs before a call is published: as long as all of it holds, nobody is chosen."""

from django.utils.translation import gettext_lazy as _

ITEMS = {
    "OH-01": _("De voorwaarden, de bewijzen, de vergoedingen en de overeenkomst worden volledig vooraf bekendgemaakt."),
    "OH-02": _("Elke voorwaarde is voldaan of niet voldaan; nergens worden punten of rangen gegeven."),
    "OH-03": _("Wie alle voorwaarden vervult, wordt toegelaten; wie er een niet vervult, niet. Er is geen derde weg."),
    "OH-04": _("Er is geen maximum: niet per oproep, niet per streek, niet per partner."),
    "OH-05": _("Aanvragers worden nooit met elkaar vergeleken."),
    "OH-06": _("Over de overeenkomst en de vergoedingen wordt niet onderhandeld: ze zijn voor iedereen gelijk."),
    "OH-07": _(
        "Er is geen exclusiviteit, geen beloofd volume en geen voorkeur in de volgorde waarin partners getoond worden."
    ),
    "OH-08": _("De klant kiest zelf de partner."),
    "OH-09": _("Toetreden kan gedurende de hele looptijd, voor iedereen op dezelfde manier."),
}
