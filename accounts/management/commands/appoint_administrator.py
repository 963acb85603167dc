from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import appoint_first_administrator


class Command(BaseCommand):
    help = "Appoints the first administrator of a new installation, who then grants the other roles on the pages."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *, email, name, **_options):
        try:
            user = appoint_first_administrator(email=email, name=name)
        except PermissionDenied as refusal:
            raise CommandError("There is an administrator already: ask that person to grant the role.") from refusal
        self.stdout.write(
            f"{user.email} is administrator. Sign in with “Wachtwoord vergeten?” and enrol a second factor."
        )
