"""Lists as files: what is shown, in CSV or Excel, with nothing in them that a spreadsheet would run."""

import csv
import io

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from lifecycle import clock
from procurement.models import Procedure

EXPORTS = [("xlsx", _("Excel")), ("csv", _("CSV"))]
# What a spreadsheet takes for a formula when a cell begins with it.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def as_file(dataset, name, form) -> HttpResponse:
    """The dataset as a download: every cell is text, and no text is a formula."""
    rows = [[str(head) for head in dataset.headers], *([_text(cell) for cell in row] for row in dataset)]
    content, kind = (_xlsx(rows), XLSX) if form == "xlsx" else (_csv(rows), "text/csv; charset=utf-8")
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


def _text(value):
    return "" if value is None else str(value)


def _csv(rows):
    """With a quote before what would be a formula, and the mark by which Excel knows UTF-8."""
    sink = io.StringIO()
    safe = ([f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell for cell in row] for row in rows)
    csv.writer(sink).writerows(safe)
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + sink.getvalue()


def _xlsx(rows):
    """Excel itself is told that each cell is text, so the text stays as it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=cell) for cell in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()
