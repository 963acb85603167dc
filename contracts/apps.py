from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "Contracten"

    def ready(self):
        from contracts import actions, duties, forms, papers  # noqa: F401, PLC0415 -- registers actions, labels, forms
        from contracts.words import FACTS  # noqa: PLC0415 -- needs the app registry
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from lifecycle import history  # noqa: PLC0415 -- needs the app registry

        for name, word in FACTS.items():
            history.FACT_NAMES.setdefault(name, word)
        kinds.register_all(papers.KINDS)
