from documents.models.documents import Document, DocumentQuerySet
from documents.models.letters import Letter
from documents.models.texts import Clause, ClauseVersion, Template, TemplateVersion

__all__ = [
    "Clause",
    "ClauseVersion",
    "Document",
    "DocumentQuerySet",
    "Letter",
    "Template",
    "TemplateVersion",
]
