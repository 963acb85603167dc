"""What an applicant declares and proves, and what an assessor finds: per condition, for one application."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from admission.models.applications import AdmissionApplication
from admission.models.conditions import Condition
from catalogue.models import Service
from lifecycle.models import ref
from partners.models import Establishment, Participant


class DeclaredService(models.Model):
    """Where the applicant offers a service, and for how many customers at once: a declaration, no commitment, no cap."""

    application = models.ForeignKey(AdmissionApplication, models.CASCADE, related_name="services")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("dienst"))
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="+", verbose_name=_("vestiging"))
    availability = models.PositiveIntegerField(_("beschikbare plaatsen"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["service__name_nl", "establishment__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "service", "establishment"],
                name="service_declared_once_per_establishment",
                violation_error_message=_("Deze dienst staat al bij deze vestiging."),
            ),
            models.CheckConstraint(condition=Q(availability__gte=1), name="availability_is_positive"),
        ]

    def __str__(self):
        return f"{self.service} – {self.establishment}: {self.availability}"


class Declaration(models.Model):
    """The applicant's own statement about one condition."""

    application = models.ForeignKey(AdmissionApplication, models.CASCADE, related_name="declarations")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="+")
    confirmed = models.BooleanField(_("wij voldoen aan deze voorwaarde"), default=False)
    explanation = models.TextField(_("toelichting"), blank=True)

    class Meta:
        ordering = ["condition__code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "condition"], name="one_declaration_per_condition")
        ]

    def __str__(self):
        return f"{self.condition.code}: {self.confirmed}"


def random_path(evidence, _name):
    """A name that says nothing and cannot be guessed; the name that the applicant gave stays in the database."""
    return f"admission/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may see the application: its applicant, and staff from its submission on."""
        if not user.is_authenticated:
            return self.none()
        own = Q(application__participant__in=Participant.objects.of(user))
        if user.has_perm("admission.view_applications"):
            return self.filter(own | Q(application__submitted_at__isnull=False, fixed_at__isnull=False))
        return self.filter(own)


class EvidenceFile(models.Model):
    """A file that proves a condition. Private, not sealed: Open House compares nobody (`fixed_at`: since when it counts)."""

    application = models.ForeignKey(AdmissionApplication, models.CASCADE, related_name="evidence")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="+")
    file = models.FileField(_("bestand"), upload_to=random_path)
    name = models.CharField(_("naam"), max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["condition__code", "pk"]
        verbose_name = _("bewijsstuk")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "condition", "sha256"],
                name="evidence_once_per_condition",
                violation_error_message=_("Dit bestand staat al bij deze voorwaarde."),
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_is_not_empty"),
        ]

    def __str__(self):
        return self.name

    @property
    def ref(self):
        return ref(self)

    def get_absolute_url(self):
        return reverse("evidence", args=[self.pk])

    @property
    def is_removable(self) -> bool:
        """Until it was submitted."""
        return self.fixed_at is None and self.application.takes_evidence


class ConditionResult(models.Model):
    """Whether one published condition is met by this application, and why. Nothing in between, nothing beside it."""

    application = models.ForeignKey(AdmissionApplication, models.PROTECT, related_name="results")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="+")
    met = models.BooleanField(_("voldaan"))
    reason = models.TextField(_("motivering"))
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["condition__code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "condition"], name="one_result_per_condition"),
            models.CheckConstraint(condition=~Q(reason=""), name="result_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.condition.code}: {self.met}"
