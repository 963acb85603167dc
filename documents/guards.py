"""When a text or a document can take its next step."""

from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import law, published_rule
from lifecycle.guards import Unmet, guard


@guard(_("De tekst bevat fouten."), ground=published_rule(_("gesloten sjabloontaal")))
def text_is_sound(version, facts):
    faults = version.faults()
    return Unmet(" ".join(str(fault) for fault in faults)) if faults else True


@guard(
    _("Het document draagt al een elektronisch zegel."),
    ground=law(_("verordening (EU) nr. 910/2014, art. 36: een zegel dekt wat het verzegelde")),
)
def nothing_was_sealed(document, facts):
    return document.sealed_at is None


@guard(
    _("Dit is intussen al anders verbeterd: stel een nieuwe verbetering voor."), ground=published_rule(_("vier ogen"))
)
def nothing_was_corrected_meanwhile(correction, facts):
    last = correction.last_that_counts()
    return (last.pk if last else None) == correction.supersedes_id


@guard(_("Geef de reden."), ground=law(_("beginselen van behoorlijk bestuur")))
def reason_is_given(record, facts):
    return bool(facts.get("reason", "…").strip())
