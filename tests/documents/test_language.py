"""The template language of legal staff: what it can say, and everything it must refuse."""

import pytest

from documents import language
from documents.language import LanguageError

SCHEMA = {
    "name": "a name",
    "lot": {"code": "its code", "items": "a name that is also a method of Python's dicts"},
    "lots": [{"code": "its code", "partners": ["a name"]}],
}
CONTEXT = {
    "name": "O'Neill & <Zonen>",
    "lot": {"code": "B1", "items": "drie"},
    "lots": [{"code": "B1", "partners": ["Een", "Twee"]}, {"code": "B2", "partners": []}],
}


def faults(source, **options):
    return [str(fault) for fault in language.check(source, SCHEMA, **options)]


def test_render_fills_in_and_escapes():
    assert language.render("<p>{{ name }}</p>", CONTEXT) == "<p>O&#39;Neill &amp; &lt;Zonen&gt;</p>"


def test_render_repeats_and_joins():
    partners = "{{ lot.partners|join(', ', ' en ') or '–' }}"
    source = "{% for lot in lots %}{{ lot.code }}: " + partners + "{{ '' if loop.last else '; ' }}{% endfor %}"

    assert language.check(source, SCHEMA) == []
    assert language.render(source, CONTEXT) == "B1: Een en Twee; B2: –"


def test_names_win_over_the_methods_of_dicts():
    assert language.render("{{ lot.items }}", CONTEXT) == "drie"


def test_clause_is_rendered_over_the_same_data():
    source = "<p>{{ clause('groet') }}</p>"

    assert language.check(source, SCHEMA, {"groet"}) == []
    assert language.render(source, CONTEXT, {"groet": "Dag {{ lot.code }}"}) == "<p>Dag B1</p>"


@pytest.mark.parametrize(
    ("value", "filter_name", "shown"),
    [
        ("2026-02-16", "date_long", "16\u00a0februari\u00a02026"),
        ("2026-02-16", "date_weekday", "maandag 16\u00a0februari\u00a02026"),
        ("2026-03-19T12:00:00+01:00", "moment_long", "donderdag 19\u00a0maart\u00a02026 om 12.00\u00a0uur"),
        ("2026-03-19T11:00:07+00:00", "moment_exact", "19/03/2026\u00a012:00:07"),
        ("1234567.50", "euro", "€\u00a01.234.567,50"),
        ("24000000", "euro", "€\u00a024.000.000"),
        ("0.5", "number", "0,5"),
        (1204551, "number", "1.204.551"),
        ("0123456749", "enterprise_number", "0123.456.749"),
        ("een\ntwee <b>", "lines", "een<br>twee &lt;b&gt;"),
        ("een\n\ntwee", "paragraphs", "<p>een</p><p>twee</p>"),
    ],
)
def test_filters(value, filter_name, shown):
    assert language.render("{{ x|" + filter_name + " }}", {"x": value}) == shown


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("een\ntwee\n{{ onbekend }}", "Regel 3: de variabele “onbekend” bestaat niet."),
        ("{{ lot.prijs }}", "Regel 1: de variabele heeft geen gegeven “prijs”."),
        ("{{ name.x }}", "Regel 1: de variabele heeft geen gegeven “x”."),
        ("{% if false %}\n{{ verborgen }}{% endif %}", "Regel 2: de variabele “verborgen” bestaat niet."),
        ("{{ self }}", "Regel 1: de variabele “self” bestaat niet."),
        ("{{ lots }}", "Regel 1: dit is een groep of lijst; toon er één gegeven van."),
        ("{{ name|safe }}", "Regel 1: de filter “safe” bestaat niet."),
        ("{{ name|attr('x') }}", "Regel 1: de filter “attr” bestaat niet."),
        ("{% include 'x' %}", "Regel 1: de constructie “Include” is niet toegelaten."),
        ("{% import 'x' as y %}", "Regel 1: de constructie “Import” is niet toegelaten."),
        ("{% extends 'x' %}", "Regel 1: de constructie “Extends” is niet toegelaten."),
        ("{% macro m() %}{% endmacro %}", "Regel 1: de constructie “Macro” is niet toegelaten."),
        ("{% set x = 1 %}", "Regel 1: de constructie “Assign” is niet toegelaten."),
        ("{% block x %}{% endblock %}", "Regel 1: de constructie “Block” is niet toegelaten."),
        ("{{ 'a' * 1000000000 }}", "Regel 1: de constructie “Mul” is niet toegelaten."),
        ("{{ name.__class__ }}", "Regel 1: de variabele heeft geen gegeven “__class__”."),
        ("{{ name['__class__'] }}", "Regel 1: de variabele heeft geen gegeven “__class__”."),
        ("{{ name.upper() }}", "Regel 1: een aanroep is niet toegelaten, behalve clause(“…”)."),
        ("{{ clause('onbekend') }}", "Regel 1: de clausule “onbekend” bestaat niet."),
        ("{{ clause(name) }}", "Regel 1: een clausule wordt gebruikt met één vaste code: clause(“…”)."),
        ("{% for x in name %}{% endfor %}", "Regel 1: een herhaling kan alleen over een lijst."),
        ("{{ 'x' if name }}", "Regel 1: zeg met “else” wat er anders staat."),
        ("een\n<script>x</script>", "Regel 2: het HTML-element <script> is niet toegelaten."),
        ("<img src='x'>", "Regel 1: het HTML-element <img> is niet toegelaten."),
        ("<p style='color:red'>", "Regel 1: het attribuut “style” is niet toegelaten."),
        ("<p onclick='x'>", "Regel 1: het attribuut “onclick” is niet toegelaten."),
        ("<p class='groot'>", "Regel 1: de waarde “groot” van “class” is niet toegelaten."),
        ("<a href='https://x.example'>x</a>", "Regel 1: het HTML-element <a> is niet toegelaten."),
        ("<link rel=attachment href='file:///etc/passwd'>", "Regel 1: het HTML-element <link> is niet toegelaten."),
        ("<p class='{{ name }}'>x</p>", "Regel 1: binnen < en > kan geen variabele of voorwaarde staan."),
        (
            "een\n<p class='{% if name %}lead'>{% endif %} x' style='background:url(x)'>",
            "Regel 2: binnen < en > kan geen variabele of voorwaarde staan.",
        ),
        ("<!-- x -->", "Regel 1: HTML-commentaar is niet toegelaten; gebruik {# … #}."),
        ("1 < 2", "Regel 1: een los “<” is niet toegelaten; schrijf &lt;."),
    ],
)
def test_forbidden_text_is_refused_with_its_line(source, fault):
    assert fault in faults(source)


