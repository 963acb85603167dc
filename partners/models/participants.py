"""The party behind an application, an offer or a contract: alone or as a consortium, with those it relies on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lifecycle.models import ref
from partners.models.organisations import Membership, Organisation


class ParticipantQuerySet(models.QuerySet):
    def of(self, user):
        """The participants whose lead or members this person belongs to now."""
        own = Membership.objects.current().filter(user=user).values("organisation")
        return self.filter(pk__in=ParticipantMember.objects.acting().filter(organisation__in=own).values("participant"))


class Participant(models.Model):
    """One organisation, or a consortium; and the entities whose capacity it relies on (act of 17 June 2016, art. 49)."""

    class Kind(models.TextChoices):
        ALONE = "alone", _("Alleen")
        CONSORTIUM = "consortium", _("Combinatie")

    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    name = models.CharField(_("naam"), max_length=200)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("trekker"))

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("deelnemer")

    def __str__(self):
        return self.name

    @property
    def ref(self):
        return ref(self)

    @property
    def organisations(self):
        """The lead and the members: who is party, not who is relied on."""
        return Organisation.objects.filter(
            pk__in=ParticipantMember.objects.acting().filter(participant=self).values("organisation")
        )

    def _memberships(self, user):
        acting = ParticipantMember.objects.acting().filter(participant=self).values("organisation")
        return Membership.objects.current().filter(user=user, organisation__in=acting)

    def has_member(self, user) -> bool:
        """Whether this person belongs to the lead or a member now."""
        return self._memberships(user).exists()

    def prepared_by(self, user) -> bool:
        """Whether this person may prepare for it now."""
        return self._memberships(user).filter(may_prepare=True).exists()

    def signed_by(self, user) -> bool:
        """Whether this person may sign for it now, for a confirmed organisation."""
        return self._memberships(user).filter(may_sign=True, organisation__state="confirmed").exists()

    def may_sign_for(self, user, amount) -> bool:
        """Whether this person may sign for it now, up to this amount in euro."""
        signing = self._memberships(user).filter(may_sign=True, organisation__state="confirmed")
        return any(membership.may_sign_for(amount) for membership in signing)


class ParticipantMemberQuerySet(models.QuerySet):
    def acting(self):
        """The lead and the members: who is party."""
        return self.exclude(role=ParticipantMember.Role.RELIED_ON)

    def delete(self):
        """Refuses to leave a participant without its lead (`ProtectedError`)."""
        if leads := list(self.filter(role=ParticipantMember.Role.LEAD)):
            raise models.ProtectedError("A participant keeps its lead.", leads)
        return super().delete()


class ParticipantMember(models.Model):
    """An organisation's part in a participant."""

    class Role(models.TextChoices):
        LEAD = "lead", _("trekker")
        MEMBER = "member", _("lid")
        RELIED_ON = "relied_on", _("draagkracht")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(_("rol"), max_length=10, choices=Role)

    objects = ParticipantMemberQuerySet.as_manager()

    class Meta:
        ordering = ["participant", "role", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "organisation"], name="organisation_once_per_participant"),
            models.UniqueConstraint(fields=["participant"], condition=Q(role="lead"), name="one_lead_per_participant"),
            models.CheckConstraint(condition=Q(role__in=["lead", "member", "relied_on"]), name="participant_role"),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"

    def delete(self, *args, **kwargs):
        """Refuses to leave the participant without its lead (`ProtectedError`)."""
        if self.role == self.Role.LEAD:
            raise models.ProtectedError("A participant keeps its lead.", [self])
        return super().delete(*args, **kwargs)
