"""Who approves up to what, what is kept of it, and what a later version changed."""

import datetime as dt
import hashlib
import io
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.urls import reverse

from documents import storage
from documents.plain_pdf import refuse_unless_plain
from lifecycle.models import Entry, LegalValue
from lifecycle.models.trail import AppendOnlyError
from lifecycle.steps import Blocked, fire
from procurement import actions
from procurement.comparing import Change, changes_between
from procurement.models import ApprovedVersion, Procedure, content
from tests.people import sign_in
from tests.procurement import story


def a_pdf(**options):
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if script := options.get("script"):
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b") if options.get("secret") else False)
    return out.getvalue()


MINUTES = a_pdf()


@pytest.fixture
def submitted(draft, procurement_officer):
    return actions.submit_for_approval(draft, by=procurement_officer)


def record(procedure, by, **changes):
    facts = {"body": "Raad van bestuur", "decided_on": dt.date(2026, 2, 16), "minutes": MINUTES} | changes
    return actions.record_outside_approval(procedure, by=by, **facts)


# -- within the delegation ----------------------------------------------------------------------------


def test_what_is_approved_is_kept_word_for_word(submitted, decision_maker, clock):
    procedure = actions.approve(submitted, by=decision_maker)
    version = ApprovedVersion.objects.get()

    assert (version.number, version.recorded_by, version.approved_at, version.body) == (
        1,
        decision_maker,
        clock.now(),
        "",
    )
    assert version.content == content.content_of(procedure)
    assert version.digest == procedure.approved_digest == content.digest(version.content)
    assert version.content["value"]["authority_payments"] == "40000000.00"
    assert Entry.objects.get(verb="freeze_version").facts == {"version": 1, "content": version.digest}


def test_a_version_is_never_changed(submitted, decision_maker):
    actions.approve(submitted, by=decision_maker)

    with pytest.raises(AppendOnlyError):
        ApprovedVersion.objects.update(number=2)
    with pytest.raises(AppendOnlyError):
        ApprovedVersion.objects.all().delete()


def delegate(amount):
    """A delegation of later date, up to this amount."""
    LegalValue.objects.create(
        key="approval-delegation-decision-maker-eur",
        valid_from=dt.date(2026, 2, 1),
        value=Decimal(amount),
        unit="EUR",
        meaning="Delegatie",
        source="besluit",
        state="approved",
    )


def test_the_delegation_goes_up_to_and_including_its_amount(submitted, decision_maker):
    delegate("40000000.00")

    assert actions.approve(submitted, by=decision_maker).state == "approved"


def test_a_cent_above_the_delegation_is_for_a_body(submitted, decision_maker):
    delegate("39999999.99")

    with pytest.raises(Blocked) as refusal:
        actions.approve(submitted, by=decision_maker)
    (reason,) = refusal.value.reasons
    assert (reason.guard, str(reason.ground)) == (
        "value_is_within_the_delegation",
        "delegatiebesluit van de aanbesteder",
    )
    assert "39.999.999,99" in str(reason)


def test_without_a_delegation_nobody_here_approves(submitted, decision_maker):
    # Past the rule that a number is never deleted: the table as it is before anybody delegated.
    QuerySet(LegalValue).filter(key="approval-delegation-decision-maker-eur").delete()

    with pytest.raises(Blocked, match="Er is vandaag geen delegatie van kracht"):
        actions.approve(submitted, by=decision_maker)


# -- by a body outside the system -----------------------------------------------------------------------


def test_a_body_approves_above_the_delegation(submitted, legal_officer):
    delegate("1.00")
    procedure = record(submitted, legal_officer)
    version = ApprovedVersion.objects.get()

    assert (procedure.state, procedure.approved_by) == ("approved", legal_officer)
    assert (version.body, version.decided_on) == ("Raad van bestuur", dt.date(2026, 2, 16))
    assert version.minutes_sha256 == hashlib.sha256(MINUTES).hexdigest()
    assert storage.read(version.minutes_sha256) == MINUTES
    entry = Entry.objects.get(verb="record_outside_approval")
    assert entry.facts["minutes_sha256"] == version.minutes_sha256
    assert entry.facts["body"].startswith("sha256:")


@pytest.mark.parametrize("day,why", [((2026, 2, 17), "toekomst"), ((2026, 2, 15), "pas op 16 feb 2026 voorgelegd")])
def test_a_decision_before_the_submission_or_in_the_future_is_refused(submitted, legal_officer, day, why):
    with pytest.raises(Blocked, match=why):
        record(submitted, legal_officer, decided_on=dt.date(*day))
    assert ApprovedVersion.objects.count() == 0


def test_who_submitted_or_decides_does_not_record_it(submitted, procurement_officer, decision_maker):
    for person in (procurement_officer, decision_maker):
        with pytest.raises(PermissionDenied):
            record(submitted, person)


