"""How the facts of contracts are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from contracts.models import Amendment
from contracts.models.states import EndGround, Mode

FACTS = {
    "participant": _("Partner"),
    "origin": _("Volgt uit"),
    "awards": _("Gunningen"),
    "services": _("Diensten (vingerafdruk)"),
    "starts_on": _("Eerste dag"),
    "ends_on": _("Laatste dag"),
    "mode": _("Wijze van sluiting"),
    "document": _("Document"),
    "sha256": _("SHA-256"),
    "signers": _("Aantal handtekeningen"),
    "contracts.reasons": _("Aantal redenen"),
    "final_sha256": _("SHA-256 van het gesloten contract"),
    "final_size": _("Grootte (bytes)"),
    "contracts": _("Contracten"),
    "ground": _("Grond"),
    "value_change": _("Wijziging van de waarde"),
    "content": _("Inhoud (vingerafdruk)"),
    "signed_on": _("Ondertekend op"),
}

CODES = {"mode": dict(Mode.choices), "ground": dict(EndGround.choices) | dict(Amendment.Ground.choices)}
