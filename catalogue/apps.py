from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = "Aanbod"

    def ready(self):
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="catalogue.after_migrate")


def after_migrate(**_kwargs):
    """The catalogue is data: a fresh database starts with what was announced."""
    from catalogue import loading  # noqa: PLC0415 -- needs the models

    loading.load()
