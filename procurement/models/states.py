"""The regimes and states of a concession procedure, and which procedures who may see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.models import RecordedQuerySet


class ProcedureRegime(models.TextChoices):
    FULL = "full_title_4", _("Volledig regime (titel 4)")
    LIGHT = "light_art_34", _("Licht regime (art. 34, sociale en andere specifieke diensten)")


class ProcedureState(models.TextChoices):
    DRAFT = "draft", _("Ontwerp")
    IN_REVIEW = "in_review", _("Ter goedkeuring")
    APPROVED = "approved", _("Goedgekeurd")
    PUBLISHED = "published", _("Bekendgemaakt")
    APPLICATIONS_CLOSED = "applications_closed", _("Aanvragen afgesloten")
    SELECTION = "selection", _("Selectie")
    SELECTION_DECIDED = "selection_decided", _("Selectie beslist")
    SELECTION_NOTIFIED = "selection_notified", _("Selectie meegedeeld")
    TENDERING = "tendering", _("Offertes open")
    TENDERS_CLOSED = "tenders_closed", _("Offertes afgesloten")
    EVALUATION = "evaluation", _("Beoordeling")
    NEGOTIATION = "negotiation", _("Onderhandeling")
    BEST_AND_FINAL = "best_and_final", _("Definitieve offertes")
    COMPLETED = "completed", _("Afgerond")
    ARCHIVED = "archived", _("Gearchiveerd")
    CANCELLED = "cancelled", _("Stopgezet")
    UNSUCCESSFUL = "unsuccessful", _("Zonder resultaat")
    ABANDONED = "abandoned", _("Opgegeven voor bekendmaking")


INTERNAL = (ProcedureState.DRAFT, ProcedureState.IN_REVIEW, ProcedureState.APPROVED, ProcedureState.ABANDONED)
# A decision that was taken and not told yet.
UNTOLD = (ProcedureState.SELECTION_DECIDED,)
ENDED = (
    ProcedureState.COMPLETED,
    ProcedureState.ARCHIVED,
    ProcedureState.CANCELLED,
    ProcedureState.UNSUCCESSFUL,
    ProcedureState.ABANDONED,
)
# Ended without concluding anything.
CALLED_OFF = (ProcedureState.CANCELLED, ProcedureState.UNSUCCESSFUL, ProcedureState.ABANDONED)
# Until when something of what was published may still be rectified, and in which states submissions come in.
RECTIFIABLE = (
    ProcedureState.PUBLISHED,
    ProcedureState.SELECTION,
    ProcedureState.SELECTION_DECIDED,
    ProcedureState.SELECTION_NOTIFIED,
    ProcedureState.TENDERING,
)
RECEIVING = (ProcedureState.PUBLISHED, ProcedureState.TENDERING, ProcedureState.BEST_AND_FINAL)
TONES = {
    ProcedureState.PUBLISHED: "good",
    ProcedureState.TENDERING: "good",
    ProcedureState.COMPLETED: "good",
    ProcedureState.IN_REVIEW: "waiting",
    ProcedureState.APPROVED: "waiting",
    ProcedureState.APPLICATIONS_CLOSED: "waiting",
    ProcedureState.SELECTION: "waiting",
    ProcedureState.SELECTION_DECIDED: "waiting",
    ProcedureState.SELECTION_NOTIFIED: "waiting",
    ProcedureState.TENDERS_CLOSED: "waiting",
    ProcedureState.EVALUATION: "waiting",
    ProcedureState.NEGOTIATION: "waiting",
    ProcedureState.BEST_AND_FINAL: "waiting",
    ProcedureState.CANCELLED: "stopped",
    ProcedureState.UNSUCCESSFUL: "stopped",
    ProcedureState.ABANDONED: "stopped",
}


class ProcedureQuerySet(RecordedQuerySet):
    def public(self):
        """What anyone may see: everything from its publication on."""
        return self.exclude(state__in=INTERNAL)

    def visible_to(self, user):
        return self if user.is_authenticated and user.has_perm("procurement.view_internal_procedure") else self.public()

    def running(self):
        return self.public().exclude(state__in=ENDED)
