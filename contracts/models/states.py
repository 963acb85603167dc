"""The states, kinds and grounds of a contract, and the reads that pages and duties share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.models import RecordedQuerySet
from partners.models import Participant


class ContractState(models.TextChoices):
    PREPARED = "prepared", _("In voorbereiding")
    ISSUED = "issued", _("Uitgereikt, te ondertekenen")
    SIGNED = "signed", _("Gesloten")
    ACTIVE = "active", _("Actief")
    SUSPENDED = "suspended", _("Geschorst")
    IN_DEFAULT = "in_default", _("In gebreke gesteld")
    TERMINATED = "terminated", _("Beëindigd")
    EXPIRED = "expired", _("Afgelopen")
    ARCHIVED = "archived", _("Gearchiveerd")


RUNNING = (ContractState.ACTIVE, ContractState.SUSPENDED, ContractState.IN_DEFAULT)
ENDED = (ContractState.TERMINATED, ContractState.EXPIRED, ContractState.ARCHIVED)


class ContractKind(models.TextChoices):
    CONCESSION = "concession", _("Concessie")
    OPEN_HOUSE = "open_house", _("Open House")


class Mode(models.TextChoices):
    SIGNED_BY_BOTH = "signed_by_both", _("Ondertekening door beide partijen")
    NOTIFICATION = "notification", _("Kennisgeving van de goedkeuring")


class EndGround(models.TextChoices):
    DEFAULT = "default", _("Ernstige tekortkoming na ingebrekestelling")
    EXCLUSION = "exclusion", _("Verplichte uitsluitingsgrond bij de gunning (art. 44, b, richtlijn 2014/23/EU)")
    NEW_PROCEDURE = "new_procedure", _("Wijziging die een nieuwe procedure vereiste (art. 44, a)")
    INEFFECTIVE = "ineffective", _("Onverbindendverklaring of inbreukarrest (art. 44, c)")
    BANKRUPTCY = "bankruptcy", _("Faillissement")
    MUTUAL = "mutual", _("Onderling akkoord")
    NOTICE = "notice", _("Opzegging door de partner, na de opzegtermijn")
    ADMISSION_ENDED = "admission_ended", _("Einde van de toelating")
    NOT_CONCLUDED = "not_concluded", _("Niet gesloten")


class ContractQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """All for staff who may view contracts; for a partner its own, once they were issued."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("contracts.view_any_contract"):
            return self.all()
        return self.filter(participant__in=Participant.objects.of(user), document__isnull=False)

    def running(self):
        return self.filter(state__in=RUNNING)

    def to_activate(self, on):
        return self.filter(state=ContractState.SIGNED, term_start__lte=on)

    def to_expire(self, on):
        return self.filter(state__in=RUNNING, term_end__lt=on)
