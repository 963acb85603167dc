"""The whole suite, once on SQLite and once on PostgreSQL: `make test`, `make test ARGS="tests/partners -k number"`.

The last lines are pytest's own, so that whoever reads the output finds them where they always are.
"""

import os
import subprocess
import sys

from scripts import broker, postgres

PYTEST = [sys.executable, "-m", "pytest", "-n", "2"]


def main(arguments):
    with broker.available() as broker_url, postgres.available() as postgres_url:
        os.environ["BROKER_URL"] = broker_url or ""
        codes = [suite(f"SQLite, broker {shown(broker_url)}", None, arguments)]
        codes += [suite(f"PostgreSQL, broker {shown(broker_url)}", postgres_url, arguments)]
    return max(codes)


def suite(title, database_url, arguments):
    """One run of pytest; its exit code."""
    say(title)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [*PYTEST, *arguments]
    if not environment["BROKER_URL"]:
        say("WITHOUT A BROKER: none runs here and none could be brought. These tests do NOT run:")
        subprocess.run([sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", "broker"], check=False)
        command += ["-m", "not broker"]
    return subprocess.run(command, env=environment, check=False).returncode


def shown(broker_url):
    return broker.without_password(broker_url) if broker_url else "none"


def say(line):
    print(f"\n### {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
