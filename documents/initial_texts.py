"""The texts that the house brings along: loaded as approved first versions, never written over.

`documents/initial/<kind>.html` is the template of a kind, `documents/initial/clauses/<code>.html` a clause; the first line
of each is a comment with its name.
"""

from pathlib import Path

from django.db import transaction

from documents import kinds
from documents.models import Clause, ClauseVersion, Template, TemplateVersion
from documents.models.texts import TextState
from lifecycle import clock, trail
from lifecycle.actors import SYSTEM

FOLDER = Path(__file__).parent / "initial"


def files() -> dict[str, Path]:
    """The template that the house brings along for each kind of document."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.html"))}


def clause_files() -> dict[str, Path]:
    return {path.stem: path for path in sorted((FOLDER / "clauses").glob("*.html"))}


def load() -> int:
    """Load what is not there yet; returns how many texts that were."""
    loaded = 0
    with clock.stamped(), transaction.atomic():
        known = set(Clause.objects.values_list("code", flat=True))
        for code, path in clause_files().items():
            if code not in known:
                clause = Clause.objects.create(code=code, title=_name_in(path))
                loaded += _approve(ClauseVersion, clause=clause, body=_body_in(path))
        known = set(Template.objects.values_list("kind", flat=True))
        for code, path in files().items():
            if code not in known and kinds.is_registered(code):
                template = Template.objects.create(kind=code, name=_name_in(path))
                loaded += _approve(TemplateVersion, template=template, body=_body_in(path))
    return loaded


def _approve(model, **text):
    moment = clock.now()
    version = model.objects.create(number=1, state=TextState.APPROVED, drafted_at=moment, approved_at=moment, **text)
    trail.record(version, "bring_along", by=SYSTEM, target=version.state, facts={"text": trail.Code(version.digest)})
    return 1


def _name_in(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("{#").removesuffix("#}").strip()


def _body_in(path):
    return path.read_text(encoding="utf-8").split("\n", 1)[1]
