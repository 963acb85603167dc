"""Whole stories through real pages stand on the same people and procedures as the tests of each page."""

from tests.procurement.conftest import *  # noqa: F403 -- its fixtures
