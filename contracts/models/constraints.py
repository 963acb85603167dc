"""What the database itself refuses about a contract."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.states import ContractState

CONTRACT_CONSTRAINTS = [
    models.CheckConstraint(condition=Q(state__in=ContractState.values), name="contract_state_is_known"),
    models.CheckConstraint(
        condition=Q(kind="concession", procedure__isnull=False, admission=None)
        | Q(kind="open_house", procedure=None, admission__isnull=False),
        name="contract_has_one_origin",
        violation_error_message=_("Een contract volgt op gunningen of op een toelating, niet op beide."),
    ),
    models.CheckConstraint(
        condition=Q(term_end__gt=F("term_start")),
        name="contract_ends_after_start",
        violation_error_message=_("De laatste dag moet na de eerste dag liggen."),
    ),
    models.CheckConstraint(
        condition=Q(intake_until=None) | Q(intake_until__gte=F("term_start"), intake_until__lte=F("term_end")),
        name="contract_intake_within_term",
        violation_error_message=_("Nieuwe klanten kunnen alleen binnen de looptijd starten."),
    ),
    models.CheckConstraint(
        condition=Q(settles_until=None) | Q(settles_until__gte=F("term_end")),
        name="contract_settles_after_term",
        violation_error_message=_("Nazorg en afrekening eindigen niet voor de looptijd."),
    ),
    models.CheckConstraint(
        condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("prepared_by")), name="contract_four_eyes"
    ),
    models.CheckConstraint(
        condition=Q(signed_at=None, countersigned_by=None, final_sha256="")
        | Q(signed_at__isnull=False, countersigned_by__isnull=False) & ~Q(final_sha256=""),
        name="contract_conclusion_is_whole",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=["signed", "active", "suspended", "in_default", "expired"]) | Q(signed_at__isnull=False),
        name="running_contract_was_signed",
    ),
    models.CheckConstraint(
        condition=~Q(state="issued") | Q(document__isnull=False, issued_at__isnull=False),
        name="issued_contract_has_a_document",
    ),
    models.CheckConstraint(
        condition=~Q(state="terminated") | ~Q(ground="") & ~Q(reason="") & Q(ended_at__isnull=False),
        name="terminated_contract_says_why",
    ),
    models.UniqueConstraint(
        fields=["admission"],
        condition=~Q(state__in=["terminated", "expired", "archived"]),
        name="one_contract_per_admission",
    ),
]
