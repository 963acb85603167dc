"""How a document would read if it were asked for now: on the page alone, numbered nowhere and kept nowhere."""

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from documents import kinds, language, numbering, snapshot
from documents.models import ClauseVersion, TemplateVersion
from lifecycle import clock


def preview_of(kind: str, context: dict, *, dossier: str) -> SafeString:
    """The body as the approved text makes it of this data, in the safe markup of documents.

    Raises `language.LanguageError` for data that the text cannot be made with.
    """
    kind = kinds.kind_of(kind)
    version = TemplateVersion.objects.approved().get(template__kind=kind.code)
    with translation.override("nl"):
        data = snapshot.plain(context) | kinds.common(
            number=f"{dossier}-{kind.prefix}", title=str(kind.title), day=clock.today(), dossier=dossier
        )
    codes = language.clauses_in(version.body)
    clauses = ClauseVersion.objects.approved().filter(clause__code__in=codes)
    bodies = dict(clauses.values_list("clause__code", "body"))
    body, _entries = numbering.numbered(language.render(version.body, data, bodies))
    return mark_safe(body)  # noqa: S308 -- what the language of documents lets through
