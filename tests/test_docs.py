"""What is written down is true as far as a machine can see: names exist, links lead somewhere, every setting is explained."""

import functools
import importlib
import importlib.util
import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
APPS = "accounts|admission|catalogue|config|contracts|desk|documents|lifecycle|partners|procurement"
PAGES = sorted([*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

glossary = (HERE / "docs" / "glossary.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(rf"`((?:{APPS})\.[\w.]+)`", glossary)))


def page_id(path):
    return path.relative_to(HERE).as_posix()


def prose(path):
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def links(path):
    return [link for link in LINK.findall(prose(path)) if not re.match(r"[a-z]+:", link)]


def anchors(path):
    """The anchors of a page's headings, as forges make them."""
    headings = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(path)))
    return {heading.strip().replace(" ", "-") for heading in headings}


def find(name):
    """The module, class, function, field or verb behind a dotted name."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        if module_exists(module):
            return functools.reduce(getattr, parts[length:], importlib.import_module(module))
    raise LookupError(name)


def module_exists(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("name", NAMES)
def test_name_in_the_glossary_exists(name):
    assert find(name) is not None


def test_glossary_names_every_model():
    from django.apps import apps

    ours = {model.__name__ for model in apps.get_models() if re.fullmatch(APPS, model._meta.app_label)}
    named = {part for name in NAMES for part in name.split(".")}

    assert ours - named == set()


@pytest.mark.parametrize("code", re.findall(r"\(kind `(\w+)`\)", glossary))
def test_kind_in_the_glossary_is_registered(code):
    from documents import kinds

    assert kinds.kind_of(code).code == code


@pytest.mark.parametrize("code", re.findall(r"\(role `(\w+)`\)", glossary))
def test_role_in_the_glossary_exists(code):
    from accounts.roles import ROLES

    assert ROLES[code].code == code


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_of_a_page_lead_somewhere(page):
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_page_speaks_of_the_project_alone(page):
    """No path of the machine that it was written on."""
    assert re.findall(r"(?<![\w.])/(?:work|tmp|home|root)/\S*", page.read_text(encoding="utf-8")) == []


def test_every_setting_is_explained():
    """Each environment variable that the settings read stands in docs/operations.md."""
    settings = (HERE / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.(?:text|flag|number|words)\(\s*"(\w+)"', settings))
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", (HERE / "docs" / "operations.md").read_text(encoding="utf-8")))

    assert read - explained == set()


def test_every_purpose_of_an_envelope_key_is_explained():
    from documents.envelopes.keys import Purpose

    text = (HERE / "docs" / "operations.md").read_text(encoding="utf-8")

    assert [purpose.variable for purpose in Purpose if f"`{purpose.variable}`" not in text] == []


def test_every_decision_stands_in_the_index():
    folder = HERE / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))

    assert sorted(set(links(folder / "README.md"))) == decisions
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))


def test_every_name_of_gettext_is_collected():
    """`make messages` knows `_` and `_now`; a text behind any other name would stay Dutch without anybody noticing."""
    names = set()
    for path in HERE.glob("*/**/*.py"):
        if path.relative_to(HERE).parts[0] in APPS.split("|"):
            names.update(re.findall(r"import n?gettext\w* as (\w+)", path.read_text(encoding="utf-8")))

    assert names == {"_", "_now"}
