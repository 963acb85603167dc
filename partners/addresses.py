"""Where the letters of a participant go: to the organisation that leads it."""


def addressee(participant):
    """Where a letter goes, as `documents.actions.owe_letter` takes it."""
    lead = participant.lead
    return {
        "recipient": participant.ref,
        "name": participant.name,
        "email": lead.email,
        "address": f"{lead.street}\n{lead.place}",
    }


def addressee_data(participant):
    """The same for the letter itself: see `documents.kinds.ADDRESSEE`."""
    lead = participant.lead
    return {"name": participant.name, "attention": "", "street": lead.street, "place": lead.place, "email": lead.email}
