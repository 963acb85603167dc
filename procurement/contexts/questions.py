"""What a list of questions and answers speaks of."""

from documents.wording import in_dutch
from lifecycle import clock
from procurement.contexts.shared import procedure_data
from procurement.models.question_terms import terms_of


def title_of_round(in_round):
    return f"Nota van inlichtingen {in_round.number}"


@in_dutch
def question_list(in_round):
    """One round: everything that was published with it, and nothing of who asked."""
    terms = terms_of(in_round.procedure, in_round.phase)
    questions = in_round.questions.select_related("asker").order_by("number")
    return {
        "procedure": procedure_data(in_round.procedure),
        "round": {
            "number": in_round.number,
            "published_on": clock.local_date(in_round.published_at),
            "phase": str(terms.label),
            "deadline": terms.deadline,
        },
        "questions": [
            {
                "number": each.number,
                "asker": each.asker.number,
                "about": each.about,
                "question": each.wording,
                "answer": each.answer,
            }
            for each in questions
        ],
    }


def message_of_round(in_round, count):
    """What everybody concerned is told; legal acts are Dutch."""
    answers = "1 vraag is beantwoord" if count == 1 else f"{count} vragen zijn beantwoord"
    return (
        f"{answers}. De antwoorden maken deel uit van de documenten van de procedure en gelden voor iedereen. "
        "U leest ze op de pagina van de procedure en in de nota van inlichtingen."
    )
