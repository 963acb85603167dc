from contracts.models.amendments import Amendment, AmendmentState
from contracts.models.contracts import Contract, ContractState
from contracts.models.copies import SignedCopy
from contracts.models.services import ContractedService, ContractLot

__all__ = ["Amendment", "AmendmentState", "Contract", "ContractLot", "ContractState", "ContractedService", "SignedCopy"]
