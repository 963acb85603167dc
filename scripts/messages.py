"""`make messages`: collects the texts that users read (msgids are Dutch) and compiles the English ones.

Texts that are new stand in locale/en/LC_MESSAGES/django.po with an empty msgstr; `make check` names them until they are
translated.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
LANGUAGE = "en"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
NOT_OURS = (".venv*", "node_modules", "var", "static", "tests", "scripts", "bench")


def collect(root):
    """Bring the catalogue under `root` in line with the code under `root`."""
    (root / "locale").mkdir(exist_ok=True)
    ignore = [f"--ignore={pattern}" for pattern in NOT_OURS]
    _django(root, "makemessages", f"--locale={LANGUAGE}", "--add-location=file", "--no-wrap", *ignore)


def _django(root, *arguments):
    # Without settings: collecting texts needs only the files.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "django", *arguments], cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL
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
