"""What the lists of Open House share: tabs from one to the other."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lifecycle.lists import ListPage

# The lists of Open House, as tabs above each of them, for who signed in.
LISTS = [
    (_("Oproepen"), "call-list"),
    (_("Aanvragen"), "admission-application-list"),
    (_("Toelatingen"), "admission-list"),
]


class OpenHouseList(ListPage):
    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"tabs": self._tabs()}

    def _tabs(self):
        if not self.request.user.is_authenticated:
            return None
        links = [(label, reverse(name)) for label, name in LISTS]
        return [{"label": label, "url": url, "current": url == self.request.path} for label, url in links]
