from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class LifecycleConfig(AppConfig):
    name = "lifecycle"
    verbose_name = "Verloop"

    def ready(self):
        from lifecycle import actions, checks, duties, forms  # noqa: F401, PLC0415 -- registers periodic work, actions, forms

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="lifecycle.after_migrate")
        register(checks.triggers_stand, Tags.database)


def after_migrate(using, **_kwargs):
    """SQLite drops triggers when a table is rebuilt, so every migration ends with installing them again."""
    from lifecycle import reference, triggers  # noqa: PLC0415 -- needs the models

    triggers.install(using)
    reference.load(using)
