"""The plain data that each document of a procedure speaks of (the schemas stand in `papers.py`).

Documents are Dutch: legal acts of a Flemish service are, whatever language the page has.
"""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from documents.envelopes import reading
from lifecycle import clock, timelimits
from lifecycle.models import Entry
from procurement import reference
from procurement.models import Application, Offer

SENDING = "Elektronisch en aangetekend verzonden"


def in_dutch(function):
    """Build a context with Dutch names and labels."""

    def build(*args, **options):
        with translation.override("nl"):
            return function(*args, **options)

    return build


# -- shared groups ------------------------------------------------------------------------------


def procedure_data(procedure):
    return {"number": procedure.number, "title": procedure.title_nl}


def lot_data(lot):
    return {
        "code": str(lot.number),
        "name": lot.name,
        "product": lot.product.name_nl,
        "area": f"provincie {lot.area.name_nl}",
    }


def signatory(user, function):
    return {"name": user.name if user else "", "function": function}


def addressee(participant):
    """Where a letter goes, as `owe_letter` takes it."""
    lead = participant.lead
    return {"name": participant.name, "email": lead.email, "address": f"{lead.street}\n{lead.place}"}


def addressee_data(participant):
    lead = participant.lead
    return {"name": participant.name, "attention": "", "street": lead.street, "place": lead.place, "email": lead.email}


def remedies():
    """The remedies block that every decision carries (act of 17 June 2013, art. 9/1, § 2)."""
    return {
        "suspension_days": timelimits.days("suspension-days"),
        "annulment_days": timelimits.days("annulment-days"),
        "warning_email": settings.CONTRACTING_AUTHORITY["email"],
    }


def standstill(procedure, sent_on):
    """The standstill if the last letter leaves on `sent_on`; in the light regime announced as voluntary."""
    days = timelimits.days("standstill-days", on=sent_on)
    return {
        "days": days,
        "sent_on": sent_on,
        "last_day": timelimits.period_end(sent_on, days=days),
        "voluntary": procedure.is_light,
    }


def letter(procedure, participant, *, decided_on, decided_by, **more):
    return {
        "addressee": addressee_data(participant),
        "sending": SENDING,
        "procedure": procedure_data(procedure),
        "decided_on": decided_on,
        "signatory": signatory(decided_by, "beslissingsnemer"),
    } | more


# -- selection guide and concession documents ---------------------------------------------------


@in_dutch
def selection_guide(procedure):
    deadline = procedure.applications_deadline
    return {
        "procedure": procedure_data(procedure)
        | {
            "subject": procedure.subject_nl,
            "cpv": procedure.cpv,
            "regime": reference.REGIME_SENTENCES[procedure.regime],
            "estimated_value": procedure.estimated_value,
            "valuation_method": procedure.value_method,
            "starts_on": procedure.term_start,
            "ends_on": procedure.term_end,
            "sealing": reference.SEALING_SENTENCE,
        },
        "products": [_product(product) for product in _products(procedure)],
        "lots": [
            lot_data(lot) | {"estimated_value": lot.estimated_value, "partners": lot.max_concessionaires}
            for lot in _lots(procedure)
        ],
        "exclusion_grounds": reference.EXCLUSION_GROUNDS,
        "selection_conditions": [
            {"code": each.code, "title": each.title_nl, "requirement": each.text_nl, "evidence": each.evidence_nl}
            for each in procedure.selection_conditions.all()
        ],
        "award_criteria": _criteria(procedure),
        "timeline": _timeline(procedure),
        "applications_until": deadline,
        "questions_until": clock.local_date(deadline) - dt.timedelta(days=14),
    }


def _lots(procedure):
    return procedure.lots.select_related("product", "area", "procedure")


def _products(procedure):
    return list({lot.product_id: lot.product for lot in _lots(procedure)}.values())


def _product(product):
    parts = [part.service.name_nl for part in product.parts.select_related("service")]
    return {"name": product.name_nl, "description": product.description_nl, "parts": parts}


def _criteria(procedure):
    return [
        {"rank": each.rank, "title": each.title_nl, "description": each.text_nl}
        for each in procedure.award_criteria.all()
    ]


