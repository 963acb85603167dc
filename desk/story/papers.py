"""The files that the story's candidates hand in: small real PDFs, each with its own text."""

import io

import pikepdf


def small_pdf(*lines: str) -> bytes:
    """A one-page PDF that shows the lines in Helvetica."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    shown = b"".join(b"(" + _escaped(line) + b") Tj 0 -18 Td " for line in lines)
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 760 Td " + shown + b"ET")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _escaped(line):
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
