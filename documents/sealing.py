"""The seal of the house: a PAdES signature by pyHanko that makes every later change visible.

Made with a key and certificate of our own it is an advanced electronic seal at most, never a qualified one (regulation
(EU) 910/2014, arts 36 and 38). Where `TSA_URL` is configured it carries a qualified or other time stamp (B-T).
The same bytes, key and moment give the same seal, so that work that was interrupted makes the same file again.
"""

import datetime as dt
import hashlib
import io

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import get_pyca_cryptography_hash
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import keys, stamps

FIELD = "Zegel"
# Hexadecimal digits that are kept free for a signature with its certificates.
ROOM = 16_384


def seal(data: bytes, *, at: dt.datetime) -> bytes:
    """The document with the seal of the house behind it, as an incremental update."""
    return sign(
        data,
        keys.seal(),
        field=FIELD,
        at=at,
        reason="Verzegeling: elke latere wijziging is zichtbaar",
        writer_class=StillWriter,
        timestamper=_timestamper(),
    )


def sign(
    data, identity, *, field, at, reason, writer_class=IncrementalPdfFileWriter, timestamper=None, place=None, who=""
) -> bytes:
    """Sign as PAdES with an identity.

    `place`, as `rendering.Rendered.places` has it, makes the signature visible there, in the name of `who`.
    """
    writer = writer_class(io.BytesIO(data))
    metadata = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=reason
    )
    spec = fields.SigFieldSpec(field, on_page=place["page"], box=tuple(place["box"])) if place else None
    signer = PunctualSigner(
        metadata,
        signer=SteadySigner(identity),
        timestamper=timestamper,
        new_field_spec=spec,
        stamp_style=stamps.style(who, at) if place else None,
        at=at,
    )
    result = io.BytesIO()
    # Without a time stamp its size is known well enough: otherwise pyHanko signs once more, to see how long it gets.
    signer.sign_pdf(writer, output=result, bytes_reserved=None if timestamper else ROOM)
    return result.getvalue()


class PunctualSigner(signers.PdfSigner):
    """Claims the moment of our clock as the time of signing: pyHanko would read the machine's."""

    def __init__(self, *args, at, **options):
        super().__init__(*args, **options)
        self.at = at

    def init_signing_session(self, *args, **options):
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


class StillWriter(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: it leaves the document's metadata alone and draws no random numbers."""

    @classmethod
    def _handle_id(cls, prev):
        first = prev.trailer["/ID"][0]
        first = generic.ByteStringObject(getattr(first, "original_bytes", first))
        return generic.ArrayObject([first, generic.ByteStringObject(hashlib.sha256(b"zegel" + first).digest()[:16])])

    def _update_meta(self):
        """What the document says about itself stays as it was made."""


class SteadySigner(signers.SimpleSigner):
    """Signs with deterministic ECDSA (RFC 6979), so that the same work gives the same bytes."""

    def __init__(self, identity):
        super().__init__(
            signing_cert=asn1(identity.certificate),
            # Left out on purpose: the key is used as it is, and not parsed again for every signature.
            signing_key=None,
            cert_registry=SimpleCertificateStore.from_certs([asn1(identity.issuer)]),
        )
        self.key = identity.key

    def sign_raw(self, data, digest_algorithm):
        algorithm = ec.ECDSA(get_pyca_cryptography_hash(digest_algorithm), deterministic_signing=True)
        return self.key.sign(data, algorithm)


def asn1(certificate):
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _timestamper():
    return HTTPTimeStamper(settings.TSA_URL, timeout=10) if settings.TSA_URL else None
