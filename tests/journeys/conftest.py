"""The procedure of the story and the people around it, as `tests/procurement` has them."""

from tests.procurement.conftest import *  # noqa: F403 -- its fixtures
