"""A message broker for the tests that need one: the one that is there, else a throw-away Redis."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager

from kombu import Connection

USUAL = ("amqp://guest:guest@127.0.0.1:5672//", "redis://127.0.0.1:6379/0")


def find():
    """The URL of a broker that answers, or None. A broker that BROKER_URL names has to answer."""
    if named := os.environ.get("BROKER_URL"):
        if not answers(named):
            raise SystemExit(f"The broker that BROKER_URL names does not answer: {without_password(named)}")
        return named
    return next((url for url in USUAL if answers(url)), None)


def answers(url):
    try:
        with Connection(url, connect_timeout=2, transport_options={"socket_connect_timeout": 2}) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
            return True
    except Exception:  # noqa: BLE001 -- each transport has errors of its own, and all of them mean no
        return False


def without_password(url):
    return Connection(url).as_uri()


@contextmanager
def available():
    """A broker's URL for the length of the block: the one that is there, else a throw-away Redis, else None."""
    if url := find():
        yield url
        return
    subprocess.run(["scripts/system", "redis"], check=False)
    if not shutil.which("redis-server"):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="partnerloket-redis-") as folder:
        port = _free_port()
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            yield _once_it_answers(f"redis://127.0.0.1:{port}/0")
        finally:
            server.terminate()
            server.wait()


def _once_it_answers(url):
    for _attempt in range(20):
        if answers(url):
            return url
    raise SystemExit(f"The throw-away Redis does not answer: {url}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
