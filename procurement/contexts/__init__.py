"""The plain data that each document of a procedure speaks of (the schemas stand in `procurement.papers`)."""

from procurement.contexts.award import award_decision, award_letter, cancellation, end_of_lot
from procurement.contexts.guide import selection_guide
from procurement.contexts.opening import opening_record
from procurement.contexts.questions import message_of_round, question_list, title_of_round
from procurement.contexts.selection import regularisation_letter, selection_decision, selection_letter
from procurement.contexts.shared import lot_data, signatory
from procurement.contexts.tendering import concession_documents, invitation_letter

__all__ = [
    "award_decision",
    "award_letter",
    "cancellation",
    "concession_documents",
    "end_of_lot",
    "invitation_letter",
    "lot_data",
    "message_of_round",
    "opening_record",
    "question_list",
    "regularisation_letter",
    "selection_decision",
    "selection_guide",
    "selection_letter",
    "signatory",
    "title_of_round",
]
