"""The embedded installation of `make demo` and `make run`: SQLite, simulated clock and files, all in var/."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

VAR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")
DATABASE = VAR / "partnerloket.sqlite3"
# Says that what is in var/ is a demonstration and may be thrown away; who works on it holds a lock on it.
MARK = VAR / ".demonstration"
OF_A_DEMONSTRATION = ("partnerloket.sqlite3*", "anchors.jsonl", "media", "keys", "mail", "demo")


def refuse_production():
    if os.environ.get("PRODUCTION", "").lower() == "on":
        raise SystemExit(
            "PRODUCTION=on: the demonstration and its simulated clock are refused on a production machine."
        )


def environment():
    """The environment of everything that works on var/: whatever else the machine is set up for does not count."""
    elsewhere = {"DATABASE_URL", "BROKER_URL", "KEY_DIR", "MEDIA_ROOT", "ANCHOR_FILE", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    # Mail goes to files there; what comes back to this address can be tried with `manage.py receive_bounces --stdin`.
    kept.setdefault("BOUNCE_ADDRESS", "terug@partnerloket.example")
    return kept | {"VAR_DIR": str(VAR), "SIMULATED_CLOCK": "on"}


def manage(*arguments):
    """Run `manage.py` in var/; the exit code of a failure ends the program."""
    code = subprocess.run([sys.executable, "manage.py", *arguments], env=environment(), check=False).returncode
    if code:
        raise SystemExit(code)


@contextmanager
def held(*, alone):
    """Hold var/ for the length of the block: `alone` to begin anew, otherwise together with others."""
    if not MARK.exists() and (others := work_of_others()):
        names = ", ".join(path.name for path in others)
        raise SystemExit(f"In {VAR} is what `make demo` did not make ({names}): move it away first, it is not touched.")
    VAR.mkdir(parents=True, exist_ok=True)
    with MARK.open("a") as mark:
        try:
            fcntl.flock(mark, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"{VAR} is in use by another `make demo` or `make run`: stop that one first.") from None
        yield


def work_of_others():
    """What lies where a demonstration goes; a database without tables is only what `manage.py` left by opening it."""
    there = [path for pattern in OF_A_DEMONSTRATION for path in VAR.glob(pattern)]
    return [] if there == [DATABASE] and not has_tables() else there


def has_tables():
    with closing(sqlite3.connect(DATABASE)) as database:
        return database.execute("select count(*) from sqlite_master").fetchone() != (0,)


def throw_away():
    """Remove what an earlier demonstration left: keys and trail belong to the database that they were made for."""
    for pattern in OF_A_DEMONSTRATION:
        for path in VAR.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
