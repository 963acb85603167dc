"""`make check`: every check runs, also after one that failed; the end says which ones did.

`make format` (`python -m scripts.check mend`) puts right what a machine can.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]


def checks():
    return {
        "lint": [TOOLS / "ruff", "check", "--quiet"],
        "format": [TOOLS / "ruff", "format", "--check", "--quiet"],
        "dependency law": [TOOLS / "lint-imports", "--no-logo"],
        "template format": [TOOLS / "djade", "--check", "--target-version", "5.2", *templates()],
        "Django's own checks": [*MANAGE, "check", "--fail-level", "WARNING"],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "generated docs": [*MANAGE, "lifecycles", "--check"],
        "translations": [sys.executable, "-m", "scripts.check_messages"],
        "licences": [sys.executable, "-m", "scripts.check_licences"],
        "house rules": [sys.executable, "-m", "scripts.check_house"],
    }


def templates():
    """The templates of Django; those of printed documents (templates/pdf) are Jinja's."""
    printed = HERE / "templates" / "pdf"
    paths = (path for path in (HERE / "templates").rglob("*.html") if printed not in path.parents)
    return sorted(path.relative_to(HERE) for path in paths)


def main():
    # The settings of the tests: in a folder that is thrown away.
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    failed = []
    for name, command in checks().items():
        print(f"### {name}", flush=True)
        if subprocess.run(command, cwd=HERE, env=environment, check=False).returncode:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEvery check passed.")
    return 1 if failed else 0


def mend():
    """`make format`: what a machine can put right by itself."""
    subprocess.run([TOOLS / "ruff", "check", "--fix", "--quiet"], cwd=HERE, check=False)
    subprocess.run([TOOLS / "ruff", "format"], cwd=HERE, check=False)
    subprocess.run([TOOLS / "djade", "--target-version", "5.2", *templates()], cwd=HERE, check=False)


if __name__ == "__main__":
    sys.exit(mend() if sys.argv[1:] == ["mend"] else main())
