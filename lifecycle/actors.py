"""Who acts: a user, or the system itself for what time moves along."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SystemActor:
    """The actor of work that no person does: labels that time moves, rendering, sending."""

    name: str = "Partnerloket"
    pk: None = None
    is_authenticated: bool = False
    is_active: bool = True

    def has_perm(self, permission, record=None):
        """The system holds no permission of a person; verbs that it may fire say so."""
        return False


SYSTEM = SystemActor()


def is_system(actor):
    return isinstance(actor, SystemActor)


def actor_ref(actor):
    """The actor as the trail keeps it: `user:12` or `system`, never a name."""
    return "system" if is_system(actor) else f"user:{actor.pk}"


def actor_roles(actor):
    """The codes of the roles that the actor held at this moment, sorted and joined, for the trail."""
    return "" if is_system(actor) else ",".join(sorted(getattr(actor, "roles", ())))
