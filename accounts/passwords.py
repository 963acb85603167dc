"""What a password must be, in the words of the page."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Django's own rule; its sentence has no Dutch translation in the version that we use."""

    def get_error_message(self):
        words = ngettext(
            "Dit wachtwoord is te kort: het telt minstens %(length)d teken.",
            "Dit wachtwoord is te kort: het telt minstens %(length)d tekens.",
            self.min_length,
        )
        return words % {"length": self.min_length}

    def get_help_text(self):
        return _("Uw wachtwoord telt minstens %(length)d tekens.") % {"length": self.min_length}
