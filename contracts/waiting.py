"""What has no contract yet: for the page of legal officers, and for whoever tells what waits for whom."""

from admission.models import Admission
from contracts.models import Contract, ContractLot
from contracts.models.states import ENDED
from procurement.models import Award


def awards_without_contract():
    """Decided awards of lots that are ready to conclude and that stand in no contract yet."""
    standing = ContractLot.objects.filter(released=False).values("award")
    found = Award.objects.concludable().exclude(pk__in=standing)
    related = ("lot__procedure", "lot__product", "lot__area", "offer__application__participant")
    return found.select_related(*related).order_by(
        "lot__procedure", "offer__application__participant__name", "lot__number"
    )


def admissions_without_contract():
    """Running admissions that have no agreement; one after the other as they were admitted, which prefers nobody."""
    standing = Contract.objects.exclude(admission=None).exclude(state__in=ENDED).values("admission")
    states = (Admission.State.ACTIVE, Admission.State.RE_VERIFICATION)
    found = Admission.objects.filter(state__in=states).exclude(pk__in=standing)
    return found.select_related("call", "participant", "application__call").order_by("pk")
