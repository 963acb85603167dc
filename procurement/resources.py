"""Lists as files: what is shown, column by column."""

from django.utils.translation import gettext_lazy as _
from import_export import fields, resources

from lifecycle import clock
from procurement.models import Procedure


class ProcedureResource(resources.ModelResource):
    """The list of procedures."""

    number = fields.Field("number", _("Nummer"))
    title = fields.Field("title", _("Titel"))
    state = fields.Field("get_state_display", _("Toestand"))
    regime = fields.Field("get_regime_display", _("Regime"))
    cpv = fields.Field("cpv", "CPV")
    lots = fields.Field("lot_count", _("Percelen"))
    applications_deadline = fields.Field(column_name=_("Uiterste datum voor aanvragen"))
    offers_deadline = fields.Field(column_name=_("Uiterste datum voor offertes"))
    term_start = fields.Field("term_start", _("Begin"))
    term_end = fields.Field("term_end", _("Einde"))

    class Meta:
        model = Procedure
        fields = (
            "number",
            "title",
            "state",
            "regime",
            "cpv",
            "lots",
            "applications_deadline",
            "offers_deadline",
            "term_start",
            "term_end",
        )

    def dehydrate_applications_deadline(self, procedure):
        return _in_brussels(procedure.applications_deadline)

    def dehydrate_offers_deadline(self, procedure):
        return _in_brussels(procedure.offers_deadline)


def _in_brussels(moment):
    return moment.astimezone(clock.BRUSSELS).strftime("%Y-%m-%d %H:%M") if moment else ""
