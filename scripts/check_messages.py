"""Every text that users read is translated, no translation outlives its text, and the compiled catalogue is current."""

import gettext
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts import messages

KINDS = {
    "not translated": ["--untranslated", "--no-fuzzy", "--no-obsolete"],
    "fuzzy: only guessed": ["--only-fuzzy", "--no-obsolete"],
    "no longer in the code": ["--only-obsolete"],
}
MSGID = re.compile(r'^(?:#~ )?msgid "(.*)"\n((?:(?:#~ )?".*"\n)*)', re.MULTILINE)
QUOTED = re.compile(r'"(.*)"')


def main():
    with tempfile.TemporaryDirectory(prefix="partnerloket-messages-") as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(*messages.NOT_OURS, ".git", "__pycache__", "docs")
        shutil.copytree(messages.HERE, copy, ignore=ignored)
        messages.collect(copy)
        findings = [
            f"{kind}: {text}" for kind, choice in KINDS.items() for text in texts(copy / messages.CATALOGUE, choice)
        ]
        findings += compiled_is_stale(Path(folder))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} findings in {messages.CATALOGUE}: run `make messages`, then translate.")
    return 1 if findings else 0


def texts(catalogue, choice):
    """The msgids that an attribute filter of gettext selects; one with line breaks stands on several lines."""
    command = ["msgattrib", "--no-wrap", *choice, catalogue]
    chosen = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = (first + "".join(QUOTED.findall(rest)) for first, rest in MSGID.findall(chosen))
    return [text for text in found if text]  # the header is the one without a text


def compiled_is_stale(folder):
    source = messages.HERE / messages.CATALOGUE
    compiled = source.with_suffix(".mo")
    if not source.exists():
        return [f"missing: {messages.CATALOGUE}"]
    fresh = folder / "fresh.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, source], check=True)
    if not compiled.exists() or content(compiled) != content(fresh):
        return [f"stale: {messages.CATALOGUE.with_suffix('.mo')} is not what msgfmt makes of the catalogue"]
    return []


def content(path):
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 -- there is no public list of its texts
    return {key: text for key, text in catalogue.items() if key}


if __name__ == "__main__":
    sys.exit(main())