def _timeline(procedure):
    def month(day):
        return day and f"{reference.MONTHS[day.month - 1]} {day.year}"

    def moment(value):
        local = value.astimezone(clock.BRUSSELS)
        return f"{local.day} {reference.MONTHS[local.month - 1]} {local.year}, {local:%H.%M} uur"

    offers = procedure.offers_deadline
    rows = [
        ("Bekendmaking van de selectieleidraad", moment(procedure.published_at), True),
        ("Uiterste datum voor aanvragen tot deelneming", moment(procedure.applications_deadline), True),
        ("Selectiebeslissing en concessiedocumenten", month(procedure.invitation_planned_on), False),
        ("Uiterste datum voor initiële offertes", offers and moment(offers), bool(procedure.invited_at)),
        ("Gunning", month(procedure.award_planned_on), False),
        ("Sluiting van de overeenkomsten", month(procedure.conclusion_planned_on), False),
        ("Begin van de dienstverlening", f"{procedure.term_start.day} {month(procedure.term_start)}", False),
    ]
    return [{"what": what, "when": when, "binding": binding} for what, when, binding in rows if when]


@in_dutch
def concession_documents(procedure):
    return {
        "procedure": procedure_data(procedure)
        | {
            "starts_on": procedure.term_start,
            "ends_on": procedure.term_end,
            "sealing": reference.SEALING_SENTENCE,
        },
        "lots": [lot_data(lot) | {"partners": lot.max_concessionaires} for lot in _lots(procedure)],
        "award_criteria": [
            each | {"weight": criterion.weight}
            for each, criterion in zip(_criteria(procedure), procedure.award_criteria.all(), strict=True)
        ],
        "criteria_digest": procedure.criteria_digest,
        "minimum_requirements": reference.MINIMUM_REQUIREMENTS,
        "offers_until": procedure.offers_deadline,
        "questions_until": _questions_until(procedure),
        "validity_days": reference.VALIDITY_DAYS,
        "negotiation": reference.NEGOTIATION_SENTENCE,
    }


def _questions_until(procedure):
    """Early enough that the answer still reaches everyone six days before the deadline (art. 45, third paragraph)."""
    answers = timelimits.last_day_before(
        clock.local_date(procedure.offers_deadline), days=timelimits.days("information-before-deadline-days")
    )
    return answers - dt.timedelta(days=reference.DAYS_TO_ANSWER)


@in_dutch
def invitation_letter(application):
    procedure = application.procedure
    return letter(
        procedure,
        application.participant,
        decided_on=clock.today(),
        decided_by=procedure.selection_decided_by,
        lots=[{"code": str(lot.number), "name": lot.name} for lot in application.lots.all()],
        offers_until=procedure.offers_deadline,
        questions_until=_questions_until(procedure),
    )


# -- opening ------------------------------------------------------------------------------------


@in_dutch
def opening_record(procedure, phase, opened, *, by):
    applications = phase == "applications"
    box = procedure.box(phase)
    model = Application if applications else Offer
    own = {"procedure": procedure} if applications else {"lot__procedure": procedure, "round": procedure.round}
    everyone = model.objects.filter(**own)
    return {
        "procedure": procedure_data(procedure),
        "phase": "aanvragen tot deelneming" if applications else reference.round_name(procedure.round),
        "deadline": procedure.applications_deadline if applications else procedure.offers_deadline,
        "opened_at": clock.now(),
        "policy": reference.RELEASE_SENTENCE,
        "officers": [signatory(officer, "openingsverantwoordelijke") for officer in (box.first_officer, box.second_officer)],
        "submissions": [_opened(number, each, by) for number, each in enumerate(opened, start=1)],
        "late": _late(procedure, everyone),
        "withdrawn": _withdrawn(everyone),
        "remarks": _unreadable(opened),
    }


def _opened(number, submission, by):
    participant = submission.participant
    readable = submission.envelope.is_readable
    return {
        "number": number,
        "name": participant.name,
        "enterprise_number": participant.lead.written_number,
        "lots": _lot_codes(submission),
        "submitted_at": submission.submitted_at,
        "files": _files(submission.envelope, by) if readable else [],
    }


def _files(envelope, by):
    files = reading.read_manifest(envelope, by=by).files
    return [{"name": file.name, "size": file.size, "digest": file.sha256} for file in files]


def _lot_codes(submission):
    lots = submission.lots.select_related("product", "area") if isinstance(submission, Application) else [submission.lot]
    return ", ".join(str(lot.number) for lot in lots)


