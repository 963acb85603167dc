"""A small lifecycle of the tests' own, with every kind of verb that the one door knows.

Its model lives outside the registry of models, so that the sweeps over the house do not meet it.
Who may read the trail may run errands.
"""

import datetime as dt

from django.db import models
from django.test.utils import isolate_apps
from django_fsm import FSMField, transition

from lifecycle import clock
from lifecycle.grounds import law, policy, published_rule
from lifecycle.guards import Unmet, guard
from lifecycle.models import Recorded
from lifecycle.steps import action, allowed, also_by_the_clock, fire, verb

EVENING = clock.at(dt.date(2026, 2, 16), 18)


@guard("De boodschap heeft geen naam.", ground=published_rule("het reglement"))
def is_named(errand, facts):
    return errand.name != ""


@guard("De avond is nog niet gevallen.", ground=law("art. 1"))
def evening_has_come(errand, facts):
    return clock.now() >= EVENING or Unmet("Dat is om 18 uur.", opens_at=EVENING)


@guard("De winkel is nog niet open.", ground=law("art. 2"))
def shop_has_opened(errand, facts):
    return clock.now() >= EVENING - dt.timedelta(hours=8) or Unmet(opens_at=EVENING - dt.timedelta(hours=8))


@guard("De prijs is te hoog.", ground=law("art. 3"))
def price_is_fair(errand, facts):
    return facts.get("price", 0) <= 100


@guard("Er is geen tas bij.", ground=policy("eigen gewoonte"))
def bag_is_there(errand, facts):
    return False


with isolate_apps("lifecycle"):

    class Errand(Recorded):
        class State(models.TextChoices):
            OPEN = "open", "Open"
            DONE = "done", "Gedaan"
            TOLD = "told", "Verteld"
            DROPPED = "dropped", "Opgegeven"

        TONES = {State.DONE: "good"}

        name = models.CharField(max_length=40, blank=True)
        price = models.IntegerField(null=True)
        state = FSMField(choices=State, default=State.OPEN, protected=True)

        class Meta:
            app_label = "lifecycle"

        @property
        def dossier(self):
            return "errands"

        def get_absolute_url(self):
            return f"/errands/{self.pk}/"

        @transition(
            state,
            source=State.OPEN,
            target=State.DONE,
            conditions=[is_named, shop_has_opened, evening_has_come],
            permission=allowed("lifecycle.view_trail"),
            custom=verb("Doen", consequence="De boodschap is gedaan."),
        )
        def finish(self, *, by):
            pass

        @transition(
            state,
            source=[State.OPEN, State.DONE],
            target=State.DONE,
            conditions=[price_is_fair],
            permission=allowed("lifecycle.view_trail"),
            custom=verb("Betalen", facts=["shop"]),
        )
        def pay(self, *, by, price):
            self.price = price
            if price == 13:
                raise ArithmeticError

        @transition(
            state,
            source=State.OPEN,
            target=State.DROPPED,
            conditions=[bag_is_there, is_named],
            permission=allowed("lifecycle.view_trail"),
            custom=verb("Opgeven"),
        )
        def drop(self, *, by):
            pass

        @transition(
            state,
            source=State.DONE,
            target=State.TOLD,
            permission=allowed("lifecycle.view_trail"),
            custom=verb("Vertellen", action="errands.tell"),
        )
        def tell(self, *, by):
            pass

        @transition(
            state,
            source=State.DONE,
            target=State.TOLD,
            permission=allowed("lifecycle.view_trail"),
            custom=verb("Uitzenden", action=("errands.tell_everybody", "errands.tell"), offered=False),
        )
        def broadcast(self, *, by):
            pass

        @transition(state, source=State.TOLD, target=State.OPEN, permission=allowed(None), custom=verb("Vergeten"))
        def forget(self, *, by):
            pass

        @transition(
            state,
            source=State.TOLD,
            target=State.DROPPED,
            permission=also_by_the_clock("lifecycle.view_trail"),
            custom=verb("Laten rusten"),
        )
        def rest(self, *, by):
            pass


refusals = []


def remember(errand, refusal, *, by):
    refusals.append((errand.pk, [reason.guard for reason in refusal.reasons], by))


@action("errands.tell", refused=remember)
def tell(errand, *, by, then=None, verb_name="tell"):
    errand = fire(errand, verb_name, by=by)
    if then:
        then(errand)
    return errand


@action("errands.tell_everybody")
def tell_everybody(errand, *, by, verb_name="broadcast"):
    return fire(errand, verb_name, by=by)
