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
        condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")), name="procedure_four_eyes"
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None, approved_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
        name="procedure_approval_is_whole",
    ),
]
