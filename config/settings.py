"""All settings, one file. What differs between machines comes from the environment (config/env.py)."""

from pathlib import Path

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)

# -- which kind of machine ----------------------------------------------------------------------
PRODUCTION = env.flag("PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
if PRODUCTION:
    SECRET_KEY = env.text("SECRET_KEY")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
else:
    SECRET_KEY = env.text("SECRET_KEY", "only-for-a-machine-that-holds-no-real-data")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1] testserver")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")

# The simulated clock and the switch of the second factor exist for demonstrations and tests.
SIMULATED_CLOCK = env.flag("SIMULATED_CLOCK", default=False)
SIMULATED_CLOCK_START = env.moment("SIMULATED_CLOCK_START")
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=True)
if PRODUCTION and SIMULATED_CLOCK:
    raise ImproperlyConfigured("SIMULATED_CLOCK is refused in production: deadlines run on real time.")
if PRODUCTION and not STAFF_SECOND_FACTOR:
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR=off is refused in production.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG=on is refused in production.")

# -- the house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_fsm",
    "django_filters",
    "django_htmx",
    "import_export",
    "rules.apps.AutodiscoverRulesConfig",
    "lifecycle",
    "accounts",
    "documents",
    "catalogue",
    "partners",
    "admission",
    "procurement",
    "contracts",
    "desk",
]
MIDDLEWARE = [
    # The first one stamps the legal moment of the request; nothing may run before it.
    "lifecycle.middleware.LegalMomentMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lifecycle.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "desk.context.page",
            ],
            "builtins": ["lifecycle.templatetags.lifecycle"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- data ---------------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR / 'partnerloket.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR / "media")))
# Keys live outside database and media: who copies those holds only ciphertext.
KEY_DIR = Path(env.text("KEY_DIR", str(VAR / "keys")))
# Every day's anchor of the audit trail is also written here, outside the database.
ANCHOR_FILE = Path(env.text("ANCHOR_FILE", str(VAR / "anchors.jsonl")))
# Uploads go to the sealing handler of the view that takes them; nothing spools to the temp folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# The largest file in a sealed envelope.
ENVELOPE_MAX_BYTES = env.number("ENVELOPE_MAX_BYTES", 200 * 1024 * 1024)
# Which kinds of files are taken in there (documents/envelopes/kinds.py).
ENVELOPE_KINDS = env.words("ENVELOPE_KINDS", "pdf docx xlsx odt png jpg")
if not ENVELOPE_KINDS or set(ENVELOPE_KINDS) - {"pdf", "docx", "xlsx", "odt", "png", "jpg"}:
    raise ImproperlyConfigured("ENVELOPE_KINDS names what is taken in: some of pdf, docx, xlsx, odt, png, jpg.")
# A virus scanner that those files stream past: the path of its socket, or host:port. Empty: there is none.
CLAMD_ADDRESS = env.socket_address("CLAMD_ADDRESS")
# Off: a file that the scanner could not look at is taken in, and the trail says that it was not scanned.
CLAMD_REQUIRED = env.flag("CLAMD_REQUIRED", default=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Beside allauth's own limits: subscriptions asked from one address of the internet, enough for an office behind it;
# invitations sent and access asked by one person.
ACCOUNT_RATE_LIMITS = {"subscribe": "20/h/ip", "invite": "30/h/user", "ask_to_join": "10/h/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Partnerloket"
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION

# -- languages ----------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# -- the face -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
# Rate limits count the visitor's address, which the proxy hands on, not that of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# -- work that is owed --------------------------------------------------------------------------
# No broker means: `manage.py work` does the work. Nothing legal hangs on a broker either way.
CELERY_BROKER_URL = env.text("BROKER_URL", "")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "socket_connect_timeout": 2}
CELERY_TIMEZONE = TIME_ZONE
OUTBOX_SWEEP_SECONDS = env.number("OUTBOX_SWEEP_SECONDS", 30)
OUTBOX_LEASE_SECONDS = env.number("OUTBOX_LEASE_SECONDS", 60)
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "lifecycle.tasks.sweep", "schedule": OUTBOX_SWEEP_SECONDS}}

# -- mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Partnerloket <noreply@partnerloket.example>")
EMAIL_HOST = env.text("SMTP_HOST", "")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_USE_TLS, EMAIL_USE_SSL = env.smtp_security(env.text("SMTP_SECURITY", "none"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("SMTP_USER", ""), env.text("SMTP_PASSWORD", "")
EMAIL_TIMEOUT = env.number("SMTP_TIMEOUT_SECONDS", 30)
if bool(EMAIL_HOST_USER) != bool(EMAIL_HOST_PASSWORD):
    raise ImproperlyConfigured("SMTP_USER and SMTP_PASSWORD go together: set both or neither.")
if EMAIL_HOST_USER and not (EMAIL_USE_TLS or EMAIL_USE_SSL):
    raise ImproperlyConfigured("SMTP_PASSWORD is not sent in the clear: set SMTP_SECURITY to starttls or tls.")
# Where mail that cannot be delivered comes back: each copy gets an address of its own, name+token@domain.
BOUNCE_ADDRESS = env.address("BOUNCE_ADDRESS")
# The Maildir in which the mail server puts what comes back; empty: it is piped into `manage.py receive_bounces`.
BOUNCE_MAILDIR = env.text("BOUNCE_MAILDIR", "")
if BOUNCE_MAILDIR and not BOUNCE_ADDRESS:
    raise ImproperlyConfigured("BOUNCE_MAILDIR without BOUNCE_ADDRESS: nothing would ever come back there.")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"

# -- documents ----------------------------------------------------------------------------------
DOCUMENT_ASSETS = BASE_DIR / "documents" / "assets"
# Where time stamps for the seal come from (RFC 3161); without it the seal carries none.
TSA_URL = env.text("TSA_URL", "")
CONTRACTING_AUTHORITY = {
    # Demo values where the organisation has to fill in its own; the address is not a fact we verified.
    "name": env.text("AUTHORITY_NAME", "VDAB"),
    "full_name": env.text("AUTHORITY_FULL_NAME", "Vlaamse Dienst voor Arbeidsbemiddeling en Beroepsopleiding"),
    "address": env.text("AUTHORITY_ADDRESS", "Voorbeeldlaan 1, 1000 Brussel"),
    "enterprise_number": env.text("AUTHORITY_ENTERPRISE_NUMBER", ""),
    "email": env.text("AUTHORITY_EMAIL", "samenwerking@vdab.be"),
    # What the official notices ask besides: they say so as long as it is missing.
    "city": env.text("AUTHORITY_CITY", "Brussel"),
    "phone": env.text("AUTHORITY_PHONE", ""),
    "legal_type": env.text("AUTHORITY_LEGAL_TYPE", ""),
}

# -- import and export --------------------------------------------------------------------------
IMPORT_EXPORT_USE_TRANSACTIONS = True

# -- logs: identifiers, never content -----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer()
            if PRODUCTION
            # Never the local variables of a traceback: they can hold what is in an envelope.
            else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
