"""Is an uploaded PDF the document that we issued, plus valid signatures, and nothing else?

Nothing is fetched from the network: whom we believe lies in `KEY_DIR/trust`; revocation is judged from what the file
carries. Every refusal has a sentence that says what is wrong.
"""

import datetime as dt
import io
from dataclasses import dataclass, field

import structlog
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from documents import keys
from documents.sealing import asn1

log = structlog.get_logger(__name__)

# A signature with its validation data is small; something of another size is something else.
MOST_BYTES_ADDED = 4 * 1024 * 1024
MOST_SIGNATURES = 20
# A visible signature may not paper over the page: at most a seventh of an A4, in square points.
MOST_OF_A_PAGE = 595 * 842 / 7


@dataclass(frozen=True)
class Signer:
    """Who signed, as the certificate says; `claimed_at` is the signer's own word unless a time stamp proves it."""

    field: str
    name: str
    serial: str
    issuer: str
    certificate_sha256: str
    claimed_at: dt.datetime | None
    timestamped_at: dt.datetime | None
    covers_everything: bool


@dataclass(frozen=True)
class Verdict:
    """The answer about an upload: who signed, and every reason why it is not accepted."""

    signers: list[Signer] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def is_accepted(self) -> bool:
        return not self.reasons


def check_upload(issued: bytes, uploaded: bytes, *, at: dt.datetime) -> Verdict:
    """Judge an upload against the issued document, certificates at the moment `at`."""
    if not uploaded.startswith(b"%PDF-"):
        return Verdict(reasons=[_("Dit bestand is geen PDF.")])
    if not uploaded.startswith(issued):
        return Verdict(
            reasons=[
                _(
                    "Dit is niet het uitgereikte document: de inhoud verschilt. Onderteken het bestand dat u "
                    "gedownload hebt, zonder het opnieuw op te slaan, af te drukken of samen te voegen."
                )
            ]
        )
    if len(uploaded) == len(issued):
        return Verdict(reasons=[_("Het document is nog niet ondertekend.")])
    if len(uploaded) > len(issued) + MOST_BYTES_ADDED:
        return Verdict(reasons=[_("Aan het document is veel meer toegevoegd dan een handtekening.")])
    try:
        return _judge(len(issued), uploaded, at)
    except (PdfError, SigningError, SignatureValidationError, ValueErrorWithMessage) as error:
        log.info("upload refused", error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 -- a hostile file may break the reader in any way; it is refused all the same
        log.warning("upload broke the reader", error=type(error).__name__)
    return Verdict(reasons=[_("De handtekeningen in dit bestand kunnen niet worden gelezen.")])


def verify(data: bytes, *, at: dt.datetime) -> Verdict:
    """Judge a document of ours by itself: is the seal, and every signature behind it, intact and of somebody we know?"""
    return _judge(0, data, at)


def _judge(issued_length, data, at):
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    found = list(reader.embedded_regular_signatures)
    if not found or (issued_length and all(_ends(each) <= issued_length for each in found)):
        return Verdict(reasons=[_("Het document is nog niet ondertekend.")])
    if len(found) > MOST_SIGNATURES:
        return Verdict(reasons=[_("Het bestand bevat te veel handtekeningen.")])
    if reader.encrypted:
        return Verdict(reasons=[_("Het bestand is versleuteld.")])
    people, reasons = [], []
    for embedded in found:
        status = _status(embedded, at)
        signer = _signer(embedded, status)
        reasons += _reasons(embedded, status, signer)
        if _ends(embedded) > issued_length:
            people.append(signer)
    if not any(signer.covers_everything for signer in people) and not reasons:
        reasons.append(_("Geen enkele handtekening dekt het hele bestand."))
    return Verdict(people, list(dict.fromkeys(reasons)))


def _ends(embedded):
    """Where the part of the file ends that a signature covers."""
    start, length = [int(number) for number in embedded.byte_range][-2:]
    return start + length


def _status(embedded, at):
    context = ValidationContext(
        trust_roots=[asn1(root) for root in keys.trust_roots()],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=at,
    )
    return validate_pdf_signature(embedded, context, context)


def _signer(embedded, status):
    subject = status.signing_cert.subject.native
    issuer = status.signing_cert.issuer.native
    timestamp = status.timestamp_validity
    return Signer(
        field=embedded.field_name,
        name=subject.get("common_name", ""),
        serial=subject.get("serial_number") or f"{status.signing_cert.serial_number:x}",
        issuer=issuer.get("common_name", ""),
        certificate_sha256=status.signing_cert.sha256.hex(),
        claimed_at=embedded.self_reported_timestamp,
        timestamped_at=timestamp.timestamp if timestamp and timestamp.bottom_line else None,
        covers_everything=status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        or status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES),
    )


def _reasons(embedded, status, signer):
    who = {"name": signer.name or signer.field}
    if not status.intact or not status.valid:
        yield _("De handtekening van %(name)s klopt niet met de inhoud: het bestand is beschadigd of gewijzigd.") % who
        return
    if not status.trusted:
        yield _(
            "De handtekening van %(name)s steunt op een certificaat (%(issuer)s) dat wij niet erkennen, of dat op dit "
            "ogenblik niet geldig is."
        ) % (who | {"issuer": signer.issuer or "?"})
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield _("De handtekening van %(name)s dekt het document niet volledig.") % who
    if isinstance(status.diff_result, SuspiciousModification) or not status.docmdp_ok:
        yield _("Na de handtekening van %(name)s is de inhoud van het document gewijzigd.") % who
    elif status.modification_level is not None and status.modification_level > ModificationLevel.FORM_FILLING:
        yield _("Na de handtekening van %(name)s is meer toegevoegd dan handtekeningen.") % who
    if _papers_over(embedded):
        yield _("De zichtbare handtekening van %(name)s bedekt te veel van de bladzijde.") % who


def _papers_over(embedded):
    rectangle = embedded.sig_field.get("/Rect")
    if rectangle is None:
        return False
    left, bottom, right, top = [float(number) for number in rectangle]
    return abs(right - left) * abs(top - bottom) > MOST_OF_A_PAGE
