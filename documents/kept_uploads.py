"""A file that was uploaded with a form that had an error elsewhere: kept for a day, so that nobody has to choose it again.

Never for what is sealed: that does not pass through forms of Django, and lies nowhere in the clear.
"""

import secrets
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.forms import FileInput

from lifecycle import clock

A_DAY = 24 * 60 * 60
SALT = "documents.kept_uploads"


class KeptFileInput(FileInput):
    """A choice of a file that remembers the one that was chosen before, as long as nothing was wrong with it."""

    template_name = "components/kept_file.html"
    # Each form has a widget of its own; Django shows a field of files again without what was chosen.
    chosen = None

    def value_from_datadict(self, data, files, name):
        self.chosen = super().value_from_datadict(data, files, name) or _kept(data.get(f"{name}_kept", ""))
        return self.chosen

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and not data.get(f"{name}_kept")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # A field with an error of its own asks for another file.
        if self.chosen and "aria-invalid" not in context["widget"]["attrs"]:
            context["kept"] = {"token": keep(self.chosen), "name": self.chosen.name}
            context["widget"]["attrs"].pop("required", None)
        return context


def keep(upload) -> str:
    """Put a file away for a day; returns what brings it back."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    place = secrets.token_urlsafe(24)
    upload.seek(0)
    (folder / place).write_bytes(upload.read())
    upload.seek(0)
    return signing.dumps({"place": place, "name": upload.name}, salt=SALT)


def _kept(token):
    """The file of a token, or None when there is none any more."""
    try:
        kept = signing.loads(token, salt=SALT, max_age=A_DAY)
        content = (_folder() / kept["place"]).read_bytes()
    except (signing.BadSignature, FileNotFoundError):
        return None
    return InMemoryUploadedFile(BytesIO(content), None, kept["name"], None, len(content), None)


def _folder():
    return Path(settings.MEDIA_ROOT) / "kept"


def _forget_old(folder):
    """By the clock of the machine: these are no legal facts."""
    for path in folder.iterdir():
        if path.stat().st_mtime < clock.real_now().timestamp() - A_DAY:
            path.unlink(missing_ok=True)
