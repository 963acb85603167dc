from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        from documents import readers  # noqa: PLC0415 -- needs the app registry
        from lifecycle import history, telling  # noqa: PLC0415 -- needs the app registry
        from partners import (  # noqa: PLC0415 -- needs the app registry
            tasks,  # noqa: F401 -- registers what is owed
            words,
        )

        telling.register(facts=words.FACTS, models=words.MODELS)
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="partners.after_migrate")
        readers.provider(refs_of_partners)
        history.acquaintances(colleagues_of)


def after_migrate(using, **_kwargs):
    """Places are reference data: a fresh database starts with them."""
    from partners import loading, models  # noqa: PLC0415 -- needs the app registry

    # Migrating only another app, or this one back to zero, sends the signal too.
    if models.Postcode._meta.db_table in connections[using].introspection.table_names():
        loading.load()


def refs_of_partners(user):
    """The organisations and participants as whose member this person may read documents."""
    from partners.models import Membership, Participant  # noqa: PLC0415 -- needs the models

    if not user.is_authenticated:
        return
    for pk in Membership.objects.current().filter(user=user).values_list("organisation", flat=True):
        yield f"partners.organisation:{pk}"
    for pk in Participant.objects.of(user).values_list("pk", flat=True):
        yield f"partners.participant:{pk}"


def colleagues_of(user):
    """Who is a member of an organisation of this person, and no staff of the house."""
    from accounts.models import RoleAssignment  # noqa: PLC0415 -- needs the models
    from partners.models import Membership  # noqa: PLC0415 -- needs the models

    own = Membership.objects.current().filter(user=user).values("organisation")
    staff = RoleAssignment.objects.current().order_by().values("user")
    return set(Membership.objects.filter(organisation__in=own).exclude(user__in=staff).values_list("user", flat=True))
