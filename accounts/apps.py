from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from accounts import roles  # noqa: PLC0415 -- its labels are translated, which needs the settings
        from accounts.models import User  # noqa: PLC0415 -- needs the app registry
        from lifecycle import history, telling  # noqa: PLC0415 -- needs the models

        history.role_names.update((code, role.label) for code, role in roles.ROLES.items())
        facts = {"role": _("Rol"), "until": _("Tot en met")}
        telling.register(facts=facts, codes={"role": history.role_names}, models=[User])
