from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"

    def ready(self):
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from contracts import papers  # noqa: PLC0415 -- needs the app registry

        kinds.register_all(papers.KINDS)
