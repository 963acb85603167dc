from documents.models.corrections import Correction
from documents.models.documents import Document, DocumentQuerySet
from documents.models.envelopes import Envelope, EnvelopeFile, EnvelopeQuerySet, SealingBox
from documents.models.letters import Letter
from documents.models.messages import Delivery, Message
from documents.models.returns import ReturnedMail
from documents.models.texts import Clause, ClauseVersion, Template, TemplateVersion
from documents.models.uploads import Upload

__all__ = [
    "Clause",
    "ClauseVersion",
    "Correction",
    "Delivery",
    "Document",
    "DocumentQuerySet",
    "Envelope",
    "EnvelopeFile",
    "EnvelopeQuerySet",
    "Letter",
    "Message",
    "ReturnedMail",
    "SealingBox",
    "Template",
    "TemplateVersion",
    "Upload",
]
