"""A real clamd for the tests of the virus scanner, with one signature of our own: that of the EICAR test file."""

import hashlib
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest

PROGRAM = "/usr/sbin/clamd"
# In two pieces, so that no scanner takes this file for the test file.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


@contextmanager
def running(folder, *, limit="250M"):
    """The path of the socket of a clamd that answers; it ends with the block."""
    if not shutil.which(PROGRAM):
        pytest.fail("There is no clamd: `make test` installs it, or: apt-get install clamav-daemon")
    signatures, temporary = folder / "signatures", folder / "temporary"
    for each in (folder, signatures, temporary):
        each.mkdir(exist_ok=True)
    # Anywhere in a file (0 and *): a document that carries the test file counts too.
    (signatures / "own.ndb").write_text(f"Eicar-Own:0:*:{EICAR.hex()}\n", encoding="ascii")
    (signatures / "own.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Own\n", encoding="ascii")  # noqa: S324 -- the form of these signatures
    path = folder / "clamd.socket"
    options = {
        "LocalSocket": path,
        "DatabaseDirectory": signatures,
        "TemporaryDirectory": temporary,
        "StreamMaxLength": limit,
        "MaxFileSize": limit,
        "MaxScanSize": limit,
        "Foreground": "yes",
        "LogFile": folder / "log",
    }
    settings = folder / "clamd.conf"
    settings.write_text("".join(f"{name} {value}\n" for name, value in options.items()), encoding="utf-8")
    process = subprocess.Popen(
        [PROGRAM, "--config-file", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(path, process, folder / "log")
        yield str(path)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(path, process, log):
    for _try in range(600):
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(path))
                connection.sendall(b"zPING\0")
                if connection.recv(16) == b"PONG\0":
                    return
            except OSError:
                if process.poll() is not None:
                    pytest.fail(f"clamd did not start: {log.read_text(encoding='utf-8')}")
        time.sleep(0.1)
    pytest.fail("clamd does not answer.")
