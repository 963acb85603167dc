"""What the catalogue shows of contracts: who offers a product today, and where."""

from contracts.models import ContractedService


def offers_of_today() -> dict[str, list[tuple[str, list[str]]]]:
    """Per code of a product the partners of active contracts with their places; their order says nothing."""
    rows = ContractedService.objects.on_offer().select_related(
        "contract__participant",
        "contract__admission__call__product",
        "lot__product",
        "establishment__postcode__municipality",
    )
    found = {}
    for row in rows:
        product = row.lot.product if row.lot_id else row.contract.admission.call.product
        partners = found.setdefault(product.code, {})
        partners.setdefault(row.contract.participant.name, set()).add(row.establishment.postcode.municipality.name)
    return {
        code: [(name, sorted(places)) for name, places in sorted(partners.items())] for code, partners in found.items()
    }
