from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "admission"
    verbose_name = _("Open House")

    def ready(self):
        from admission import actions, duties, forms, papers, words  # noqa: F401, PLC0415 -- registers actions, labels, forms
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from lifecycle import telling  # noqa: PLC0415 -- needs the app registry

        kinds.register_all(papers.KINDS)
        telling.register(facts=words.FACTS, codes=words.CODES, public=words.PUBLIC)
