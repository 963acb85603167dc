from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lifecycle import diagrams


class Command(BaseCommand):
    help = "Writes docs/lifecycles.md from the declared transitions."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail when the page is stale, write nothing")

    def handle(self, *args, check, **options):
        path = settings.BASE_DIR / "docs" / "lifecycles.md"
        text = diagrams.page()
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/lifecycles.md is stale: run make docs.")