@pytest.mark.parametrize(
    "source,fault",
    [
        (
            "een\n{% load x %}",
            "Regel 2: dit is geen geldige sjabloontaal: het blok “load” bestaat niet of hoort hier niet.",
        ),
        (
            "een\n{% if name %}\nx",
            "Regel 3: dit is geen geldige sjabloontaal: een blok is niet gesloten: de tekst eindigt te vroeg.",
        ),
        ("{{ name }", "Regel 1: dit is geen geldige sjabloontaal: “}” hoort hier niet."),
    ],
)
def test_syntax_error_is_refused_with_its_line_in_dutch(source, fault):
    assert faults(source) == [fault]


def test_clause_cannot_use_a_clause():
    found = language.check("{{ clause('groet') }}", SCHEMA, {"groet"}, clause_itself=True)

    assert [str(fault) for fault in found] == ["Regel 1: de clausule “groet” bestaat niet."]


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ lots.append(1) }}",
        "{{ name.format(name) }}",
        "{{ clause.__globals__ }}",
        "{{ lots[0].__init__ }}",
        "{{ cycler }}",
        "{% for x in lots %}{{ loop.__class__ }}{% endfor %}",
    ],
)
def test_sandbox_refuses_even_what_was_never_checked(source):
    with pytest.raises(LanguageError):
        language.render(source, CONTEXT)


def test_empty_value_is_refused_with_its_line():
    with pytest.raises(LanguageError) as refusal:
        language.render("een\n{{ leeg }}", {"leeg": None})

    assert str(refusal.value) == "Regel 2: een gegeven is leeg."


def test_tag_that_is_not_closed_is_found_by_trying_out():
    assert [str(fault) for fault in language.try_out("<p><strong>x</p>", {}, {})] == [
        "Regel 1: </p> sluit niets dat open staat."
    ]
