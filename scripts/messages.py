"""`make messages`: collects the texts that users read (msgids are Dutch) and compiles the English ones.

Texts that are new stand in locale/en/LC_MESSAGES/django.po with an empty msgstr; `make check` names them until they are
translated.
"""

import os
import subprocess
from contextlib import chdir
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands import makemessages

HERE = Path(__file__).resolve().parent.parent
LANGUAGE = "en"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
NOT_OURS = [".venv*", "node_modules", "var", "static", "tests", "scripts", "bench"]


class Command(makemessages.Command):
    """Also collects what is translated at once in a module whose `_` is lazy: `gettext as _now`."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]


def collect(root):
    """Bring the catalogue under `root` in line with the code under `root`. Needs no settings, only the files."""
    (root / "locale").mkdir(exist_ok=True)
    with chdir(root):
        call_command(
            Command(), locale=[LANGUAGE], add_location="file", no_wrap=True, ignore_patterns=NOT_OURS, verbosity=0
        )


def compile_catalogue(root):
    """Write the .mo that runs; msgfmt refuses placeholders that differ between the languages."""
    source = root / CATALOGUE
    subprocess.run(["msgfmt", "--check-format", "-o", source.with_suffix(".mo"), source], check=True)


def main():
    collect(HERE)
    compile_catalogue(HERE)
    subprocess.run(["msgfmt", "--statistics", "-o", os.devnull, HERE / CATALOGUE], check=True)


if __name__ == "__main__":
    main()
