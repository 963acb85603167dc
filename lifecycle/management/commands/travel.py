import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lifecycle import clock
from lifecycle.models import Entry, SimulatedClock


class Command(BaseCommand):
    help = "Moves the simulated clock of a demonstration forward: travel 2026-07-01T09:00 (Belgian time)."

    def add_arguments(self, parser):
        parser.add_argument("moment", help="day and hour in Belgium, such as 2026-07-01T09:00")

    def handle(self, *args, moment, **options):
        if not settings.SIMULATED_CLOCK:
            raise CommandError("The clock is real here: only a demonstration with SIMULATED_CLOCK=on travels.")
        wanted = _read(moment)
        # The last one written: what the set-up wrote before the story began has the time of the machine.
        last = Entry.objects.order_by("-pk").first()
        if last and wanted < last.at:
            told = last.at.astimezone(clock.BRUSSELS)
            raise CommandError(f"The trail already tells of {told:%Y-%m-%d %H:%M:%S}: travel to a later moment.")
        runs = SimulatedClock.objects.filter(running_since__isnull=False).exists()
        clock.travel_to(wanted)
        if runs:
            clock.let_run()
        self.stdout.write(f"It is now {wanted:%Y-%m-%d %H:%M} in Belgium.")


def _read(text):
    try:
        wanted = dt.datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no moment: write it as 2026-07-01T09:00.") from None
    return wanted.astimezone(clock.BRUSSELS) if wanted.tzinfo else wanted.replace(tzinfo=clock.BRUSSELS)
