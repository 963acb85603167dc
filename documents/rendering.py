"""From a snapshot and a template to a PDF: PDF/A-3a with PDF/UA-1 tags and the data inside.

Called by worker processes only: WeasyPrint's font machinery is not for threads. Fonts and style sheet are read once per
process. The same snapshot, texts and fingerprint give the same bytes.
"""

import datetime as dt
import functools
import hashlib
import json
import threading
import warnings
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from documents import conformance, language, numbering, signing, snapshot, typography, words

STYLE = "document.css"
DATA = "gegevens.json"
_one_at_a_time = threading.Lock()


class RenderingFailed(Exception):
    """This document cannot be made from these texts and this data; trying again would change nothing."""


@dataclass(frozen=True)
class Paper:
    """Everything a document is made from; nothing else goes into its bytes."""

    frame: str
    contents: bool
    body: str
    context: dict
    requested_at: dt.datetime
    clauses: dict[str, str] = field(default_factory=dict)
    template: str = ""
    trail_head: str = ""

    @property
    def digest(self) -> str:
        return snapshot.digest(self.context)


@dataclass(frozen=True)
class Rendered:
    data: bytes
    pages: int
    fingerprint: dict
    # Where signatures go, in the order of their blocks: `{"page": 3, "box": [x1, y1, x2, y2]}` in points, from the lower left.
    places: list[dict] = field(default_factory=list)


class LockedFetcher(URLFetcher):
    """Reaches the files under the asset folder and nothing else: no network, no other file, no redirect."""

    def __init__(self, root: Path):
        super().__init__(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
        self.root = root.resolve()

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(self.root):
            msg = f"A document may not reach {url}."
            raise PermissionError(msg)
        return super().fetch(url, headers)


def render(paper: Paper) -> Rendered:
    """Make the PDF of a paper. Raises `RenderingFailed` when its texts or data do not allow it."""
    html = page_of(paper)
    engine = _engine()
    with _one_at_a_time, warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            document = HTML(string=html, base_url=engine.base_url, url_fetcher=engine.fetcher).render(
                font_config=engine.fonts, stylesheets=[engine.style], pdf_variant="pdf/a-3a"
            )
            data = document.write_pdf(
                pdf_variant="pdf/a-3a",
                pdf_identifier=bytes.fromhex(paper.digest)[:16],
                attachments=[_data_attachment(paper, engine)],
            )
        except FatalURLFetchingError as error:
            # It derives from BaseException: no handler of ordinary errors would see it.
            raise RenderingFailed(str(error)) from error
    return Rendered(conformance.conform(data), len(document.pages), fingerprint(), signing.places(document.pages))


def page_of(paper: Paper) -> str:
    """The whole HTML page: the trusted frame around the body that legal staff wrote."""
    try:
        body = language.render(paper.body, paper.context, paper.clauses)
    except language.LanguageError as error:
        raise RenderingFailed(str(error)) from error
    body, entries = numbering.numbered(typography.bound(signing.named(body)))
    lead, body = typography.without_lead(body) if paper.contents else (Markup(), body)
    return (
        _frames()
        .get_template(f"{paper.frame}.html")
        .render(
            lead=lead,
            body=body,
            entries=entries if paper.contents else [],
            about=_about(paper.context),
            data=paper.context,
            document=paper.context["document"],
            authority=paper.context["authority"],
            digest=paper.digest,
            template=paper.template,
            trail_head=paper.trail_head,
            requested_at=snapshot.plain(paper.requested_at),
        )
    )


def _about(context) -> str:
    """The line under the title: which dossier, and which lot or partner of it."""
    subject = context.get("procedure") or context.get("call") or {}
    parts = [subject.get("title"), (context.get("lot") or {}).get("name"), (context.get("partner") or {}).get("name")]
    return " · ".join(part for part in parts if part)


@functools.cache
def fingerprint() -> dict:
    """What, besides the snapshot and the texts, decides the bytes: versions of the tools, digests of fonts and styles."""
    assets = settings.DOCUMENT_ASSETS
    number = pango.pango_version()
    return {
        "weasyprint": version("weasyprint"),
        "pydyf": version("pydyf"),
        "fonttools": version("fonttools"),
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": _harfbuzz(),
        "pikepdf": version("pikepdf"),
        "qpdf": pikepdf.__libqpdf_version__,
        "fonts": _digest_of(sorted((assets / "fonts").glob("*.woff2"))),
        "style": _digest_of([assets / STYLE]),
        "frames": _digest_of(sorted(_frame_folder().glob("*.html"))),
        "code": _digest_of([Path(module.__file__) for module in (conformance, numbering, signing, typography, words)]),
    }


@dataclass(frozen=True)
class _Engine:
    fonts: FontConfiguration
    style: CSS
    fetcher: LockedFetcher
    base_url: str


@functools.cache
def _engine() -> _Engine:
    """Fonts and style sheet, read once per process: six pages take a third less time."""
    assets = settings.DOCUMENT_ASSETS
    fetcher, fonts = LockedFetcher(assets), FontConfiguration()
    style = CSS(filename=assets / STYLE, font_config=fonts, url_fetcher=fetcher)
    return _Engine(fonts, style, fetcher, f"{assets.resolve().as_uri()}/")


@functools.cache
def _frames() -> Environment:
    environment = Environment(loader=FileSystemLoader(_frame_folder()), autoescape=True, undefined=StrictUndefined)
    environment.filters = words.FILTERS | {"safe": environment.filters["safe"]}
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment


def _frame_folder() -> Path:
    return settings.BASE_DIR / "templates" / "pdf"


def _data_attachment(paper, engine):
    """The data inside the PDF, so that the document can be read by machines and checked against its digest."""
    data = {"data": paper.context, "digest": paper.digest, "template": paper.template, "trail_head": paper.trail_head}
    moment = paper.requested_at.astimezone(dt.UTC)
    return Attachment(
        string=json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False),
        name=DATA,
        description="De gegevens waaruit dit document is opgemaakt",
        created=moment,
        modified=moment,
        relationship="Data",
        url_fetcher=engine.fetcher,
    )


def _digest_of(paths) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _harfbuzz() -> str:
    """HarfBuzz says only whether it is at least a version; find the newest for which it says yes."""
    found = []
    for limit in (20, 100, 20):
        found.append(max(n for n in range(limit) if _harfbuzz_at_least([*found, n])))
    return ".".join(str(number) for number in found)


def _harfbuzz_at_least(numbers):
    from weasyprint.text.ffi import harfbuzz  # noqa: PLC0415 -- absent where only fontTools subsets

    return bool(harfbuzz.hb_version_atleast(*[*numbers, 0, 0][:3]))
