from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "Contracten"

    def ready(self):
        from catalogue import offers  # noqa: PLC0415 -- needs the app registry
        from contracts import actions, duties, forms, papers, words  # noqa: F401, PLC0415 -- registers actions, labels, forms
        from contracts.offering import offers_of_today  # noqa: PLC0415 -- needs the app registry
        from documents import kinds  # noqa: PLC0415 -- needs the app registry
        from lifecycle import telling  # noqa: PLC0415 -- needs the app registry

        kinds.register_all(papers.KINDS)
        offers.provider(offers_of_today)
        telling.register(facts=words.FACTS, codes=words.CODES)
