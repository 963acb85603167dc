import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents import bounces


class Command(BaseCommand):
    help = "Takes in mail that came back: from the Maildir BOUNCE_MAILDIR, or one mail from standard input."

    def add_arguments(self, parser):
        parser.add_argument("--stdin", action="store_true", help="one mail, as the mail server pipes it")

    def handle(self, *args, stdin, **options):
        if not settings.BOUNCE_ADDRESS:
            raise CommandError("BOUNCE_ADDRESS is not set: no mail can come back here.")
        if stdin:
            done = bounces.receive(sys.stdin.buffer.read(bounces.MOST_BYTES))
            # The mail server must be able to write the rest, however long: it would send the mail back to its sender.
            while sys.stdin.buffer.read(bounces.MOST_BYTES):
                pass
        elif settings.BOUNCE_MAILDIR:
            done = bounces.receive_all(settings.BOUNCE_MAILDIR)
        else:
            raise CommandError("BOUNCE_MAILDIR is not set: pipe one mail into --stdin.")
        self.stdout.write(f"{done} came back.")
