from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from accounts import roles  # noqa: PLC0415 -- its labels are translated, which needs the settings
        from lifecycle import history  # noqa: PLC0415 -- needs the models

        history.role_names.update((code, role.label) for code, role in roles.ROLES.items())
