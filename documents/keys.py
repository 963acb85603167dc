"""The keys of the house: made once at set-up (`manage.py make_keys`), kept outside database and media.

`KEY_DIR/ca.key|pem` is an authority of our own, `KEY_DIR/seal.key|pem` the seal it certified, `KEY_DIR/trust/*.pem` whom we
believe when a signed document comes back. `KEY_DIR/demo-ca/` certifies the fictional partners of the demonstration; it
is neither made nor believed in production.
"""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from lifecycle import clock

YEARS = 12


class KeysMissing(Exception):
    """There is no seal: `manage.py make_keys` has not run on this machine."""


@dataclass(frozen=True)
class Identity:
    """A private key with its certificate and, behind it, the certificate of who issued it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    issuer: x509.Certificate


def make_keys() -> list[Path]:
    """Make what is missing and return it; what is there stays as it is."""
    made = []
    folder = Path(settings.KEY_DIR)
    ca = _authority(folder / "ca", f"{settings.CONTRACTING_AUTHORITY['name']} Partnerloket CA", made)
    if not (folder / "seal.pem").exists():
        identity = issue(ca, f"{settings.CONTRACTING_AUTHORITY['name']} elektronisch zegel")
        _write(folder / "seal.key", _private(identity.key), made)
        _write(folder / "seal.pem", _public(identity.certificate), made)
    _trust(folder, "partnerloket-ca", ca[1], made)
    if not settings.PRODUCTION:
        demo = _authority(folder / "demo-ca" / "ca", "Partnerloket Demo CA (fictief)", made)
        _trust(folder, "demo-ca", demo[1], made)
    return made


def seal() -> Identity:
    folder = Path(settings.KEY_DIR)
    try:
        return Identity(
            _load_key(folder / "seal.key"), _load_certificate(folder / "seal.pem"), _load_certificate(folder / "ca.pem")
        )
    except FileNotFoundError as error:
        msg = f"No seal in {folder}: run manage.py make_keys."
        raise KeysMissing(msg) from error


def demo_authority():
    """Key and certificate of the authority that certifies fictional signers; refused in production."""
    if settings.PRODUCTION:
        msg = "The demonstration's authority does not exist in production."
        raise KeysMissing(msg)
    folder = Path(settings.KEY_DIR) / "demo-ca"
    return _load_key(folder / "ca.key"), _load_certificate(folder / "ca.pem")


def trust_roots() -> list[x509.Certificate]:
    """Whom we believe: the certificates in `KEY_DIR/trust`; never the demonstration's authority in production."""
    files = sorted((Path(settings.KEY_DIR) / "trust").glob("*.pem"))
    return [_load_certificate(file) for file in files if not (settings.PRODUCTION and file.stem == "demo-ca")]


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def issue(authority, name: str, *, organisation: str = "", serial: str = "") -> Identity:
    """A fresh key and a certificate for signing, issued by an authority."""
    key = new_key()
    certificate = _certificate(_name(name, organisation, serial), key, authority[1].subject, authority[0], ca=False)
    return Identity(key, certificate, authority[1])


def _authority(stem: Path, name, made):
    """The key and certificate of an authority, made when missing."""
    key_file, certificate_file = stem.with_suffix(".key"), stem.with_suffix(".pem")
    if not certificate_file.exists():
        key = new_key()
        subject = _name(name)
        _write(key_file, _private(key), made)
        _write(certificate_file, _public(_certificate(subject, key, subject, key, ca=True)), made)
    return _load_key(key_file), _load_certificate(certificate_file)


def _certificate(subject, key, issuer, issuer_key, *, ca):
    # From two years back: the demonstration plays in another year than the one in which the keys are made.
    start = clock.real_now().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.replace(year=start.year - 2))
        .not_valid_after(start.replace(year=start.year + YEARS) - dt.timedelta(seconds=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _name(common, organisation="", serial=""):
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
        x509.NameAttribute(
            NameOID.ORGANIZATION_NAME, (organisation or settings.CONTRACTING_AUTHORITY["full_name"])[:64]
        ),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if serial:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(parts)


def _trust(folder, name, certificate, made):
    path = folder / "trust" / f"{name}.pem"
    if not path.exists():
        _write(path, _public(certificate), made)


def _private(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path, data, made):
    """Write a key so that nobody else can ever have read it: it is created closed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = 0o600 if path.suffix == ".key" else 0o644
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
    made.append(path)


def _load_key(path):
    return serialization.load_pem_private_key(path.read_bytes(), None)


def _load_certificate(path):
    return x509.load_pem_x509_certificate(path.read_bytes())
