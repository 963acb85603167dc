"""What tests stand on: a folder of their own, children on the same database, a browser that does not disturb it."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from lifecycle.models import LegalValue


def test_tests_work_in_a_folder_that_is_thrown_away():
    places = [settings.VAR, settings.MEDIA_ROOT, settings.KEY_DIR, settings.ANCHOR_FILE, settings.EMAIL_FILE_PATH]

    assert [place for place in places if not place.is_relative_to(Path(tempfile.gettempdir()))] == []


def test_a_child_process_sees_the_clock_of_the_test(child_environment, clock):
    code = "from lifecycle import clock; print(clock.now().isoformat())"

    child = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
        env=child_environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert child.stdout.strip() == "2026-02-16T08:00:00+00:00"


@pytest.mark.browser
def test_a_browser_leaves_the_database_to_the_test(live_server, browser):
    page = browser.new_page(base_url=live_server.url)

    answer = page.goto("/there-is-no-such-page/")

    assert answer.status == 404
    assert LegalValue.objects.exists()
    page.close()
