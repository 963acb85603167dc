"""What the contract pipeline costs beside WeasyPrint itself, on a contract of six pages.

Ours is all of it: the snapshot and its checks, the trail, the owed work, rendering, closing the gaps in the tags, the
seal, the file on disk, and the trail again. Bare is WeasyPrint alone, in the same process, with fonts and style sheet
read once, on the very HTML of the document that ours made just before, to the same variant of PDF.
"""

import datetime as dt
import gc
import time
from dataclasses import dataclass
from statistics import median

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import Measurement
from documents import actions, keys, kinds, rendering, tasks
from documents.models import Document, Template
from lifecycle import clock, outbox, trail
from lifecycle.models import Owed
from tests.people import make_user

ROUNDS = 15
PAGES = 6
KIND = "concession_contract"
HEADING = '<h2 class="article">'
# The house's own text makes seven pages of the example: without these articles it makes six.
LEFT_OUT = ("Wijzigingen", "Tekortkomingen en schorsing", "Beëindiging", "Mededelingen")


@dataclass(frozen=True)
class Subject:
    """The contract that the documents are about: all they need of it."""

    ref: str = "contracts.contract:1"
    dossier: str = "bench.contract:1"


def measure_contract_pipeline():
    clock.travel_to(clock.at(dt.date(2026, 11, 17), 9))
    keys.make_keys()
    lawyer = make_user("Jo Jurist", "legal_officer", email="bench-jurist@voorbeeld.example")
    _bring_the_text_to_six_pages(
        lawyer, make_user("Juul Jurist", "legal_officer", email="bench-juul@voorbeeld.example")
    )
    bare = Bare()
    _one_round(lawyer, bare)  # fonts, style sheet, templates and keys are read once per process
    ours, theirs = zip(*(_one_round(lawyer, bare) for _ in range(ROUNDS)), strict=True)
    findings = [str(finding) for finding in trail.verify()]
    if findings:
        raise RuntimeError(findings)
    details = {
        "pipeline_ms": round(median(ours) * 1000),
        "weasyprint_ms": round(median(theirs) * 1000),
        "rounds": ROUNDS,
        "pages": PAGES,
    }
    return Measurement("contract pipeline against bare WeasyPrint", median(ours) / median(theirs), 1.3, details=details)


def _one_round(lawyer, bare):
    ours, document = _timed(_through_the_pipeline, lawyer)
    theirs, _pdf = _timed(bare.write, rendering.page_of(tasks.paper_of(document)))
    return ours, theirs


def _timed(function, *given):
    """The seconds it took, and its answer; the garbage of whoever came before is swept first."""
    gc.collect()
    start = time.perf_counter()
    answer = function(*given)
    return time.perf_counter() - start, answer


def _through_the_pipeline(lawyer):
    requested = actions.request_document(
        kind=KIND, subject=Subject(), context=kinds.kind_of(KIND).sample(), by=lawyer, prefix="2026-001"
    )
    outbox.deliver(Owed.objects.get(kind="documents.render", key=f"{requested.pk}/1").pk)
    document = Document.objects.get(pk=requested.pk)
    if (document.state, document.pages) != (Document.State.SEALED, PAGES):
        msg = f"The contract is {document.state}, with {document.pages} pages: {document.failure}"
        raise RuntimeError(msg)
    return document


class Bare:
    """WeasyPrint as anybody would use it who reads fonts and style sheet once."""

    def __init__(self):
        assets = rendering.settings.DOCUMENT_ASSETS
        self.base_url, self.fonts = f"{assets.resolve().as_uri()}/", FontConfiguration()
        self.style = CSS(filename=assets / rendering.STYLE, font_config=self.fonts)

    def write(self, html):
        page = HTML(string=html, base_url=self.base_url)
        return page.write_pdf(font_config=self.fonts, stylesheets=[self.style], pdf_variant="pdf/a-3a")


def _bring_the_text_to_six_pages(lawyer, second_lawyer):
    """A next version of the text of contracts, through the door that legal staff use."""
    template = Template.objects.get(kind=KIND)
    before, *articles = template.versions.approved().get().body.split(HEADING)
    kept = [article for article in articles if not article.startswith(LEFT_OUT)]
    if len(articles) - len(kept) != len(LEFT_OUT):
        msg = "The text of contracts has changed: leave out other articles."
        raise RuntimeError(msg)
    version = actions.draft_version(
        template, body="".join([before, *(HEADING + article for article in kept)]), by=lawyer
    )
    actions.approve_text(version, by=second_lawyer)
