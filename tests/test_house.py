"""The law of the house, read from the models and tried on the checker of its rules."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from scripts import check_house

# From the bottom up; apps on one floor do not know each other.
FLOORS = [
    {"lifecycle"},
    {"accounts"},
    {"documents"},
    {"catalogue", "partners"},
    {"admission", "procurement"},
    {"contracts"},
    {"desk"},
]
FLOOR = {app: number for number, floor in enumerate(FLOORS) for app in floor}


def references():
    """Every foreign key, one-to-one and many-to-many of our models to a model, our own or Django's."""
    for model in apps.get_models():
        if model._meta.app_label in FLOOR:
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model:
                    yield field


def between_our_apps():
    return [
        field
        for field in references()
        if field.related_model._meta.app_label in FLOOR
        and field.related_model._meta.app_label != field.model._meta.app_label
    ]


def test_the_floors_name_every_app_of_the_house():
    here = Path(__file__).resolve().parent.parent
    of_the_house = {config.label for config in apps.get_app_configs() if Path(config.path).parent == here}

    assert set(FLOOR) == of_the_house


def test_references_between_apps_point_down():
    """Except to the user: Django has a seam for that one (AUTH_USER_MODEL), so that a lower app need not know it."""
    up = [
        str(field)
        for field in between_our_apps()
        if FLOOR[field.related_model._meta.app_label] >= FLOOR[field.model._meta.app_label]
        and field.related_model is not get_user_model()
    ]

    assert up == []


def test_references_between_apps_leave_nothing_behind_on_the_lower_model():
    visible = [str(field) for field in between_our_apps() if not field.remote_field.hidden]

    assert visible == []


def test_no_state_can_be_set_past_the_one_door():
    unprotected = [
        str(field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if type(field).__name__.startswith("FSM") and not field.protected
    ]

    assert unprotected == []


@pytest.mark.parametrize(
    "path,text,sentence",
    [
        ("partners/models.py", "import datetime as dt\nx = dt.datetime.now()", "only lifecycle.clock reads the time"),
        ("partners/models.py", "x = date.today()", "only lifecycle.clock reads the time"),
        ("partners/models.py", "F(default=timezone.now)", "only lifecycle.clock reads the time"),
        ("partners/models.py", "from django.utils.timezone import now", "only lifecycle.clock reads the time"),
        ("partners/models.py", "F(auto_now_add=True)", "only lifecycle.clock reads the time"),
        ("partners/models.py", "Lot.objects.update(state='open')", "a state changes only through lifecycle.steps.fire"),
        (
            "partners/a.py",
            "bulk_update = M.bulk_update(x, ['state'])",
            "a state changes only through lifecycle.steps.fire",
        ),
        (
            "partners/models.py",
            "record.refresh_from_db()",
            "refresh_from_db lifts the protection of the state for all threads: fetch the record anew",
        ),
        (
            "partners/models.py",
            "apps.get_model('a.B')",
            "no look-up of models by name: import downwards, or let the upper app register",
        ),
        ("partners/utils.py", "", "a module is named after an idea, not 'utils'"),
        (
            "partners/models.py",
            "# TODO",
            "finish it or open an issue; the code keeps no list of what is left undone",
        ),
        (
            "templates/partners/list.html",
            '<p style="color: red">',
            "an inline style: it belongs in the style sheet (CSP refuses it)",
        ),
        ("templates/partners/list.html", "<script>go()</script>", "an inline script (CSP refuses it)"),
        ("templates/partners/list.html", '<a onclick="go()">', "an inline event handler (CSP refuses it)"),
        (
            "templates/partners/list.html",
            "{% if lot.state == 'open' %}",
            "a template compares a state: let the record, its steps or its tone say it",
        ),
    ],
)
def test_a_broken_rule_is_named(path, text, sentence):
    findings = [found for _line, found in check_house.of_file(Path(path), text)]

    assert findings == [sentence]


@pytest.mark.parametrize(
    "path,text",
    [
        ("lifecycle/clock.py", "dt.datetime.now(dt.UTC)"),
        ("partners/models.py", "from lifecycle import clock\nx = clock.now()\ny = clock.today()"),
        ("partners/models.py", "import time\nx = time.perf_counter()"),
        ("partners/models.py", "context.update(steps=steps)"),
        ("templates/base.html", '<script src="{% static "vendor/htmx.js" %}" defer></script>'),
        ("templates/pdf/letter.html", '<td style="width: 4cm">'),
        ("templates/partners/list.html", "{% if record.state_name %}<p>online = yes</p>{% endif %}"),
    ],
)
def test_what_keeps_the_rules_is_left_alone(path, text):
    assert list(check_house.of_file(Path(path), text)) == []