def _unreadable(opened):
    names = [each.participant.name for each in opened if not each.envelope.is_readable]
    return f"Niet leesbaar bij de opening: {', '.join(names)}." if names else None


def _late(procedure, everyone):
    refs = {each.ref: each.participant.name for each in everyone}
    entries = Entry.objects.filter(dossier=procedure.dossier, verb="late_attempt", subject__in=refs)
    return [{"name": refs[entry.subject], "attempted_at": entry.at} for entry in entries.order_by("at")]


def _withdrawn(everyone):
    refs = {each.ref: each.participant.name for each in everyone.filter(state="withdrawn", submitted_at__isnull=False)}
    entries = Entry.objects.filter(verb="withdraw", subject__in=refs)
    return [{"name": refs[entry.subject], "withdrawn_at": entry.at} for entry in entries.order_by("at")]


# -- selection ----------------------------------------------------------------------------------


@in_dutch
def selection_decision(procedure):
    applications = list(
        procedure.applications.opened().select_related("participant__lead").prefetch_related("lots", "findings__condition")
    )

    def of(state):
        return [each for each in applications if each.state == state]

    return {
        "procedure": procedure_data(procedure),
        "decided_on": clock.local_date(procedure.selection_decided_at),
        "decided_by": f"{procedure.selection_decided_by.name}, beslissingsnemer",
        "opened_on": _opened_on(procedure, "open_applications"),
        "conditions": [{"code": each.code, "title": each.title_nl} for each in procedure.selection_conditions.all()],
        "candidates": [
            {
                "name": each.participant.name,
                "enterprise_number": each.participant.lead.written_number,
                "lots": _lot_codes(each),
            }
            for each in applications
        ],
        "selected": [
            {"name": each.participant.name, "lots": _lot_codes(each), "reasons": each.reasons} for each in of("selected")
        ],
        "not_selected": [
            {"name": each.participant.name, "reasons": _unmet(each) or [each.reasons]} for each in of("not_selected")
        ],
        "excluded": [
            {"name": each.participant.name, "ground": "artikelen 50 tot 52", "reasons": each.reasons}
            for each in of("excluded")
        ],
        "signatory": signatory(procedure.selection_decided_by, "beslissingsnemer"),
    }


def _opened_on(procedure, *verbs):
    entry = Entry.objects.filter(subject=procedure.ref, verb__in=verbs).order_by("-position").first()
    return clock.local_date(entry.at) if entry else clock.today()


def _unmet(application):
    return [f"{each.condition.code}: {each.reason}" for each in application.findings.all() if not each.met]


@in_dutch
def selection_letter(application):
    procedure = application.procedure
    common = {
        "decided_on": clock.local_date(procedure.selection_decided_at),
        "decided_by": procedure.selection_decided_by,
    }
    if application.state == Application.State.SELECTED:
        lots = [{"code": str(lot.number), "name": lot.name} for lot in application.lots.select_related("product", "area")]
        return letter(procedure, application.participant, lots=lots, next=reference.NEXT_AFTER_SELECTION, **common)
    findings = application.findings.filter(met=False).select_related("condition")
    reasons = [{"condition": str(each.condition), "reason": each.reason} for each in findings]
    return letter(
        procedure,
        application.participant,
        excluded=application.state == Application.State.EXCLUDED,
        reasons=reasons or [{"condition": _("Motivering"), "reason": application.reasons}],
        remedies=remedies(),
        **common,
    )


@in_dutch
def regularisation_letter(application):
    return letter(
        application.procedure,
        application.participant,
        decided_on=clock.today(),
        decided_by=application.assessed_by,
        missing=[{"title": "Uw aanvraag", "request": application.regularisation_request}],
        reply_until=application.regularisation_last_day,
    )


# -- award --------------------------------------------------------------------------------------


@in_dutch
def award_decision(lot):
    offers = _offers(lot)
    return {
        "procedure": procedure_data(lot.procedure),
        "lot": lot_data(lot),
        "decided_on": clock.local_date(lot.decided_at),
        "decided_by": f"{lot.decided_by.name}, beslissingsnemer",
        "opened_on": _opened_on(lot.procedure, "open_tenders", "open_best_and_final"),
        "partners": lot.max_concessionaires,
        "criteria": [
            {"rank": each.rank, "title": each.title_nl, "weight": each.weight}
            for each in lot.procedure.award_criteria.all()
        ],
        "offers": [_judged(offer, lot) for offer in offers],
        "standstill": {"days": timelimits.days("standstill-days"), "voluntary": lot.procedure.is_light},
        "remedies": remedies(),
        "signatory": signatory(lot.decided_by, "beslissingsnemer"),
    }


