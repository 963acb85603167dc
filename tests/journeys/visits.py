"""A page of a real browser for a person who signed in."""

from tests.face.test_pages import open_page
from tests.people import sign_in


def visit(browser, live_server, client, user, **options):
    """Signed in as this person, second factor included."""
    page = open_page(browser, live_server, 1200, **options)
    visitor = sign_in(type(client)(), user)
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in visitor.cookies.items()]
    )
    return page
