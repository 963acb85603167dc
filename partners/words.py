"""How the facts of partners are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from partners.models import Participant

FACTS = {
    "enterprise_number": _("Ondernemingsnummer"),
    "partners.number": _("Vestigingsnummer"),
    "user": _("Persoon"),
    "may_prepare": _("Mag voorbereiden"),
    "may_sign": _("Mag ondertekenen"),
    "sign_limit": _("Mag ondertekenen tot en met (euro)"),
    "until": _("Tot"),
    "invitation": _("Uitnodiging nr."),
    "join_request": _("Vraag om toegang nr."),
    "participant": _("Partner"),
    "lead": _("Penhouder"),
    "members": _("Leden van de combinatie"),
    "relied_on": _("Beroep op de draagkracht van"),
}

MODELS = [Participant]
