"""How allauth behaves here: anyone may make an account, which gives no rights; secrets are kept encrypted."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Under this name the session of an unknown visitor keeps the page that asked to sign up: proving an address by mail loses
# the `next` of the page on which one began.
COME_BACK_TO = "come_back_to"


class AccountAdapter(DefaultAccountAdapter):
    """People of partners sign themselves up; staff roles are granted by an administrator only."""

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        user.language = request.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request):
        """To what one came for before one had an account, else home."""
        return request.session.pop(COME_BACK_TO, None) or super().get_login_redirect_url(request)

    def populate_username(self, request, user):
        """There are no user names here: people sign in by e-mail."""


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secret of a second factor encrypted under a key derived from the secret key of the installation."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Encrypts under the present secret key; decrypts what an earlier one (SECRET_KEY_FALLBACKS) encrypted."""
    return MultiFernet([_derived(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret_key: str) -> Fernet:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"partnerloket second factor")
    return Fernet(base64.urlsafe_b64encode(derive.derive(secret_key.encode())))
