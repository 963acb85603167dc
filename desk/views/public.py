"""The public page: running procedures, calls and their documents, for whoever comes by."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from admission.models import Call
from documents.models import Document
from lifecycle import clock
from lifecycle.dates import day_in_words
from lifecycle.timeline import Milestone, Span, Timeline
from procurement.milestones import timeline_of
from procurement.models import Procedure
from procurement.views.parts_documents import PAPER

SHOWN = 25


@login_not_required
def public(request):
    """Reading asks nobody who he is (act of 17 June 2016, art. 45)."""
    procedures = list(Procedure.objects.running().order_by("-pk")[:SHOWN])
    calls = list(
        Call.objects.running().select_related("product").prefetch_related("versions").order_by("number")[:SHOWN]
    )
    versions = {version.ref: call for call in calls for version in call.versions.all()}
    papers = _documents([*(each.ref for each in [*procedures, *calls]), *versions])
    ended = Procedure.objects.public().filter(state__in=Procedure.ENDED).order_by("-pk")[:SHOWN]
    context = {
        "authority": settings.CONTRACTING_AUTHORITY["name"],
        "procedures": [_procedure(each, papers.get(each.ref, [])) for each in procedures],
        "calls": [_call(each, papers, versions) for each in calls],
        "closed": [_head(each) for each in ended],
    }
    return render(request, "desk/public.html", context)


def _documents(refs):
    """The public documents of these records as they read now, in one query, the latest first; earlier versions are on the
    page of the record."""
    found, seen = {}, set()
    for document in Document.objects.public().filter(subject__in=refs).annotate(paper=PAPER).order_by("-pk"):
        paper = document.subject, document.kind, document.paper
        if paper not in seen:
            found.setdefault(document.subject, []).append(document)
        seen.add(paper)
    return found


def _head(record):
    return {
        "number": record.number,
        "title": record.title,
        **record.tag_for(None),
        "url": record.get_absolute_url(),
        "url_label": _("Naar de procedure"),
    }


def _procedure(procedure, documents):
    taking = procedure.state == procedure.State.PUBLISHED and clock.now() < procedure.applications_deadline
    return _head(procedure) | {
        "summary": procedure.subject.split("\n\n")[0],
        "deadline": procedure.applications_deadline if taking else None,
        "deadline_label": _("Aanvragen tot deelneming tot"),
        "facts": [str(procedure.get_regime_display()), _("%(months)s maanden") % {"months": procedure.term_months}],
        "timeline": timeline_of(procedure),
        "documents": documents,
    }


def _call(call, papers, versions):
    documents = papers.get(call.ref, []) + [
        paper for ref, owner in versions.items() if owner == call for paper in papers.get(ref, [])
    ]
    return _head(call) | {
        "url_label": _("Naar de oproep"),
        "summary": call.summary,
        "facts": [str(call.product), _("Open vanaf %(day)s") % {"day": day_in_words(call.open_from)}],
        "timeline": Timeline(
            [
                Milestone(call.open_from, _("Open voor aanvragen")),
                Milestone(call.apply_until, _("Laatste dag voor aanvragen")),
            ],
            [Span(call.starts_on, call.open_until, _("Looptijd"), tone="good")],
        ),
        "documents": documents,
    }
