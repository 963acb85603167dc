import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from lifecycle import outbox


class Command(BaseCommand):
    help = "Does the work that is owed, in a loop: the worker where no broker runs."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--seconds", type=float, default=1.0, help="pause between two sweeps (seconds)")

    def handle(self, *args, once, seconds, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"Working through what is owed ({settings.DATABASES['default']['ENGINE']}).")
        while not stop.is_set():
            close_old_connections()
            done = outbox.sweep()
            if done == 0:
                if once:
                    return
                stop.wait(seconds)
