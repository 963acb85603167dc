"""Environment variables that fail loudly. `docs/operations.md` lists them all."""

import datetime as dt
import os
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name, default=None):
    value = os.environ.get(name, default)
    if value is None:
        msg = f"The environment variable {name} is missing: docs/operations.md says what it is for."
        raise ImproperlyConfigured(msg)
    return value


def flag(name, *, default):
    value = os.environ.get(name, "on" if default else "off").lower()
    if value not in {"on", "off"}:
        msg = f"The environment variable {name} must be 'on' or 'off', not {value!r}."
        raise ImproperlyConfigured(msg)
    return value == "on"


def number(name, default):
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        msg = f"The environment variable {name} must be a whole number, not {value!r}."
        raise ImproperlyConfigured(msg)
    return int(value)


def moment(name):
    """A moment with its zone, as 2026-01-05T09:00+01:00, or None."""
    value = os.environ.get(name)
    if not value:
        return None
    with suppress(ValueError):
        read = dt.datetime.fromisoformat(value)
        if read.tzinfo is not None:
            return read
    msg = f"The environment variable {name} must be a moment like 2026-01-05T09:00+01:00, not {value!r}."
    raise ImproperlyConfigured(msg)


def words(name, default=""):
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def smtp_security(value):
    """Whether a connection to the mail server begins in the clear and turns to TLS, or is TLS from the start."""
    if value not in {"none", "starttls", "tls"}:
        msg = f"The environment variable SMTP_SECURITY must be 'none', 'starttls' or 'tls', not {value!r}."
        raise ImproperlyConfigured(msg)
    return value == "starttls", value == "tls"


def address(name):
    """A bare e-mail address, or nothing."""
    value = os.environ.get(name, "")
    name_part, at, domain = value.partition("@")
    if value and not (name_part and at and domain and not set(value) & set("<>+, ")):
        msg = f"The environment variable {name} must be a bare address such as bounce@example.org, not {value!r}."
        raise ImproperlyConfigured(msg)
    return value


def socket_address(name):
    """The path of a socket as it is, `host:port` as a pair, or nothing."""
    value = os.environ.get(name, "")
    host, _colon, port = value.rpartition(":")
    if not value or value.startswith("/"):
        return value
    if not (host and port.isdigit()):
        msg = f"The environment variable {name} must be the path of a socket or host:port, not {value!r}."
        raise ImproperlyConfigured(msg)
    return host.strip("[]"), int(port)


def database(url):
    """A Django database setting from `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {
                # IMMEDIATE takes the write lock at once: no deadlock between a reader and a writer.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
                "timeout": 30,
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": query,
        }
    msg = f"DATABASE_URL starts with {parts.scheme!r}: use sqlite:/// or postgresql://."
    raise ImproperlyConfigured(msg)
