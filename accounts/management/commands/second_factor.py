from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Prints the present code of a demonstration account's second factor; refused in production."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        if settings.PRODUCTION or not settings.SIMULATED_CLOCK:
            raise CommandError("Codes are printed for demonstration accounts only.")
        found = Authenticator.objects.filter(user__email__iexact=email, type=Authenticator.Type.TOTP).first()
        if found is None:
            raise CommandError(f"{email} has no second factor.")
        secret = get_adapter().decrypt(found.data["secret"])
        counter = next(iter(yield_hotp_counters_from_time()))
        self.stdout.write(format_hotp_value(hotp_value(secret, counter)))
