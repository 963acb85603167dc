"""What must hold before a person joins the team of a procedure."""

from django.utils.translation import gettext_lazy as _

from lifecycle.guards import guard
from procurement.grounds import SOUND_ADMINISTRATION, concessions


@guard(
    _("Deze persoon verklaarde een belang in deze procedure en werkt er niet aan mee."), ground=concessions("art. 26")
)
def no_conflict_was_stated(procedure, facts):
    return not procedure.interest_statements.filter(user=facts["person"], has_conflict=True).exists()


@guard(_("Deze persoon heeft niet de personeelsrol die bij deze taak hoort."), ground=SOUND_ADMINISTRATION)
def person_holds_the_role(procedure, facts):
    return facts["person"].has_role(facts["staff_role"])
