from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = "Aanbod"

    def ready(self):
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="catalogue.after_migrate")


def after_migrate(using, **_kwargs):
    """The catalogue is data: a fresh database starts with what was announced."""
    from catalogue import loading, models  # noqa: PLC0415 -- needs the app registry

    # Migrating only another app, or this one back to zero, sends the signal too.
    if models.Combination._meta.db_table in connections[using].introspection.table_names():
        loading.load()
