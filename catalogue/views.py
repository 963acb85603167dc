"""The catalogue as everybody may read it."""

from dataclasses import dataclass
from random import SystemRandom

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from catalogue import offers
from catalogue.models import Combination, Product, ProductPart
from lifecycle import clock, dates


@dataclass(frozen=True)
class Shown:
    """A product with the word and the tone of its tag, and who offers it today: names with their places."""

    product: Product
    word: str
    tone: str
    partners: list[tuple[str, list[str]]]


@method_decorator(login_not_required, name="dispatch")
class Catalogue(TemplateView):
    """What is on offer or announced: base products with their parts, flanking actions, and which combine."""

    template_name = "catalogue/catalogue.html"

    def get_context_data(self, **context):
        parts = Prefetch("parts", ProductPart.objects.select_related("service"))
        products = list(Product.objects.not_ended(clock.today()).prefetch_related(parts))
        bases = [product for product in products if product.kind == Product.Kind.BASE]
        actions = [product for product in products if product.kind == Product.Kind.FLANKING]
        partners = offers.of_today()
        pairs = set(Combination.objects.values_list("action", "base"))
        return super().get_context_data(**context) | {
            "bases": [_shown(product, partners) for product in bases],
            "actions": [_shown(product, partners) for product in actions],
            "matrix": [
                (action, [_("ja") if (action.pk, base.pk) in pairs else _("nee") for base in bases])
                for action in actions
            ],
        }


def _shown(product, partners):
    # No partner is favoured by its place in a list: another order for every reader (Open House favours nobody).
    offering = partners.get(product.code, [])
    SystemRandom().shuffle(offering)
    if product.active_from <= clock.today():
        return Shown(product, _("In het aanbod"), "good", offering)
    return Shown(product, _("Vanaf %(day)s") % {"day": dates.day_in_words(product.active_from)}, "waiting", offering)
