"""The people who sign in, and the staff roles they hold from a moment to a moment."""

from functools import cached_property

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLES
from lifecycle import clock
from lifecycle.models import ref


class UserQuerySet(models.QuerySet):
    def with_role(self, *codes):
        """Who holds one of these roles now."""
        held = RoleAssignment.objects.current().filter(role__in=codes)
        return self.filter(is_active=True, pk__in=held.values("user"))

    def with_permission(self, permission):
        """Who holds a role that carries this permission now."""
        return self.with_role(*(code for code, role in ROLES.items() if permission in role.permissions))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        """What a backend asks when somebody signs in: an address is the same in capitals."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person. Staff hold roles; people of a partner are members of its organisation."""

    email = models.EmailField(
        _("e-mailadres"), unique=True, error_messages={"unique": _("Er is al een account met dit e-mailadres.")}
    )
    name = models.CharField(_("naam"), max_length=120)
    language = models.CharField(_("taal"), max_length=2, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(_("actief"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_per_address",
                violation_error_message=_("Er is al een account met dit e-mailadres."),
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "en"]), name="user_language_is_known"),
        ]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the staff roles held now (read once per request)."""
        held = RoleAssignment.objects.current().filter(user=self)
        return frozenset(held.order_by().values_list("role", flat=True))

    @property
    def is_staff_member(self) -> bool:
        return bool(self.roles)

    @property
    def role_names(self) -> list[str]:
        return [str(ROLES[code].label) for code in ROLES if code in self.roles]

    def proved_addresses(self) -> list[str]:
        """The addresses whose mailbox this person showed to read, in small letters."""
        return [found.email.lower() for found in self.emailaddress_set.filter(verified=True)]

    @property
    def dossier(self) -> str:
        """What happens to an account and its roles is a chain of its own."""
        return ref(self)

    def has_role(self, code) -> bool:
        return code in self.roles

    @property
    def role_permissions(self) -> frozenset[str]:
        return frozenset().union(*(ROLES[code].permissions for code in self.roles))

    def has_perm(self, permission, record=None) -> bool:
        """Predicates in code decide (`rules.py` of each app); there is no superuser who may do everything."""
        return self.is_active and rules.has_perm(permission, self, record)

    def has_perms(self, permissions, record=None) -> bool:
        return all(self.has_perm(permission, record) for permission in permissions)

    def has_module_perms(self, _app) -> bool:
        return self.is_staff

    @property
    def is_staff(self) -> bool:
        """What Django asks; our admin asks the permission `accounts.use_admin` besides (config/admin.py)."""
        return self.is_staff_member


class RoleAssignmentQuerySet(models.QuerySet):
    def current(self, at=None):
        """The roles held at a moment (now, unless said otherwise)."""
        moment = at or clock.now()
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)


class RoleAssignment(models.Model):
    """A staff role of a person, from a moment until a moment: a role that was ended holds for no request more."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments", verbose_name=_("gebruiker"))
    role = models.CharField(_("rol"), max_length=30, choices=[(code, role.label) for code, role in ROLES.items()])
    granted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("toegekend door")
    )
    since = models.DateTimeField(_("vanaf"))
    until = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "since"]
        verbose_name = _("rol van een medewerker")
        verbose_name_plural = _("rollen van medewerkers")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)),
                name="role_is_declared",
                violation_error_message=_("Deze rol bestaat niet."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="role_ends_after_start",
                violation_error_message=_("Het einde ligt niet na het begin."),
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")),
                name="nobody_grants_oneself",
                violation_error_message=_("Niemand kent zichzelf een rol toe."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(until=None),
                name="role_once_without_end",
                violation_error_message=_("Deze persoon heeft deze rol al."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {ROLES[self.role].label}"

    @property
    def dossier(self):
        """Granting and ending belong to the chain of the person."""
        return ref(self.user)


def display_name(user):
    """What allauth shows as a person's name."""
    return user.name or user.email
