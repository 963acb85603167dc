"""When a proposed number of the law can be approved."""

from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import law, published_rule
from lifecycle.guards import guard

TABLE = published_rule(_("tabel van de wettelijke waarden"))


@guard(_("Voor deze dag is al een waarde goedgekeurd: verbeter die."), ground=TABLE)
def day_is_free(value, facts):
    return not value.others_of_that_day().exists()


@guard(_("De waarde die dit verbetert, is al door een andere vervangen."), ground=TABLE)
def nothing_else_supersedes_the_same(value, facts):
    return value.supersedes is None or not value.supersedes.corrections.approved().exists()


@guard(_("Alleen een goedgekeurde waarde kan worden verbeterd."), ground=TABLE)
def row_counts(value, facts):
    return value.state == value.State.APPROVED


@guard(_("Geef de reden."), ground=law(_("beginselen van behoorlijk bestuur")))
def reason_is_given(value, facts):
    return bool(facts.get("reason", "…").strip())
