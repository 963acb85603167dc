"""What the database refuses of a procedure."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PROCEDURE = [
    models.CheckConstraint(
        condition=Q(term_end__gt=F("term_start")),
        name="procedure_ends_after_start",
        violation_error_message=_("Het einde van de concessie ligt voor of op het begin."),
    ),
    models.CheckConstraint(
        condition=Q(intake_until=None) | Q(intake_until__gt=F("term_start"), intake_until__lte=F("term_end")),
        name="procedure_intake_within_term",
        violation_error_message=_("Nieuwe klanten kunnen alleen binnen de looptijd starten."),
    ),
    models.CheckConstraint(
        condition=Q(performance_until=None) | Q(performance_until__gte=F("term_end")),
        name="procedure_performance_after_term",
        violation_error_message=_("Nazorg en afrekening eindigen niet voor het einde van de concessie."),
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")), name="procedure_four_eyes"
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None, approved_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
        name="procedure_approval_is_whole",
    ),
    models.CheckConstraint(
        condition=(Q(max_lots_applied=None) | Q(max_lots_applied__gte=1))
        & (Q(max_lots_awarded=None) | Q(max_lots_awarded__gte=1)),
        name="procedure_limits_leave_a_lot",
        violation_error_message=_("Een kandidaat kan minstens één perceel krijgen."),
    ),
    models.CheckConstraint(
        condition=Q(max_lots_applied=None) | Q(max_lots_awarded=None) | Q(max_lots_awarded__lte=F("max_lots_applied")),
        name="procedure_awards_no_more_than_asked",
        violation_error_message=_(
            "Er kunnen niet meer percelen gegund worden dan waarvoor een kandidaat mag indienen."
        ),
    ),
]
