"""Taking in a file that proves a condition: small, of a known kind by its content, kept under a name that says nothing."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from documents.envelopes.kinds import HEAD_BYTES, Refused, clean_name, kind_of


def checked(upload) -> dict:
    """The name, kind, size and digest of an uploaded file; raises `ValidationError` with a sentence for its maker."""
    largest = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    if upload.size > largest:
        raise ValidationError(_("Het bestand is te groot: hoogstens %s.") % filesizeformat(largest))
    if not upload.size:
        raise ValidationError(_("Het bestand is leeg."))
    upload.seek(0)
    try:
        name = clean_name(upload.name)
        kind = kind_of(upload.read(HEAD_BYTES), name)
    except Refused as refusal:
        raise ValidationError(refusal.sentence) from refusal
    return {"name": name, "content_type": kind.content_type, "size": upload.size, "sha256": _digest(upload)}


def _digest(upload) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
