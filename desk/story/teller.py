"""Moves the clock, tells each legal step in one line, and has the owed work done by real workers."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from lifecycle import clock
from lifecycle.models import Owed

WORKERS = 2
PATIENCE = 120


class StoryError(Exception):
    """The story cannot go on: work that is owed failed or is not being done."""


@dataclass
class Teller:
    """Tells the story on `out`; `lines` keeps what was told."""

    out: object
    lines: list = field(default_factory=list)
    chapters: list = field(default_factory=list)

    def travel(self, day, hour=9, minute=0, second=0):
        moment = clock.at(day, hour, minute, second)
        if self.lines and moment < clock.now():
            msg = f"The story goes back in time, to {moment}."
            raise StoryError(msg)
        clock.travel_to(moment)

    def tell(self, step, *, role, ground="", document=""):
        """One line per legal step: date, step, role of the actor, legal ground, document."""
        moment = clock.now().astimezone(clock.BRUSSELS)
        line = {
            "at": moment.isoformat(),
            "step": step,
            "role": role,
            "ground": ground,
            "document": document,
        }
        self.lines.append(line)
        self.out.write(f"{moment:%d/%m/%Y %H.%M}  {step:<66} {role:<28} {ground:<46} {document}".rstrip())

    @contextmanager
    def chapter(self, title):
        self.out.write(f"\n== {title}")
        started = time.perf_counter()
        yield
        seconds = time.perf_counter() - started
        self.chapters.append({"title": title, "seconds": round(seconds, 2)})
        self.out.write(f"   ({seconds:.1f} s)")


class Workshop:
    """The workers that render, seal and send: as in production with a broker, else `manage.py work`."""

    def __init__(self):
        self.processes = []
        self.started = 0

    def __enter__(self):
        for _number in range(WORKERS):
            self.start()
        return self

    def __exit__(self, *_error):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self):
        """One more worker, a process of its own: WeasyPrint wants no threads."""
        self.started += 1
        if settings.CELERY_BROKER_URL:
            name = f"demo-{os.getpid()}-{self.started}"
            command = [
                "-m",
                "celery",
                "-A",
                "config",
                "worker",
                "--beat",
                "--concurrency",
                "1",
                "--loglevel",
                "WARNING",
            ]
            command += ["--schedule", str(settings.VAR / f"{name}.beat"), "-n", f"{name}@%h"]
        else:
            command = ["manage.py", "work", "--seconds", "0.1"]
        environment = os.environ | {"OUTBOX_SWEEP_SECONDS": "2", "OUTBOX_LEASE_SECONDS": "5"}
        process = subprocess.Popen(  # noqa: S603 -- our own programs, no input from outside
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def finish(self):
        """Wait until everything that is owed now is done; a worker that died is replaced."""
        deadline = time.monotonic() + PATIENCE
        while Owed.objects.open().filter(due_at__lte=clock.now()).exists():
            if time.monotonic() > deadline:
                raise StoryError("The owed work is not being done.")
            for process in [process for process in self.processes if process.poll() is not None]:
                self.processes.remove(process)
                self.start()
            time.sleep(0.05)
        if failed := Owed.objects.exclude(failed_at=None).first():
            raise StoryError(f"Owed work failed: {failed} {failed.error}")
