"""What the components write for the data that they are given."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string

from tests.face import gallery


def text(html):
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def render(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request)


@pytest.fixture
def _now(clock):
    clock.travel_to(gallery.NOW)


@pytest.mark.usefixtures("_now")
def test_steps_show_what_is_possible_as_links_and_every_reason_of_what_is_not():
    html = render_to_string("components/steps.html", {"steps": gallery.STEPS, "waiting": gallery.WAITING})

    assert re.findall(r'class="govuk-button([^"]*)" href="[^"]*" draggable="false">([^<]+)', html) == [
        ("", "Sluiting perceel 3"),
        (" govuk-button--secondary", "Schorsing registreren"),
    ]
    words = text(html)
    assert words.count("kan nog niet") == 2
    assert "De wachttermijn loopt tot en met 16 november. (art. 11 wet van 17 juni 2013)" in words
    assert "Kan vanaf di 17 nov 2026, 0.00 u , nog 3 dagen 14 uur." in words
    assert "(werkwijze Aankoop: een tweede persoon kan dit met een reden opzijzetten)" in words
    assert "tot en met ma 16 nov 2026, 24.00 u (nog 3 dagen 14 uur)" in words


@pytest.mark.usefixtures("_now")
def test_no_steps_say_so():
    assert text(render_to_string("components/steps.html", {"steps": []})) == "Wat kan nu Hier hoeft u nu niets te doen."


@pytest.mark.usefixtures("_now")
def test_blocked_step_page_offers_no_button_but_every_reason(rf):
    step = gallery.STEPS[2]
    context = {"record": gallery.Record("Wachttermijn", "waiting"), "step": step, "reasons": step.reasons, "form": None}

    html = render_to_string("lifecycle/step.html", context, rf.get("/"))

    assert html.count('class="reason"') == 3
    assert "seen_state" not in html


@pytest.mark.usefixtures("_now")
def test_step_page_sends_the_state_that_the_person_saw(rf):
    step = gallery.STEPS[0]
    context = {"record": gallery.Record("Wachttermijn", "waiting"), "step": step, "reasons": (), "form": None}

    html = render_to_string("lifecycle/step.html", context, rf.get("/"))

    assert '<input type="hidden" name="seen_state" value="standstill">' in html
    assert re.findall(r"<button class=\"govuk-button\"[^>]*>([^<]+)", html) == ["Sluiting perceel 3"]


def test_documents_link_to_the_file_and_wait_for_what_is_being_made():
    html = render_to_string("components/documents.html", {"documents": gallery.DOCUMENTS, "path": "/zaak/"})

    assert html.count('class="document__title govuk-link"') == 2
    assert 'hx-get="/zaak/" hx-trigger="every 3s"' in html
    assert "PDF, 184 kB · 2026-001/D-014 · vr 13 nov 2026, 10.00 u · SHA-256 9f2c4e71" in text(html)


def test_documents_that_are_all_made_are_not_asked_for_again():
    html = render_to_string("components/documents.html", {"documents": gallery.DOCUMENTS[:2], "path": "/zaak/"})

    assert "hx-get" not in html


def test_state_tag_has_the_word_and_the_tone_of_the_record():
    html = render("{% state_tag record %}", record=gallery.Record("Geschorst", "stopped"))

    assert html.strip() == '<strong class="tag tag--stopped">Geschorst</strong>'


@pytest.mark.parametrize(
    ("address", "url", "direction"),
    [
        ("/?state=p&page=3", "?state=p&amp;order=name", ""),
        ("/?order=name", "?order=-name", ' aria-sort="ascending"'),
        ("/?order=-name", "?order=name", ' aria-sort="descending"'),
    ],
)
def test_column_sorts_and_turns_around_and_keeps_the_filters(rf, address, url, direction):
    html = render('{% column "Naam" sort="name" %}', rf.get(address))

    assert html.strip() == f'<th scope="col"{direction}><a class="sort" href="{url}">Naam</a></th>'


def test_pages_keep_filters_and_leave_out_the_middle(rf):
    page = Paginator(range(1000), 50).get_page(10)

    html = render('{% include "components/pages.html" %}', rf.get("/?state=p&page=10"), page_obj=page)

    assert re.findall(r'href="\?state=p&amp;page=(\d+)"', html) == ["9", "1", "8", "9", "10", "11", "12", "20", "11"]
    assert html.count('aria-current="page"') == 1


def test_hostile_text_is_shown_as_text():
    hostile = '<script>alert("x")</script>'

    html = render_to_string(
        "components/record_header.html", {"number": hostile, "name": hostile, "facts": [hostile], "word": hostile}
    )

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 4


class Group(forms.Form):
    reason = forms.CharField(label="Motivering", help_text="Komt in de brief.")
    how = forms.ChoiceField(label="Hoe", choices=[("p", "Post")], widget=forms.RadioSelect)
    day = forms.DateField(label="Datum", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_form_without_errors_has_labels_hints_and_no_summary():
    html = str(Group())

    assert "govuk-error-summary" not in html
    assert '<label class="govuk-label" for="id_reason">Motivering</label>' in html
    assert 'aria-describedby="id_reason_helptext"' in html
    assert html.count('type="hidden"') == 1
    assert text(html).count("(mag leeg blijven)") == 1


def test_form_with_errors_says_each_at_the_top_with_a_link_and_at_its_field():
    html = str(Group({"day": "morgen"}))

    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html) == [
        ("id_reason", "Motivering: Dit veld is verplicht."),
        ("id_how_0", "Hoe: Dit veld is verplicht."),
        ("id_day", "Datum: Voer een geldige datum in."),
    ]
    assert html.count('class="govuk-error-message"') == 3
    assert 'class="govuk-input govuk-input--width-10 govuk-input--error"' in html
    assert 'value="morgen"' in html


def test_hostile_input_comes_back_as_text():
    assert "<script>" not in str(Group({"day": "<script>"}))
