"""Lists in and out of spreadsheets: what goes out holds nothing that a spreadsheet would run, what comes in has a limit.

Formats of django-import-export; `as_file` is the download of a list page.
"""

import csv
import io
import zipfile

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

EXPORTS = [("xlsx", gettext_lazy("Excel")), ("csv", gettext_lazy("CSV"))]
# What a spreadsheet takes for a formula when a cell begins with it.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
MOST_ROWS = 5_000


class CSV(base_formats.CSV):
    def export_data(self, dataset, **kwargs):
        """With a quote before what would be a formula, and the mark by which Excel knows UTF-8."""
        sink = io.StringIO()
        safe = ([f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell for cell in row] for row in _rows(dataset))
        csv.writer(sink).writerows(safe)
        return "\N{ZERO WIDTH NO-BREAK SPACE}" + sink.getvalue()

    def create_dataset(self, in_stream, **kwargs):
        if isinstance(in_stream, bytes):
            in_stream = in_stream.decode(self.encoding or "utf-8")
        if len(in_stream) > MOST_BYTES:
            raise too_large()
        return _limited(super().create_dataset(in_stream.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), **kwargs))


class XLSX(base_formats.XLSX):
    def export_data(self, dataset, **kwargs):
        """Excel itself is told that each cell is text, so the text stays as it is."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in _rows(dataset):
            cells = [
                WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cell)) for cell in row
            ]
            for cell in cells:
                cell.data_type = "s"
            sheet.append(cells)
        sink = io.BytesIO()
        book.save(sink)
        return sink.getvalue()

    def create_dataset(self, in_stream):
        if len(in_stream) > MOST_BYTES:
            raise too_large()
        with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise too_large()
        return _limited(super().create_dataset(in_stream))


class Limited:
    """For an admin page of django-import-export: our formats only, and what is too large says so."""

    formats = [XLSX, CSV]

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, ValidationError):
            form.add_error("import_file", e)
        else:
            super().add_data_read_fail_error_to_form(form, e)


def as_file(dataset, name, form) -> HttpResponse:
    """The dataset as a download named `name`, in the form `xlsx` or `csv`."""
    made = XLSX() if form == "xlsx" else CSV()
    return HttpResponse(
        made.export_data(dataset),
        content_type=made.get_content_type(),
        headers={"Content-Disposition": f'attachment; filename="{name}.{made.get_extension()}"'},
    )


def too_large() -> ValidationError:
    limits = {"megabytes": MOST_BYTES // 1024**2, "rows": MOST_ROWS}
    return ValidationError(_("Dit bestand is te groot: hoogstens %(megabytes)s MB en %(rows)s rijen.") % limits)


def _limited(dataset):
    if len(dataset) > MOST_ROWS:
        raise too_large()
    return dataset


def _rows(dataset):
    yield [str(head) for head in dataset.headers]
    for row in dataset:
        yield ["" if cell is None else str(cell) for cell in row]
