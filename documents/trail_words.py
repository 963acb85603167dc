"""How the facts of documents, letters and envelopes are called in the history that people read."""

from django.utils.translation import gettext_lazy as _

from documents.models import Letter, Message, ReturnedMail, SealingBox

FACTS = {
    "kind": _("Soort"),
    "number": _("Nummer"),
    "data": _("Gegevens (vingerafdruk)"),
    "text": _("Tekst (vingerafdruk)"),
    "document": _("Document"),
    "enclosed": _("Bijlage"),
    "documents.reason": _("Aanleiding"),
    "rendered_sha256": _("SHA-256 voor het zegel"),
    "sha256": _("SHA-256"),
    "pages": _("Bladzijden"),
    "fingerprint": _("Gemaakt met"),
    "sent_at": _("Verzonden op"),
    "size": _("Grootte (bytes)"),
    "failure": _("Fout (vingerafdruk)"),
    "message_id": _("Bericht (vingerafdruk)"),
    "phase": _("Fase"),
    "policy": _("Verzegelingsbeleid"),
    "opens_at": _("Verzegeld tot"),
    "public_key": _("Openbare sleutel (vingerafdruk)"),
    "officer": _("Openingsverantwoordelijke"),
    "second_factor_at": _("Tweede factor getoond op"),
    "stored_sha256": _("SHA-256 van het versleutelde bestand"),
    "scanned": _("Op virussen nagezien"),
    "sealed_key": _("Verzegelde sleutel"),
    "seal_digest": _("Vingerafdruk van de verzegeling"),
    "receipt": _("Ontvangstbewijs"),
    "receipt_key": _("Sleutel van het ontvangstbewijs"),
    "opened_key": _("Sleutel na de opening"),
    "ciphertexts": _("SHA-256 van de versleutelde bestanden"),
    "damage": _("Beschadiging"),
    "copies": _("Aantal exemplaren"),
    "documents.reasons": _("Wat ontbrak"),
    "record": _("Opgetekend bij"),
    "moment": _("Moment"),
    "number_before": _("Nummer voordien"),
    "moment_before": _("Moment voordien"),
    "differences": _("Wat anders wordt"),
    "findings": _("Vaststellingen"),
    "status": _("Code van de mailserver"),
    "answer": _("Wat eraan gedaan is"),
    "note": _("Toelichting (vingerafdruk)"),
}

CODES = {
    "answer": dict(ReturnedMail.Answer.choices),
    "policy": dict(SealingBox.Policy.choices),
    "phase": {
        "applications": _("aanvragen tot deelneming"),
        "offers-1": _("offertes, ronde 1"),
        "offers-2": _("offertes, ronde 2"),
        "offers-3": _("offertes, ronde 3"),
    },
    # Letters name the step that they follow from; most are called after their document (see `kinds.register`).
    "reason": {
        "admitted": _("toelating"),
        "refused": _("weigering"),
        "regularisation": _("vraag om aan te vullen"),
        "cancelled": _("stopzetting"),
        "contract_issued": _("overeenkomst ter ondertekening"),
        "contract_concluded": _("gesloten overeenkomst"),
    },
}

MODELS = [Letter, Message, ReturnedMail]
