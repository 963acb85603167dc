"""The Chromium of this machine, for the tests that drive a browser."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium's own sandbox does not start for root, as in most containers; only our own pages are opened.
ARGUMENTS = ["--no-sandbox"] if os.geteuid() == 0 else []


def find():
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise SystemExit(f"No Chromium found ({', '.join(NAMES)}): apt-get install chromium")
