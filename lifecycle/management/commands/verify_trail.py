from django.core.management.base import BaseCommand, CommandError

from lifecycle import trail
from lifecycle.models import Entry


class Command(BaseCommand):
    help = "Walks every chain of the audit trail; fails naming each entry that was changed or is missing."

    def handle(self, *args, **options):
        findings = list(trail.verify())
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            raise CommandError(f"The audit trail does not hold: {len(findings)} findings.")
        self.stdout.write(f"The audit trail holds: {Entry.objects.count()} entries.")
