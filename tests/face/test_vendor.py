"""What is vendored is what the manifest says, and nothing of GOV.UK's own identity came along."""

import hashlib
import json
import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"
VENDOR = STATIC / "vendor"
FILES = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["files"]
LICENCES = {
    "govuk-frontend.LICENSE.txt",
    "htmx.org.LICENSE.txt",
    "public-sans.LICENSE.txt",
    "tus-js-client.LICENSE.txt",
}


def test_every_vendored_file_has_the_digest_of_the_manifest():
    found = {each["file"]: hashlib.sha256((VENDOR / each["file"]).read_bytes()).hexdigest() for each in FILES}

    assert found == {each["file"]: each["sha256"] for each in FILES}


def test_nothing_is_vendored_beside_the_manifest():
    names = {path.name for path in VENDOR.iterdir()}

    assert names == {each["file"] for each in FILES} | LICENCES | {"manifest.json"}


def test_versions_are_the_ones_that_are_pinned():
    pinned = json.loads((settings.BASE_DIR / "package.json").read_text(encoding="utf-8"))["devDependencies"]

    assert {each["package"]: each["version"] for each in FILES} == {
        name: version for name, version in pinned.items() if name != "sass"
    }


def test_stylesheet_reaches_only_for_vendored_fonts():
    wanted = set(re.findall(r"url\(\"?([^\")]+)\"?\)", (STATIC / "app.css").read_text(encoding="utf-8")))

    assert wanted == {f"vendor/{each['file']}" for each in FILES if each["file"].endswith(".woff2")}


def test_stylesheet_holds_neither_crown_nor_transport_font():
    text = (STATIC / "app.css").read_text(encoding="utf-8").lower()

    assert [word for word in ("crown", "gds transport", "govuk-header", "govuk-footer") if word in text] == []


def test_no_template_has_an_inline_script_or_style():
    folder = settings.BASE_DIR / "templates"
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    own = [path for path in folder.rglob("*.html") if folder / "pdf" not in path.parents]

    assert [path.name for path in own if inline.search(path.read_text(encoding="utf-8"))] == []
