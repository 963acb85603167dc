"""`make bench`: takes every measurement, prints them with their limits, writes var/bench.json.

A measurement is a function in any module of this folder whose name starts with `measure_`. It takes nothing and returns
one `bench.Measurement`, or yields several:

    from bench import Measurement

    def measure_contract_pipeline():
        ours, bare = ...                                # both in this run, several rounds, the median of each
        return Measurement("contract pipeline against bare WeasyPrint", ours / bare, limit=1.3, details={...})

It runs on a migrated PostgreSQL database of its own (scripts/postgres.py finds or brings the server) with the simulated
clock, in a folder that is thrown away; what one measurement leaves in the database, the next one finds. The exit code
is 1 when a promise is not kept or a measurement breaks; the others are taken all the same.
"""

import importlib
import json
import os
import pkgutil
import platform
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import bench
from bench import Measurement
from scripts import postgres

HERE = Path(__file__).resolve().parent
REPORT = Path(os.environ.get("VAR_DIR") or HERE.parent / "var") / "bench.json"


def main(wanted):
    REPORT.parent.mkdir(parents=True, exist_ok=True)  # before the settings of the tests move VAR_DIR elsewhere
    with postgres.available() as url, database(url):
        taken, broken = take(chosen(wanted))
    for line in table(taken):
        print(line)
    if not taken and not broken:
        raise SystemExit("There is nothing to measure: no function in bench/ starts with measure_.")
    for name in broken:
        print(f"{name} broke: see above.")
    REPORT.write_text(json.dumps(report(taken, broken), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written to {REPORT}")
    return 0 if not broken and all(measurement.kept for measurement in taken) else 1


@contextmanager
def database(url):
    """A migrated test database on that server, and Django set up on it."""
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django  # noqa: PLC0415 -- reads the environment set above
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 -- as above

    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def chosen(wanted):
    """The measuring functions of all modules, or of those that are named, in alphabetical order."""
    names = sorted(found.name for found in pkgutil.iter_modules(bench.__path__) if found.name != "run")
    if unknown := set(wanted) - set(names):
        raise SystemExit(f"There is no bench/{', '.join(sorted(unknown))}.py.")
    for name in wanted or names:
        module = importlib.import_module(f"bench.{name}")
        yield from (function for key, function in sorted(vars(module).items()) if key.startswith("measure_"))


def take(functions):
    taken, broken = [], []
    for function in functions:
        print(f"{function.__name__} ...", flush=True)
        start = time.perf_counter()
        try:
            result = function()
            taken += [result] if isinstance(result, Measurement) else list(result)
        except Exception:  # noqa: BLE001 -- whatever breaks one measurement must not hide the others
            traceback.print_exc()
            broken.append(function.__name__)
        print(f"{function.__name__} took {time.perf_counter() - start:.1f} s", flush=True)
    return taken, broken


def table(taken):
    width = max((len(measurement.name) for measurement in taken), default=0)
    yield ""
    for one in taken:
        verdict = "kept" if one.kept else "NOT KEPT"
        yield f"{one.name:<{width}}  {one.measured:8.2f} {one.unit:<10}  at most {one.limit:g}  {verdict}"
    yield ""


def report(taken, broken):
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "measurements": [asdict(measurement) | {"kept": measurement.kept} for measurement in taken],
        "broken": broken,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
