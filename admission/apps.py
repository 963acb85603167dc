from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "admission"

    def ready(self):
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from admission import papers  # noqa: PLC0415 -- needs the app registry

        kinds.register_all(papers.KINDS)
