import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from desk.story import cast as casting
from desk.story import summary
from desk.story.play import play
from desk.story.teller import Teller, Workshop


class Command(BaseCommand):
    help = "Plays the brochure's year on the simulated clock and leaves every PDF in var/demo."

    def handle(self, *args, **options):
        if settings.PRODUCTION or not settings.SIMULATED_CLOCK:
            raise CommandError("The demonstration needs SIMULATED_CLOCK=on and is refused in production.")
        if User.objects.exists():
            raise CommandError("This database is not empty: the demonstration begins with a new one (make demo).")
        call_command("make_keys", stdout=self.stdout)
        started = time.perf_counter()
        teller = Teller(self.stdout)
        with Workshop() as workshop:
            cast = play(teller, workshop)
        folder = settings.VAR / "demo"
        left = summary.leave_behind(folder, teller=teller, cast=cast)
        self._look_around(left, folder, time.perf_counter() - started)

    def _look_around(self, left, folder, seconds):
        self.stdout.write(f"\n{len(left['documents'])} PDF's en summary.json in {folder} ({seconds:.0f} s).\n")
        self.stdout.write(f"Accounts (wachtwoord: {casting.PASSWORD}):")
        for account in left["accounts"]:
            secret = f"  tweede factor (TOTP): {account['totp_secret']}" if account["totp_secret"] else ""
            self.stdout.write(f"  {account['email']:<42} {account['role']:<38}{secret}")
        self.stdout.write(
            "\nRondkijken: `make run`, dan http://localhost:8000. De klok loopt door vanaf het laatste moment van het verhaal.\n"
            "Een code voor de tweede factor: uw authenticator-app, of `.venv/bin/python manage.py second_factor <e-mailadres>`."
        )
