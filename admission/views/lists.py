"""What the lists of Open House share: filters that read as a sentence, fifty rows a page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

# The lists of Open House, as tabs above each of them, for who signed in.
LISTS = [
    (_("Oproepen"), "call-list"),
    (_("Aanvragen"), "admission-application-list"),
    (_("Toelatingen"), "admission-list"),
]


class ListPage(FilterView):
    """A list of what this person may see; a filter that makes no sense shows everything with the error beside it."""

    paginate_by = 50
    strict = False
    title = ""
    intro = ""
    counted = ""
    default_order = ""
    related = ()

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).select_related(*self.related)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {
            "title": self.title,
            "intro": self.intro,
            "counted": self.counted,
            "default_order": self.default_order,
            "tabs": self._tabs(),
        }

    def _tabs(self):
        if not self.request.user.is_authenticated:
            return None
        links = [(label, reverse(name)) for label, name in LISTS]
        return [{"label": label, "url": url, "current": url == self.request.path} for label, url in links]
