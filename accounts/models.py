"""The people who sign in, and the staff roles they hold from a day to a day."""

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
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person. Staff hold roles; people of a partner are members of its organisation."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    language = models.CharField(_("taal"), max_length=2, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(_("actief"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("gebruiker")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the staff roles held now (read once per request)."""
        return frozenset(RoleAssignment.objects.current().filter(user=self).values_list("role", flat=True))

    @property
    def is_staff_member(self) -> bool:
        return bool(self.roles)

    @property
    def role_names(self) -> list[str]:
        return [str(ROLES[code].label) for code in ROLES if code in self.roles]

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
        """What Django's admin asks; ours asks the permission `accounts.use_admin` besides."""
        return "accounts.use_admin" in self.role_permissions


class RoleAssignmentQuerySet(models.QuerySet):
    def current(self, on=None):
        day = on or clock.today()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class RoleAssignment(models.Model):
    """A staff role of a person, from a day up to and including a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("rol"), max_length=30, choices=[(code, role.label) for code, role in ROLES.items()])
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="role_is_declared"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_start"),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")), name="nobody_grants_oneself"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {ROLES[self.role].label}"

    @property
    def ref(self):
        return f"accounts.user:{self.user_id}"

    dossier = ref


def display_name(user):
    """What allauth shows as a person's name."""
    return user.name or user.email