def test_the_minutes_are_asked_checked_and_kept_for_staff(client, submitted, legal_officer, evaluator, bidder):
    url = f"{submitted.get_absolute_url()}record_outside_approval/"
    typed = {"seen_state": "in_review", "body": "Raad van bestuur", "decided_on": "16/02/2026"}
    sign_in(client, legal_officer)
    wrong = client.post(url, typed | {"minutes": SimpleUploadedFile("notulen.pdf", b"<html>")})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {"minutes": ["Dit bestand is geen PDF."]}
    assert 'value="Raad van bestuur"' in wrong.text

    done = client.post(url, typed | {"minutes": SimpleUploadedFile("../../etc/passwd.pdf", MINUTES)})
    assert done.url == submitted.get_absolute_url()
    minutes = reverse("approval-minutes", args=[ApprovedVersion.objects.get().pk])
    assert minutes in client.get(submitted.get_absolute_url(), {"tab": "goedkeuring"}).text
    assert sign_in(client, bidder).get(minutes).status_code == 404
    answer = sign_in(client, evaluator).get(minutes)
    assert (answer.content, answer["Content-Disposition"]) == (
        MINUTES,
        'attachment; filename="2026-001-goedkeuring-1.pdf"',
    )
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "type"),
        (b"GIF89a%PDF-1.7", "type"),
        (b"%PDF-1.7\nniets", "damaged"),
        (MINUTES[:200], "damaged"),
        (a_pdf(secret=True), "encrypted"),
        (a_pdf(script="app.alert(1)"), "active"),
    ],
)
def test_a_file_that_is_no_plain_pdf_is_refused(data, code):
    with pytest.raises(ValidationError) as refusal:
        refuse_unless_plain(data)

    assert refusal.value.code == code


def test_a_file_that_is_too_large_is_refused(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = len(MINUTES) - 1

    with pytest.raises(ValidationError) as refusal:
        refuse_unless_plain(MINUTES)
    assert refusal.value.code == "size"


def test_a_plain_pdf_is_taken():
    assert refuse_unless_plain(MINUTES) is None


# -- comparing ------------------------------------------------------------------------------------------


def test_what_changed_between_two_versions_is_told_in_words(draft):
    before = content.content_of(draft)
    draft.own_rules = ["standstill"]
    draft.title_nl, draft.term_end = "Begeleiding naar werk", dt.date(2030, 12, 31)
    draft.intake_until = dt.date(2030, 6, 30)
    draft.performance_until = dt.date(2032, 6, 30)
    lot = draft.lots.last()
    lot.max_concessionaires = 3
    lot.save()
    draft.award_criteria.last().delete()

    assert changes_between(before, content.content_of(draft)) == [
        Change("Gegevens", "", "Titel", "Intensieve bemiddeling en begeleiding", "Begeleiding naar werk"),
        Change(
            "Gegevens",
            "",
            "Eigen regels",
            "Minimumtermijnen, Selectie, Concessiedocumenten, Inlichtingen, Wachttermijn",
            "Wachttermijn",
        ),
        Change(
            "Looptijd en planning",
            "",
            "Einde van de concessie",
            "woensdag 31 december 2031",
            "dinsdag 31 december 2030",
        ),
        Change("Looptijd en planning", "", "Nieuwe klanten tot en met", "maandag 30 juni 2031", "zondag 30 juni 2030"),
        Change("Percelen", "Nummer 2", "Aantal concessiehouders", "2", "3"),
        Change("Gunningscriteria", "Rang 2", "Rang", "2", "–"),
        Change("Gunningscriteria", "Rang 2", "Criterium", "Bereikbaarheid", "–"),
        Change("Gunningscriteria", "Rang 2", "Wat beoordeeld wordt", "Wat de inschrijver beschrijft.", "–"),
        Change("Gunningscriteria", "Rang 2", "Gewicht", "40", "–"),
    ]


def test_everything_that_is_published_is_part_of_the_digest(draft):
    digests = {draft.content_digest()}
    for name, value in {
        "title_en": "Guidance",
        "additional_cpv": ["80500000-9"],
        "own_rules": ["selection"],
        "intake_until": dt.date(2031, 1, 1),
        "performance_memo": "Nazorg is geen verlenging.",
        "award_planned_on": dt.date(2026, 10, 1),
    }.items():
        setattr(draft, name, value)
        digests.add(draft.content_digest())

    assert len(digests) == 7


def test_a_draft_that_came_back_is_approved_as_another_version(submitted, decision_maker, procurement_officer):
    returned = fire(submitted, "return_to_draft", by=decision_maker, reason="De titel is te lang.")
    assert (returned.submitted_at, returned.approved_digest) == (None, "")
    returned.title_nl = "Begeleiding"
    returned.save()
    again = actions.submit_for_approval(Procedure.objects.get(), by=procurement_officer)
    actions.approve(again, by=decision_maker)

    assert ApprovedVersion.objects.get().content["facts"]["title"] == "Begeleiding"


# -- the dates around the term ------------------------------------------------------------------------


def test_dates_that_were_not_written_are_those_of_the_reference_table(draft, procurement_officer):
    assert (draft.last_intake_day, draft.last_performance_day) == (dt.date(2031, 6, 30), dt.date(2032, 6, 30))

    procedure = actions.submit_for_approval(draft, by=procurement_officer)
    assert (procedure.intake_until, procedure.performance_until) == (dt.date(2031, 6, 30), dt.date(2032, 6, 30))


@pytest.mark.parametrize(
    "intake,performance,in_order",
    [
        ((2027, 1, 2), (2031, 12, 31), True),
        ((2031, 12, 31), (2040, 1, 1), True),
        ((2027, 1, 1), (2032, 1, 1), False),
        ((2032, 1, 1), (2032, 6, 1), False),
        ((2031, 6, 30), (2031, 12, 30), False),
    ],
)
def test_begin_intake_end_and_performance_come_in_that_order(draft, intake, performance, in_order):
    draft.intake_until, draft.performance_until = dt.date(*intake), dt.date(*performance)

    assert draft.dates_are_in_order is in_order


def test_after_care_does_not_count_for_the_sixty_months(draft, procurement_officer):
    draft.performance_until = dt.date(2035, 12, 31)
    draft.save()

    assert actions.submit_for_approval(draft, by=procurement_officer).state == "in_review"


def test_a_minute_of_the_story_is_a_plain_pdf():
    """The file that the tests of sealed submissions upload is none: only real PDFs are minutes."""
    with pytest.raises(ValidationError):
        refuse_unless_plain(story.PDF)
