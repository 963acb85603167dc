"""The documents on the page of a procedure: the latest version of each first, the earlier ones folded, page by page."""

from django.core.paginator import Paginator
from django.db.models import Case, F, Max, Value, When
from django.db.models.functions import Left, StrIndex

from documents.models import Document
from procurement.contexts.changing import VERSION

A_PAGE = 20
# What makes two documents versions of each other: the same paper about the same record for the same reader. The title of
# a paper that is published anew says which version it is (`procurement.contexts.title_of_version`).
SAME = ("kind", "paper", "subject", "addressee")
PAPER = Case(
    When(title__contains=VERSION, then=Left("title", StrIndex("title", Value(VERSION)) - 1)), default=F("title")
)


class DocumentsPart:
    """What this person may read of a dossier; asked as often for a thousand documents as for ten."""

    def __init__(self, procedure, user, *, page, with_letters):
        self.visible = Document.objects.visible_to(user).filter(dossier=procedure.dossier).annotate(paper=PAPER)
        self.page, self.with_letters = page, with_letters
        papers = self.visible.order_by().values(*SAME).annotate(latest=Max("pk")).order_by("-latest")
        self.pages = Paginator(papers, A_PAGE)

    @property
    def count(self) -> int:
        return self.pages.count

    def context(self):
        page = self.pages.get_page(self.page)
        page.object_list = self._with_versions(page.object_list)
        return {
            "papers": page.object_list,
            "page_obj": page,
            "addressees": self.with_letters,
            "public": not self.with_letters,
        }

    def _with_versions(self, papers):
        versions = {tuple(paper[name] for name in SAME): [] for paper in papers}
        found = self.visible.filter(**{f"{name}__in": {paper[name] for paper in papers} for name in SAME})
        if self.with_letters:
            found = found.prefetch_related("letters")
        for document in found.defer("context", "fingerprint", "clauses").order_by("-pk"):
            key = tuple(getattr(document, name) for name in SAME)
            if key in versions:
                versions[key].append(document)
        for latest, *older in versions.values():
            latest.older = older
            latest.version = len(older) + 1
        return [latest for latest, *_older in versions.values()]
