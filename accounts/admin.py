"""People and their roles, for who may grant them (`accounts.rules` names what Django's admin asks)."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.forms import GrantForm
from accounts.models import RoleAssignment, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "held", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    fields = readonly_fields = ["name", "email", "language", "is_active", "held", "last_login"]
    actions = ["close_accounts", "reopen_accounts"]

    def get_queryset(self, request):
        current = Prefetch("role_assignments", RoleAssignment.objects.current(), to_attr="held_now")
        return super().get_queryset(request).prefetch_related(current)

    @admin.display(description=_("rollen"))
    def held(self, user):
        return ", ".join(assignment.get_role_display() for assignment in user.held_now)

    @admin.action(description=_("Toegang stopzetten"))
    def close_accounts(self, request, queryset):
        self._each(request, queryset, actions.close_account)

    @admin.action(description=_("Toegang herstellen"))
    def reopen_accounts(self, request, queryset):
        self._each(request, queryset, actions.reopen_account)

    def _each(self, request, queryset, action):
        for user in queryset:
            try:
                action(user, by=request.user)
            except PermissionDenied:
                self.message_user(request, _now("%(user)s: dat mag u niet zelf doen.") % {"user": user}, messages.ERROR)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "since", "until", "granted_by"]
    list_filter = ["role"]
    list_select_related = ["user", "granted_by"]
    search_fields = ["user__name", "user__email"]
    form = GrantForm
    fields = ["user", "role", "until"]
    actions = ["end_roles"]

    def get_readonly_fields(self, request, obj=None):
        return ["user", "role", "since", "until", "granted_by"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form knows who grants."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("GrantForm", (form,), {"granter": request.user})

    def save_model(self, request, obj, form, change):
        granted = actions.grant_role(by=request.user, user=obj.user, role=obj.role, until=obj.until)
        obj.pk, obj.since, obj.granted_by = granted.pk, granted.since, granted.granted_by

    @admin.action(description=_("Rol nu beëindigen"))
    def end_roles(self, request, queryset):
        for assignment in queryset.current():
            try:
                actions.end_role(assignment, by=request.user)
            except PermissionDenied:
                sentence = _now("%(role)s: niemand beëindigt zijn eigen rol.") % {"role": assignment}
                self.message_user(request, sentence, messages.ERROR)
