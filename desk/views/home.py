"""Home: what waits for me, what runs, what happened lately. One question, whatever the role."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desk import expiring, recent, waiting
from lifecycle import clock
from lifecycle.dates import day_in_words


@login_not_required
def start(request):
    """The home page of who signed in; everybody else reads what is public."""
    if not request.user.is_authenticated:
        return redirect("public")
    user = request.user
    urgent = waiting.urgent_for(user)
    drafts = waiting.drafts_of(user)
    context = {
        "greeting": f"{_greeting()}, {user.name or user.email}",
        "summary": _("Vandaag is het %(day)s.") % {"day": day_in_words(clock.today(), "long")},
        "drafts": drafts,
        "urgent": urgent,
        "expiring": expiring.expiring_for(user),
        "running": waiting.running_for(user),
        "recent": recent.recent_for(user),
        "empty_urgent": _("Er wacht vandaag niets op u."),
    }
    return render(request, "desk/home.html", context)


def _greeting():
    hour = clock.now().astimezone(clock.BRUSSELS).hour
    if hour < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if hour < 18 else _("Goedenavond")
