"""The list of contracts as a file."""

from django.utils.translation import gettext_lazy as _
from import_export import fields, resources

from contracts.models import Contract
from lifecycle import clock


class ContractResource(resources.ModelResource):
    """What the list shows, one row per contract."""

    number = fields.Field("number", _("Nummer"))
    participant = fields.Field("participant__name", _("Partner"))
    enterprise_number = fields.Field("participant__lead__written_number", _("Ondernemingsnummer"))
    kind = fields.Field("get_kind_display", _("Soort"))
    state = fields.Field("get_state_display", _("Toestand"))
    subject = fields.Field("subject", _("Voorwerp"))
    lots = fields.Field("lot_numbers", _("Percelen"))
    term_start = fields.Field("term_start", _("Eerste dag"))
    term_end = fields.Field("term_end", _("Laatste dag"))
    signed_at = fields.Field(column_name=_("Gesloten op"))

    class Meta:
        model = Contract
        fields = (
            "number participant enterprise_number kind state subject lots term_start term_end signed_at".split()
        )  # fmt: skip

    def dehydrate_signed_at(self, contract):
        return clock.local_date(contract.signed_at).isoformat() if contract.signed_at else ""
