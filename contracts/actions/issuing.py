"""Issuing a contract: its document, made from what stands in it."""

from contracts import contexts
from contracts.models import Contract
from documents.actions import owe_letter, request_document
from lifecycle.steps import action, fire
from partners.addresses import addressee


@action("contracts.issue")
def issue(contract, *, by):
    """Request the document and issue the contract: the partner gets it by mail and can download it once it is sealed."""
    related = ("participant__lead", "procedure", "admission__application__call")
    contract = Contract.objects.select_related(*related).get(pk=contract.pk)
    kind, context = contexts.document_of(contract)
    document = request_document(
        kind=kind,
        subject=contract,
        context=context,
        by=by,
        addressee=contract.participant.ref,
        prefix=contract.number,
    )
    contract = fire(contract, "issue", by=by, document=document)
    to = addressee(contract.participant)
    owe_letter(document=document, subject=contract, reason="contract_issued", by=by, by_registered_post=False, **to)
    return contract
