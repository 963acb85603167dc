"""From WeasyPrint's PDF/A-3a to a file that is PDF/A-3a and PDF/UA-1 at once.

WeasyPrint makes one variant at a time and leaves gaps in its tags: header cells have no scope, running heads and page
numbers are tagged content that no structure element owns, and the file does not say that it is PDF/UA. Deterministic:
the same bytes in give the same bytes out. What checked the result: `pdfua` and `qpdf --check`; veraPDF has still to
confirm it.
"""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name

_PDFUA_SCHEMA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

# How marked content begins in WeasyPrint's content streams: each operand on a line of its own, all text in hexadecimal.
_MARKED = re.compile(rb"^/\S+\n<< ?/MCID (\d+) ?>>\nBDC$", re.MULTILINE)
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def conform(data: bytes) -> bytes:
    """The same document, with the gaps in its tags closed and PDF/UA-1 declared."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        owned = _walk_structure(pdf)
        for page in pdf.pages:
            _make_artifacts(pdf, page, owned.get(page.obj.objgen, set()))
        _associate_once(pdf)
        _declare_pdfua(pdf)
        result = io.BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return result.getvalue()


def _walk_structure(pdf):
    """Give header cells their scope; return which marked content each page's structure owns."""
    owned = {}

    def walk(element, page, in_head):
        if isinstance(element, int):
            owned.setdefault(page, set()).add(int(element))
            return
        if not isinstance(element, Dictionary) or element.get("/Type") == Name.OBJR:
            return
        if "/Pg" in element:
            page = element.Pg.objgen
        kind = element.get("/S")
        if kind == Name.TH:
            attributes = element.get("/A", Dictionary(O=Name.Table))
            attributes["/Scope"] = Name.Column if in_head else Name.Row
            element["/A"] = attributes
        for kid in _kids(element):
            walk(kid, page, in_head or kind == Name.THead)

    for kid in _kids(pdf.Root.StructTreeRoot):
        walk(kid, None, False)
    return owned


def _kids(element):
    kids = element.get("/K")
    if kids is None:
        return ()
    return kids if isinstance(kids, Array) else (kids,)


def _make_artifacts(pdf, page, owned):
    """Marked content that no structure element owns is a running head or foot: an artifact."""
    orphans = []

    def judge(found):
        number = int(found[1])
        if number in owned:
            return found[0]
        orphans.append(number)
        return _ARTIFACT

    content, judged = _MARKED.subn(judge, page.Contents.read_bytes())
    if judged != content.count(b"\nBDC\n") + content.count(_ARTIFACT):
        msg = "WeasyPrint writes its marked content in another way than the one that is known here."
        raise ValueError(msg)
    if not orphans:
        return
    page.Contents = pdf.make_stream(content)
    parents = _parents_of(pdf, int(page.obj.StructParents))
    for number in orphans:
        if number < len(parents):
            parents[number] = None


def _parents_of(pdf, key):
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for position in range(0, len(numbers), 2):
        if int(numbers[position]) == key:
            return numbers[position + 1]
    return Array()


def _associate_once(pdf):
    """Name each associated file once: WeasyPrint lists it from the names and from the objects."""
    if "/AF" in pdf.Root:
        pdf.Root.AF = Array({file.objgen: file for file in pdf.Root.AF}.values())


def _declare_pdfua(pdf):
    metadata = pdf.Root.Metadata.read_bytes()
    end = metadata.rindex(b"</rdf:RDF>")
    pdf.Root.Metadata = pdf.make_stream(
        metadata[:end] + _PDFUA_SCHEMA + metadata[end:], Type=Name.Metadata, Subtype=Name.XML
    )
