"""Labels that time moves along: a signed contract becomes active on its first day, and has expired after its last."""

from contextlib import suppress

from contracts.models import Contract
from lifecycle import clock, outbox
from lifecycle.actors import SYSTEM
from lifecycle.steps import Blocked, fire


@outbox.periodic("contracts.activate")
def activate_what_has_begun():
    for contract in Contract.objects.to_activate(clock.today()):
        _try(contract, "activate")


@outbox.periodic("contracts.expire")
def expire_what_is_over():
    for contract in Contract.objects.to_expire(clock.today()):
        _try(contract, "expire")


def _try(contract, verb):
    with suppress(Blocked):  # somebody was faster: the next sweep looks again
        fire(contract, verb, by=SYSTEM)
