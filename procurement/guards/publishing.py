"""What must hold on the day of publication."""

from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.guards import guard
from procurement.grounds import concessions


@guard(_("Het nummer en de verzendingsdatum van de aankondiging ontbreken."), ground=concessions("art. 42"))
def notice_is_recorded(procedure, facts):
    if not facts:
        return True
    sent_on = facts.get("notice_sent_on")
    return bool(facts.get("notice_number")) and sent_on is not None and sent_on <= clock.today()


@guard(
    _("De aankondiging kan niet vóór de goedkeuring verzonden zijn: de termijn loopt vanaf die verzending."),
    ground=concessions(_("art. 45 en 47")),
)
def notice_follows_the_approval(procedure, facts):
    """What was not approved yet was not announced; an earlier day would shorten the minimum that runs from it."""
    sent_on = facts.get("notice_sent_on")
    approved_at = procedure.approved_at
    return sent_on is None or approved_at is None or sent_on >= clock.local_date(approved_at)


@guard(_("Er zijn geen twee openingsverantwoordelijken om de verzegeling op te heffen."), ground=concessions("art. 32"))
def opening_officers_can_open(procedure, facts):
    return procedure.opening_officers_available()
