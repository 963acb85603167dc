"""The public page of a procedure with 300 documents in three versions and 500 questions, against ten of each.

A constant number of queries, HTML below 300 kB, and within one and a half times the time: for every part, as anybody reads it.
"""

import datetime as dt
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Measurement
from bench.lists import empty
from bench.rows import DIGEST, NOW
from documents.models import Document, SealingBox, TemplateVersion
from lifecycle import clock
from partners.models import Organisation
from partners.numbers import with_check_digits
from procurement.models import Procedure, Question, QuestionAsker, QuestionRound
from tests.people import LONG_AGO, make_user, postcode
from tests.procurement import story

FEW = {"documents": 10, "questions": 10}
MANY = {"documents": 300, "questions": 500}
VERSIONS, A_ROUND = 3, 50
ROUNDS = 15
LARGEST = 300_000
PARTS = ("percelen", "documenten", "vragen", "voorwaarden", "deelnemen")
ANSWER = "De aanbesteder bevestigt dat dit mag, onder de voorwaarden van de selectieleidraad. " * 6


def measure_public_procedure():
    empty()
    clock.travel_to(NOW)
    people = make_user("Bench Aankoper", "procurement_officer"), make_user("Bench Jurist", "legal_officer")
    few = _procedure("2026-001", *people, **FEW)
    many = _procedure("2026-002", *people, **MANY)
    client = Client()
    for part in PARTS:
        pages = [f"{procedure.get_absolute_url()}?tab={part}" for procedure in (few, many)]
        queries = [_queries(client, page) for page in pages]
        sizes = [len(client.get(page).content) for page in pages]
        seconds = _seconds(client, pages)
        name = f"public procedure, {part}"
        yield Measurement(f"queries of {name}", max(queries) / min(queries), 1.0, details={"queries": queries})
        yield Measurement(f"HTML of {name}", max(sizes), LARGEST, unit="bytes", details={"bytes": sizes})
        details = {"seconds": seconds, "rounds": ROUNDS}
        yield Measurement(f"time of {name}, full against ten", seconds[1] / seconds[0], 1.5, details=details)


def _queries(client, page):
    """A first visit also fills what is read once per process."""
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)


def _seconds(client, pages):
    """Turn by turn, so that what else the machine does hits both alike."""
    taken = [[], []]
    for _round in range(ROUNDS):
        for page, times in zip(pages, taken, strict=True):
            start = time.perf_counter()
            client.get(page)
            times.append(time.perf_counter() - start)
    return [median(times) for times in taken]


# -- the rows -----------------------------------------------------------------------------------


def _procedure(number, officer, lawyer, *, documents, questions):
    draft = story.make_procedure(number, applications_deadline=NOW + dt.timedelta(days=40))
    procedure = story.put(draft, Procedure.State.PUBLISHED, published_at=LONG_AGO)
    SealingBox.objects.create(
        subject=procedure.ref, phase="applications", dossier=procedure.dossier, opens_at=procedure.applications_deadline,
        made_at=NOW, public_key=b"k", private_key="k",
    )  # fmt: skip
    _documents(procedure, documents)
    _questions(procedure, questions, officer, lawyer)
    return procedure


def _documents(procedure, count):
    template = TemplateVersion.objects.approved().first()
    Document.objects.bulk_create(
        Document(
            kind="selection_guide",
            number=f"{procedure.number}-LEI-{running}",
            running=running,
            title=f"Bijlage {running % count + 1} bij de selectieleidraad",
            template_version=template,
            context={},
            context_digest=DIGEST,
            dossier=procedure.dossier,
            subject=procedure.ref,
            state="sealed",
            requested_at=NOW,
            rendered_at=NOW,
            sealed_at=NOW,
            rendered_sha256=DIGEST,
            sha256=DIGEST,
            size=250_000,
            pages=12,
            public_from=NOW,
        )
        for running in range(1, count * VERSIONS + 1)
    )


def _questions(procedure, count, officer, lawyer):
    """From ten askers, in rounds of fifty."""
    organisations = Organisation.objects.bulk_create(
        Organisation(
            enterprise_number=with_check_digits(8_000_000 + 10 * procedure.pk + each),
            name=f"Vrager {each} Fictief vzw",
            kind=Organisation.Kind.NON_PROFIT,
            email="post@fictief.example",
            street="Voorbeeldstraat 1",
            postcode=postcode(),
            state=Organisation.State.CONFIRMED,
        )
        for each in range(10)
    )
    askers = QuestionAsker.objects.bulk_create(
        QuestionAsker(procedure=procedure, organisation=organisation, number=7 * each + 1)
        for each, organisation in enumerate(organisations)
    )
    rounds = QuestionRound.objects.bulk_create(
        QuestionRound(
            procedure=procedure,
            number=number,
            phase="applications",
            published_at=NOW,
            published_by=officer,
            document=Document.objects.filter(dossier=procedure.dossier).first(),
        )
        for number in range(1, (count - 1) // A_ROUND + 2)
    )
    Question.objects.bulk_create(
        Question(
            procedure=procedure,
            phase="applications",
            asker=askers[number % len(askers)],
            asked_by=officer,
            asked_at=LONG_AGO,
            about=f"Selectieleidraad, bladzijde {number}",
            text="Mag dit?",
            wording="Mag een kandidaat zich beroepen op een onderaannemer die ook voor een andere kandidaat werkt? "
            * 2,
            answer=ANSWER,
            answered_by=officer,
            answered_at=NOW,
            checked_by=lawyer,
            checked_at=NOW,
            state=Question.State.PUBLISHED,
            number=number,
            round=rounds[(number - 1) // A_ROUND],
        )
        for number in range(1, count + 1)
    )
