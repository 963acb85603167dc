"""The virus scanner: clamd, told of a file as it streams in (its INSTREAM command), over its socket or TCP.

Off unless `CLAMD_ADDRESS` is set. A scanner that does not answer refuses the file, or with `CLAMD_REQUIRED=off` lets it
in and says so: the trail keeps that it was not scanned.
"""

import socket
import struct
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.envelopes.kinds import Refused

TIMEOUT_SECONDS = 60
LONGEST_ANSWER = 4096
LARGEST_PIECE = 1024 * 1024

INFECTED = _("De virusscanner vond iets in dit bestand: het is niet bewaard. Kijk uw toestel na.")
DOWN = _("De virusscanner antwoordt niet: het bestand is niet bewaard. Probeer het over enkele minuten opnieuw.")


def start() -> "Scan | NoScan":
    return Scan(settings.CLAMD_ADDRESS) if settings.CLAMD_ADDRESS else NoScan()


class NoScan:
    """Where no scanner was set up."""

    done = None

    def write(self, data):
        pass

    def finish(self):
        pass

    def close(self):
        pass


class Scan:
    """One file on its way past clamd. Raises `Refused` for what it finds, and when it is down and must not be."""

    def __init__(self, address):
        self.done, self._connection = False, None
        with self._unless_down():
            self._connection = _connect(address)
            self._connection.sendall(b"zINSTREAM\0")

    def write(self, data) -> None:
        if self._connection is None:
            return
        with self._unless_down():
            for start in range(0, len(data), LARGEST_PIECE):
                piece = data[start : start + LARGEST_PIECE]
                self._connection.sendall(struct.pack("!I", len(piece)) + piece)

    def finish(self) -> None:
        if self._connection is None:
            return
        with self._unless_down():
            self._connection.sendall(struct.pack("!I", 0))
            answer = self._answer()
            if answer.endswith("FOUND"):
                raise Refused("infected", INFECTED)
            if not answer.endswith("OK"):
                raise ConnectionError
            self.done = True
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answer(self):
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            more = self._connection.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
        return answer.rstrip(b"\0").decode("ascii", "replace")

    @contextmanager
    def _unless_down(self):
        """What goes wrong with the connection: the scanner is down for the rest of this file."""
        try:
            yield
        except OSError:
            self.close()
            if settings.CLAMD_REQUIRED:
                raise Refused("scanner_down", DOWN) from None


def _connect(address):
    if isinstance(address, tuple):
        return socket.create_connection(address, timeout=TIMEOUT_SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT_SECONDS)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection
