from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Concessies"

    def ready(self):
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from lifecycle import telling  # noqa: PLC0415 -- needs the app registry
        from procurement import actions, duties, forms, papers, previews, tasks, words  # noqa: F401, PLC0415 -- registers actions, labels, forms

        for kind in papers.KINDS:
            kinds.register(kind)
        telling.register(facts=words.FACTS, codes=words.CODES, models=words.MODELS, public=words.PUBLIC)
