from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

# A mistake in these registers is superseded, never edited.
APPEND_ONLY = ("procurement_marketconsultation", "procurement_priorinvolvement")


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Concessies"

    def ready(self):
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="procurement.after_migrate")
        from documents import kinds, recipients  # noqa: PLC0415 -- needs the app registry
        from lifecycle import telling, triggers  # noqa: PLC0415 -- needs the app registry
        from procurement import (  # noqa: PLC0415 -- registers what it makes
            actions,  # noqa: F401
            audience,
            consequences,  # noqa: F401
            duties,  # noqa: F401
            forms,  # noqa: F401
            papers,
            previews,  # noqa: F401
            tasks,  # noqa: F401
            words,
        )

        for kind in papers.KINDS:
            kinds.register(kind)
        recipients.teller(audience.known_makers)
        telling.register(facts=words.FACTS, codes=words.CODES, models=words.MODELS, public=words.PUBLIC)
        triggers.protect(*APPEND_ONLY)


def after_migrate(using, **_kwargs):
    """The exclusion grounds are reference data: a fresh database knows those of the law."""
    from procurement import loading, models  # noqa: PLC0415 -- needs the app registry

    # Migrating only another app, or this one back to zero, sends the signal too.
    if models.ExclusionGround._meta.db_table in connections[using].introspection.table_names():
        loading.load(using)
