from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Documenten"

    def ready(self):
        from documents import actions, correcting, duties, forms, tasks, trail_words  # noqa: F401, PLC0415 -- registers what it makes
        from lifecycle import telling  # noqa: PLC0415 -- needs the app registry

        telling.register(facts=trail_words.FACTS, codes=trail_words.CODES, models=trail_words.MODELS)

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="documents.after_migrate")


def after_migrate(using, **_kwargs):
    """A fresh database has the texts of the house; a database that has them keeps its own versions."""
    from documents import initial_texts  # noqa: PLC0415 -- needs the models

    if using == "default":
        initial_texts.load()
