from django.core.management.base import BaseCommand

from documents.envelopes import keys as envelope_keys
from documents.keys import make_keys


class Command(BaseCommand):
    help = "Makes the seal of the house and its authority in KEY_DIR, if they are not there yet."

    def handle(self, **options):
        for path in make_keys():
            self.stdout.write(f"made {path}")
        for name in envelope_keys.create_missing():
            self.stdout.write(f"made {name}")
