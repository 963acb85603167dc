from contracts.models.amendments import Amendment, AmendmentState
from contracts.models.capacity import ContractedService, ContractLot
from contracts.models.contracts import Contract
from contracts.models.copies import SignedCopy
from contracts.models.states import ContractState

__all__ = ["Amendment", "AmendmentState", "Contract", "ContractLot", "ContractState", "ContractedService", "SignedCopy"]
