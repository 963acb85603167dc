"""Accounts for demonstrations and tests: a verified address, a password, an enrolled second factor."""

import base64
import hashlib

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from accounts.models import RoleAssignment, User
from lifecycle import clock


def make_account(email, *, name, password, roles=(), since=None, second_factor=True, language="nl"):
    """The account and the secret of its second factor (empty without one); refused in production.

    `since` is the moment from which the roles are held, now unless said otherwise.
    """
    if settings.PRODUCTION:
        msg = "Demonstration accounts are refused in production."
        raise RuntimeError(msg)
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, since=since or clock.now())
    secret = ""
    if second_factor:
        secret = base64.b32encode(hashlib.sha256(f"demo {email}".encode()).digest()[:20]).decode()
        TOTP.activate(user, secret)
    return user, secret
