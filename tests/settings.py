"""The settings of the house, in a folder that is thrown away: tests touch neither var/ nor the developer's database.

Everything that differs per machine is set in the environment before the real settings read it. Child processes that a
test starts (a worker that gets killed) inherit that environment, and so the same folder.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TESTS_DIR" not in os.environ:
    # The first process of a run; the workers of pytest-xdist and the children of tests come later.
    os.environ["TESTS_DIR"] = tempfile.mkdtemp(prefix="partnerloket-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_DIR"], ignore_errors=True)
    # A broker is for the tests that ask for one (the fixture `broker_url`), not for the rest of the suite.
    os.environ["TESTS_BROKER_URL"] = os.environ.pop("BROKER_URL", "")
    for name in ("KEY_DIR", "MEDIA_ROOT", "ANCHOR_FILE", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"):
        os.environ.pop(name, None)
    for name in ("SMTP_HOST", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "BOUNCE_ADDRESS", "BOUNCE_MAILDIR"):
        os.environ.pop(name, None)

HERE = Path(os.environ["TESTS_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ |= {
    "VAR_DIR": str(HERE),
    "PRODUCTION": "off",
    "DEBUG": "off",
    "SIMULATED_CLOCK": "on",
    "STAFF_SECOND_FACTOR": "on",
}

from config.settings import *  # noqa: E402, F403 -- only now does the environment say where everything lives
from config.settings import DATABASES, EMAIL_HOST, STATIC_ROOT  # noqa: E402 -- named for the changes below

STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none

# Connections that live on after a request would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: several connections see the same data, and wait for each other, as they do outside tests.
    DATABASES["default"]["TEST"] = {"NAME": str(HERE / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A child process that is given a mail server uses it.
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
