"""The groups of data that several documents of a procedure speak of."""

import datetime as dt

from django.conf import settings

from documents.wording import SENDING
from lifecycle import clock, timelimits
from lifecycle.models import Entry
from partners.addresses import addressee_data
from procurement import own_rules
from procurement.models import Application
from procurement.models.question_terms import terms_of


def procedure_data(procedure):
    return {"number": procedure.number, "title": procedure.title_nl}


def lot_data(lot):
    return {
        "code": str(lot.number),
        "name": lot.name,
        "product": lot.product.name_nl,
        "area": f"provincie {lot.area.name_nl}",
    }


def lots_of(procedure):
    return procedure.lots.select_related("product", "area", "procedure")


def last_day_for_questions(procedure, phase):
    """The day of the last moment; midnight still belongs to the day before."""
    return clock.local_date(terms_of(procedure, phase).questions_until - dt.timedelta(microseconds=1))


def lot_codes(submission):
    lots = (
        submission.lots.select_related("product", "area") if isinstance(submission, Application) else [submission.lot]
    )
    return ", ".join(str(lot.number) for lot in lots)


def signatory(user, function):
    return {"name": user.name if user else "", "function": function}


def letter(procedure, participant, *, decided_on, decided_by, **more):
    return {
        "addressee": addressee_data(participant),
        "sending": SENDING,
        "procedure": procedure_data(procedure),
        "decided_on": decided_on,
        "signatory": signatory(decided_by, "beslissingsnemer"),
    } | more


def remedies(procedure):
    """The remedies block that every decision carries (act of 17 June 2013, art. 9/1, § 2)."""
    return {
        "suspension_days": procedure.legal_days("suspension-days"),
        "annulment_days": procedure.legal_days("annulment-days"),
        "warning_email": settings.CONTRACTING_AUTHORITY["email"],
    }


def standstill(procedure, sent_on):
    """The standstill if the last letter leaves on `sent_on`; in the light regime announced as voluntary."""
    days = procedure.legal_days("standstill-days", on=sent_on)
    return {
        "days": days,
        "sent_on": sent_on,
        "last_day": timelimits.period_end(sent_on, days=days),
        "voluntary": procedure.is_light,
        "committed": own_rules.binds(procedure, own_rules.STANDSTILL),
    }


def announced_standstill(procedure):
    """The standstill before there is a decision to send: how long, and whether it binds."""
    return {
        "days": procedure.legal_days("standstill-days"),
        "voluntary": procedure.is_light,
        "committed": own_rules.binds(procedure, own_rules.STANDSTILL),
    }


def opened_on(procedure, *verbs):
    entry = Entry.objects.filter(subject=procedure.ref, verb__in=verbs).order_by("-position").first()
    return clock.local_date(entry.at) if entry else clock.today()


def criteria_of(procedure):
    return [
        {
            "rank": each.rank,
            "title": each.title_nl,
            "description": each.text_nl,
            "weight": each.weight,
            "parts": _parts_of(each),
        }
        for each in procedure.award_criteria.with_parts()
    ]


def _parts_of(criterion):
    return [
        {
            "rank": f"{criterion.rank}.{part.rank}",
            "title": part.title_nl,
            "description": part.text_nl,
            "weight": part.weight,
        }
        for part in criterion.sub_criteria.all()
    ]


def limits_of(procedure):
    """How many lots one candidate may ask and get; empty where it is not limited."""
    return {"applied": procedure.max_lots_applied, "awarded": procedure.max_lots_awarded}
