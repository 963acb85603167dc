"""A PDF that somebody else made and we only keep: hostile until it proves to be a plain one."""

import io

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# What makes a reader act: scripts, programs, forms that send, files inside the file.
ACTIVE = ("/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/EmbeddedFile", "/XFA")
MOST_OBJECTS = 100_000


def refuse_unless_plain(data: bytes) -> None:
    """Raises `ValidationError` with a sentence for what is too large, no PDF, damaged, encrypted, or acts by itself."""
    if len(data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        largest = filesizeformat(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
        raise ValidationError(_("Het bestand is te groot: hoogstens %s.") % largest, "size")
    if not data.startswith(b"%PDF-"):
        raise ValidationError(_("Dit bestand is geen PDF."), "type")
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            _refuse_what_acts(pdf)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            _("Deze PDF is versleuteld: bezorg een versie zonder wachtwoord."), "encrypted"
        ) from error
    except (pikepdf.PdfError, RecursionError, ValueError) as error:
        raise ValidationError(_("Deze PDF is beschadigd en kan niet gelezen worden."), "damaged") from error


def _refuse_what_acts(pdf):
    if pdf.is_encrypted:
        raise ValidationError(_("Deze PDF is versleuteld: bezorg een versie zonder wachtwoord."), "encrypted")
    if len(pdf.pages) < 1 or len(pdf.objects) > MOST_OBJECTS:
        raise ValidationError(_("Deze PDF is beschadigd en kan niet gelezen worden."), "damaged")
    if any(_acts(found) for found in pdf.objects):
        raise ValidationError(_("Deze PDF bevat scripts of andere bestanden: bezorg een gewone PDF."), "active")


def _acts(found) -> bool:
    """An object of the file, or a dictionary or list written out inside it, that holds one of the active keys or kinds."""
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += [item for item in each if _is_inside(item)]
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            keys = dict(each.items()) if isinstance(each, pikepdf.Dictionary) else dict(each.stream_dict.items())
            kinds = {
                str(keys[name]) for name in ("/S", "/Type", "/Subtype") if isinstance(keys.get(name), pikepdf.Name)
            }
            if set(ACTIVE) & (keys.keys() | kinds):
                return True
            waiting += [item for item in keys.values() if _is_inside(item)]
    return False


def _is_inside(item):
    """What stands in the file by itself is walked as an object of its own."""
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect
