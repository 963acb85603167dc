"""The plain data that each document of a procedure speaks of (the schemas stand in `procurement.papers`)."""

from procurement.contexts.award import award_decision, award_letter, cancellation, end_of_lot
from procurement.contexts.changing import (
    addendum,
    change_data,
    lines_of,
    name_of,
    news_of_cancellation,
    reason_of_outage,
    rules_of_changes,
    summary,
    title_of_extension,
    title_of_questions,
    title_of_version,
)
from procurement.contexts.guide import selection_guide
from procurement.contexts.opening import opening_record
from procurement.contexts.questions import message_of_round, question_list, title_of_round
from procurement.contexts.selection import regularisation_letter, selection_decision, selection_letter
from procurement.contexts.shared import lot_data, signatory
from procurement.contexts.tendering import concession_documents, invitation_letter

__all__ = [
    "addendum",
    "award_decision",
    "award_letter",
    "cancellation",
    "change_data",
    "concession_documents",
    "end_of_lot",
    "invitation_letter",
    "lines_of",
    "lot_data",
    "message_of_round",
    "name_of",
    "news_of_cancellation",
    "opening_record",
    "question_list",
    "reason_of_outage",
    "regularisation_letter",
    "rules_of_changes",
    "selection_decision",
    "selection_guide",
    "selection_letter",
    "signatory",
    "summary",
    "title_of_extension",
    "title_of_questions",
    "title_of_round",
    "title_of_version",
]
