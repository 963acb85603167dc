"""Declaring a verb: what it says of itself and who may do it. `lifecycle.steps` does them."""

from lifecycle.actors import is_system


def verb(label, *, consequence="", action=None, offered=True, facts=()) -> dict:
    """What a transition's `custom` says: its label, what will happen, the action it belongs to.

    `action` is the name of that action; a verb that is only part of larger ones (`offered=False`) may name several.
    `offered=False`: its consequences lie in an upper app, so it is never a step here and only that app's action fires it.
    `facts`: names of texts that the trail may keep as they are (codes, numbers), because they hold nothing personal.
    """
    return {
        "label": label,
        "consequence": consequence,
        "action": action,
        "offered": offered,
        "facts": tuple(facts),
    }


def allowed(permission: str | None):
    """The `permission=` of a transition: a person with this permission on this record; `None`: only the system.

    A callable on purpose: with a string django-fsm would ask a second time without the record.
    """

    def check(record, user):
        if is_system(user):
            return permission is None
        return permission is not None and user.is_active and user.has_perm(permission, record)

    check.permission = permission
    return check


def also_by_the_clock(permission: str):
    """A verb that a person may do, and that the system does when its time has come."""
    person = allowed(permission)

    def check(record, user):
        return is_system(user) or person(record, user)

    check.permission = permission
    return check
