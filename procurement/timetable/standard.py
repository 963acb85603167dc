"""The milestones that every concession procedure has, in the order in which they come."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import Ground
from procurement.grounds import PROCEDURE, concessions, remedies


class Hour(Enum):
    """Whether a milestone has a clock time."""

    NEVER = "never"
    MAY = "may"
    MUST = "must"


NOTICE = _("de aankondiging")
GUIDE = _("de selectieleidraad")
INVITATION = _("de uitnodiging tot offerte")


@dataclass(frozen=True)
class Standard:
    """One standard milestone.

    `binds`: the publication by which its date becomes binding; without one it stays indicative until it happened.
    `public`: candidates may know of the plan. `computed`: follows from other dates and is never planned itself.
    """

    code: str
    label: str
    ground: Ground = PROCEDURE
    hour: Hour = Hour.NEVER
    binds: str = ""
    public: bool = True
    computed: bool = False


_IN_ORDER = (
    Standard("dispatch", _("Verzending van de aankondiging"), concessions("art. 42"), public=False),
    Standard("applications_questions", _("Vragen bij de aanvraag: laatste dag"), hour=Hour.MAY, binds=GUIDE),
    Standard(
        "applications_answers",
        _("Antwoorden bij de aanvraag: laatste dag"),
        concessions(_("art. 45, derde lid")),
        binds=GUIDE,
    ),
    Standard(
        "applications_deadline",
        _("Uiterste datum voor aanvragen"),
        concessions(_("art. 47, derde lid")),
        hour=Hour.MUST,
        binds=NOTICE,
    ),
    Standard("applications_opening", _("Opening van de aanvragen"), concessions("art. 32"), hour=Hour.MAY),
    Standard("selection_decision", _("Selectiebeslissing"), remedies("art. 4/1"), public=False),
    Standard("selection_letters", _("Brieven over de selectie"), remedies("art. 7, § 1")),
    Standard("invitation", _("Uitnodiging tot offerte"), concessions("art. 46, § 1")),
    Standard("offers_questions", _("Vragen bij de offerte: laatste dag"), hour=Hour.MAY, binds=INVITATION),
    Standard(
        "offers_answers",
        _("Antwoorden bij de offerte: laatste dag"),
        concessions(_("art. 45, derde lid")),
        binds=INVITATION,
    ),
    Standard(
        "offers_deadline",
        _("Uiterste datum voor offertes"),
        concessions(_("art. 47, vierde lid")),
        hour=Hour.MUST,
        binds=INVITATION,
    ),
    Standard("offers_opening", _("Opening van de offertes"), concessions("art. 32"), hour=Hour.MAY),
    Standard("award_decision", _("Gunningsbeslissing"), remedies("art. 4/1")),
    Standard("award_letters", _("Brieven over de gunning"), remedies("art. 8"), public=False),
    Standard("standstill_end", _("Laatste dag van de wachttermijn"), remedies("art. 11"), public=False, computed=True),
    Standard("conclusion_earliest", _("Vroegste sluiting"), remedies("art. 11"), public=False, computed=True),
    Standard("conclusion", _("Sluiting"), concessions("art. 56")),
    Standard(
        "award_notice",
        _("Aankondiging van de gunning: laatste dag"),
        concessions("art. 44, § 1"),
        public=False,
        computed=True,
    ),
    Standard("term_start", _("Begin van de looptijd"), concessions("art. 37"), binds=GUIDE),
    Standard("last_intake", _("Laatste nieuwe klant"), binds=GUIDE),
    Standard("term_end", _("Einde van de looptijd"), concessions("art. 37"), binds=GUIDE),
    Standard("performance_end", _("Einde van de nazorg en de afrekening"), binds=GUIDE),
)
STANDARD = {each.code: each for each in _IN_ORDER}

# What comes after what: each of these lies on or after every one before it.
MAIN_LINE = (
    "dispatch",
    "applications_deadline",
    "applications_opening",
    "selection_decision",
    "selection_letters",
    "invitation",
    "offers_deadline",
    "offers_opening",
    "award_decision",
    "award_letters",
    "conclusion",
    "term_start",
    "term_end",
    "performance_end",
)
SIDE_LINES = (
    ("dispatch", "applications_questions", "applications_answers"),
    ("invitation", "offers_questions", "offers_answers"),
    ("term_start", "last_intake"),
)


def _before():
    found = {}
    for line in (MAIN_LINE, *SIDE_LINES):
        for position, code in enumerate(line):
            found.setdefault(code, []).extend(line[:position])
    return {code: tuple(earlier) for code, earlier in found.items()}


# Per milestone all that must not lie after it.
BEFORE = _before()