def _offers(lot):
    offers = lot.offers_in_play().select_related("application__participant__lead").prefetch_related("scores__criterion")
    return sorted(offers, key=lambda offer: (-(offer.score or -1), offer.pk))


def _judged(offer, lot):
    awarded = offer.state == Offer.State.AWARDED
    return {
        "tenderer": offer.participant.name,
        "enterprise_number": offer.participant.lead.written_number,
        "outcome": "gegund" if awarded else "niet gegund" if offer.score is not None else "onregelmatig",
        "appraisals": [
            {"criterion": each.criterion.title_nl, "score": _points(each), "reasons": each.reasons}
            for each in offer.scores.all()
        ],
        "conclusion": _conclusion(offer, lot),
        "capacity": _capacity(offer) if awarded else None,
    }


def _points(score):
    weight = score.criterion.weight
    if weight is None:
        return f"{score.points:.0f} / 100"
    return f"{score.points * weight / 100:.1f} / {weight}".replace(".", ",")


def _capacity(offer):
    return f"{offer.capacity} trajecten per jaar" if offer.capacity else None


def _conclusion(offer, lot):
    if offer.score is None:
        return offer.judgement or lot.end_reason
    total = f"{offer.score}".replace(".", ",")
    if offer.state == Offer.State.AWARDED:
        return f"Regelmatige offerte met {total} punten op 100, bij de hoogst gerangschikte voor dit perceel."
    if lot.end_reason and not lot.awards.exists():
        return lot.end_reason
    return f"Regelmatige offerte met {total} punten op 100, lager gerangschikt dan de gekozen offertes."


@in_dutch
def award_letter(offer):
    lot = offer.lot
    procedure = lot.procedure
    decision = lot.documents_of("award_decision").order_by("-pk").first()
    common = {
        "decided_on": clock.local_date(lot.decided_at),
        "decided_by": lot.decided_by,
        "lot": lot_data(lot),
        "decision": decision.number if decision else "",
        "standstill": standstill(procedure, clock.today()),
        "remedies": remedies(),
    }
    if offer.state == Offer.State.AWARDED:
        return letter(
            procedure, offer.participant, capacity=_capacity(offer), starts_on=procedure.term_start, **common
        )
    chosen = [each for each in _offers(lot) if each.state == Offer.State.AWARDED]
    return letter(
        procedure,
        offer.participant,
        irregular=offer.score is None,
        reasons=_conclusion(offer, lot),
        comparison=_comparison(offer, chosen),
        chosen=[{"name": each.participant.name, "advantages": _advantages(each)} for each in chosen],
        **common,
    )


def _comparison(offer, chosen):
    """Criterion by criterion: this offer's appraisal beside those of the chosen ones (act of 17 June 2013, art. 8)."""
    theirs = {}
    for each in chosen:
        for score in each.scores.all():
            theirs.setdefault(score.criterion_id, []).append(f"{each.participant.name}: {_points(score)}. {score.reasons}")
    return [
        {
            "criterion": score.criterion.title_nl,
            "own": f"{_points(score)}. {score.reasons}",
            "chosen": " ".join(theirs.get(score.criterion_id, ["Geen gekozen offerte."])),
        }
        for score in offer.scores.all()
    ]


def _advantages(offer):
    best = max(offer.scores.all(), key=lambda score: score.points, default=None)
    return best.reasons.rstrip(". ") if best else ""


# -- ending early -------------------------------------------------------------------------------


@in_dutch
def cancellation(procedure):
    entry = Entry.objects.filter(subject=procedure.ref, verb="cancel").order_by("-position").first()
    return {
        "procedure": procedure_data(procedure),
        "decided_on": clock.local_date(entry.at),
        "decided_by": "de beslissingsnemer",
        "reasons": procedure.end_reason,
        "restart": None,
        "remedies": remedies(),
        "signatory": signatory(procedure.cancelled_by, "beslissingsnemer"),
    }
