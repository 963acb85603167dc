"""What changes of what was published: a rectification beside what stands there now, more time, an outage."""

from decimal import Decimal

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words
from lifecycle.steps import step_form
from lifecycle.templatetags.lifecycle import until, when
from procurement import guards, rectifying
from procurement.forms.fields import AmountField, MomentField, written_out
from procurement.forms.procedures import refuse, with_ground
from procurement.forms.steps import ReasonForm, StepForm
from procurement.models import Addendum, Outage
from procurement.models.question_terms import phase_of_submissions, terms_of

# How many records of a kind one addendum can add.
SLOTS = (1, 2)
HINTS = {
    "procedure": _(
        "Alleen om te verduidelijken of een fout recht te zetten: een ander voorwerp vraagt een nieuwe procedure (art. 46, § 6). "
        "Minimumeisen veranderen alleen uitzonderlijk, en alleen in het licht regime (art. 34, § 2)."
    ),
    "lot": _("Het aantal partners en de waarde zoals aangekondigd; percelen komen er niet bij en vallen niet weg."),
    "condition": _("Wat kandidaten moeten aantonen, tot de uiterste datum voor aanvragen (art. 48)."),
    "criterion": _(
        "Tot de uiterste datum voor offertes; wat dan bekendgemaakt is, geldt bij de gunning (art. 55, § 3). Rangen zonder "
        "gaten; gewichten voor alle criteria of voor geen enkel, samen 100."
    ),
    "sub_criterion": _(
        "Rangen zonder gaten; gewichten voor alle subcriteria van een criterium of voor geen enkel, samen het gewicht van "
        "dat criterium."
    ),
}
NEW = {"condition": _("Nieuwe selectievoorwaarde"), "criterion": _("Nieuw gunningscriterium")}
# Next to which field a refusal stands; `*` is the first field of that part.
BLAMED = {
    "addendum_says_what_changes": "text",
    "rectified_deadline_is_ahead": "deadline",
    "rectified_deadline_moves_later": "deadline",
    "rectified_deadline_leaves_the_minimum": "deadline",
    "rectification_leaves_the_days": "deadline",
    "has_ranked_criteria": "criterion*",
    "sub_criteria_add_up": "sub_criterion*",
    "has_selection_conditions": "condition*",
    "conditions_have_own_codes": "condition*",
    "every_lot_is_valued": "lot*",
}


ABOUT = ("title", "reason", "text", "deadline", "questions_move")
QUESTIONS_MOVE = _("De termijn om vragen te stellen schuift evenveel dagen mee")


def hint_of_questions(procedure):
    """Until when questions can be asked now, and how many wait for an answer that must still reach everybody in time."""
    terms = terms_of(procedure, phase_of_submissions(procedure))
    sentence = format_lazy(_("Nu kunnen vragen tot {}."), until(terms.questions_until))
    if waiting := procedure.questions.unanswered_in_time().count():
        told = ngettext(
            "%(count)s vraag wacht op antwoord; zonder verlenging kan dat tot en met %(day)s (art. 45, derde lid).",
            "%(count)s vragen wachten op antwoord; zonder verlenging kan dat tot en met %(day)s (art. 45, derde lid).",
            waiting,
        )
        sentence = format_lazy("{} {}", sentence, told % {"count": waiting, "day": day_in_words(terms.answers_until)})
    return sentence


class AddendumForm(forms.Form):
    """A rectification: everything that may still change stands here as it was published; what is written over it changes."""

    title = forms.CharField(
        label=_("Titel van het addendum"), max_length=120, help_text=_("Bijvoorbeeld: gewichten van de criteria.")
    )
    reason = forms.CharField(
        label=_("Reden"), widget=written_out(4), help_text=_("Waarom dit verandert; deze tekst is openbaar.")
    )
    text = forms.CharField(
        label=_("Toelichting"),
        widget=written_out(4),
        required=False,
        help_text=_("Wat verandert buiten de velden hieronder, bijvoorbeeld in een bijlage."),
    )
    deadline = MomentField(label=_("Nieuwe uiterste datum"), required=False)
    questions_move = forms.BooleanField(label=QUESTIONS_MOVE, required=False)

    def __init__(self, *args, addendum, **options):
        self.addendum, self.procedure = addendum, addendum.procedure
        self.pieces = rectifying.pieces_of(self.procedure, self.procedure.rectifiable_parts)
        super().__init__(*args, initial=self._initial(), **options)
        if self.procedure.phase:
            self.fields["deadline"].help_text = self._hint_of_deadline()
            self.fields["questions_move"].help_text = hint_of_questions(self.procedure)
        else:
            del self.fields["deadline"], self.fields["questions_move"]
        for piece in self.pieces:
            self._ask(piece.key, piece.part, piece.name)
            if piece.part in rectifying.GROWING:
                self.fields[f"{piece.key}-remove"] = forms.BooleanField(
                    label=format_lazy("{}: {}", piece.name, _("schrappen")), required=False
                )
        for part in self._growing:
            for slot in SLOTS:
                self._ask(f"{part}-new{slot}", part, NEW[part], required=False)

    @property
    def _growing(self):
        return [part for part in rectifying.GROWING if part in self.procedure.rectifiable_parts]

    def _hint_of_deadline(self):
        days = timelimits.days("rectification-remaining-days", on=self.procedure.rules_date)
        earliest = timelimits.earliest_deadline(clock.today(), days=days)
        words = _("Nu {}. Na de bekendmaking blijven minstens {} volle dagen: vandaag bekendgemaakt, ten vroegste {}.")
        return format_lazy(words, when(self.procedure.phase_deadline), days, when(earliest))

    def _ask(self, key, part, name, *, required=True):
        for field, (label, sort, may_be_empty) in rectifying.FIELDS[part].items():
            told = format_lazy("{}: {}", name, label)
            self.fields[f"{key}-{field}"] = _field(field, sort, label=told, required=required and not may_be_empty)

    def _initial(self):
        """What stands published, with what the draft already says instead."""
        draft = self.addendum
        found = {"title": draft.title, "reason": draft.reason, "text": draft.text}
        found |= {"deadline": draft.new_deadline, "questions_move": draft.questions_move}
        for piece in self.pieces:
            found |= {f"{piece.key}-{name}": _shown(piece.part, name, value) for name, value in piece.values.items()}
        added = {part: iter(SLOTS) for part in rectifying.GROWING}
        for change in draft.changes:
            if change["op"] == "add":
                slot = f"{change['part']}-new{next(added[change['part']])}"
                found |= {f"{slot}-{name}": value for name, value in change["values"].items()}
            else:
                name = change["field"] or "remove"
                value = _shown(change["part"], name, change["new"]) if change["field"] else True
                found[f"{change['part']}-{change['pk']}-{name}"] = value
        return found

    # -- on the page ----------------------------------------------------------------------------

    @property
    def about(self):
        return [self[name] for name in ABOUT if name in self.fields]

    @property
    def panels(self):
        """Per part: its name, what the law allows, its groups of fields, and whether it stands open."""
        for part, name in rectifying.PARTS.items():
            groups = [(piece.name, self._fields_of(piece.key)) for piece in self.pieces if piece.part == part]
            if part in self._growing:
                groups += [
                    (format_lazy("{} ({})", NEW[part], number), self._fields_of(f"{part}-new{slot}"))
                    for number, slot in enumerate(SLOTS, start=1)
                ]
            if groups:
                changed = any(change["part"] == part for change in self.addendum.changes)
                wrong = any(field.errors for _name, fields in groups for field in fields)
                yield {"name": name, "hint": HINTS[part], "groups": groups, "is_open": changed or wrong}

    def _fields_of(self, key):
        return [self[name] for name in self.fields if name.startswith(f"{key}-")]

    # -- what was written -----------------------------------------------------------------------

    def clean(self):
        super().clean()
        for part in self._growing:
            for slot in SLOTS:
                self._clean_new(part, f"{part}-new{slot}")

    def _clean_new(self, part, key):
        """A new record is whole, or not there."""
        if not self._written(key):
            return
        for field, (_label, _sort, may_be_empty) in rectifying.FIELDS[part].items():
            name = f"{key}-{field}"
            if not may_be_empty and name not in self.errors and self.cleaned_data.get(name) in {None, ""}:
                self.add_error(
                    name, forms.ValidationError(_("Vul dit in, of laat alles van dit nieuwe onderdeel leeg."))
                )

    def _written(self, key):
        return any(self.cleaned_data.get(name) not in {None, ""} for name in self.fields if name.startswith(f"{key}-"))

    def written(self) -> Addendum:
        """The addendum as it was written."""
        data = self.cleaned_data
        wanted = {
            piece.key: {name: data[f"{piece.key}-{name}"] for name in rectifying.FIELDS[piece.part]}
            for piece in self.pieces
        }
        removed = {piece.key for piece in self.pieces if data.get(f"{piece.key}-remove")}
        added = [
            (part, {name: data[f"{part}-new{slot}-{name}"] for name in rectifying.FIELDS[part]})
            for part in self._growing
            for slot in SLOTS
            if self._written(f"{part}-new{slot}")
        ]
        draft = self.addendum
        draft.title, draft.reason, draft.text = data["title"], data["reason"], data["text"]
        draft.new_deadline = data.get("deadline")
        draft.questions_move = data.get("questions_move", True)
        draft.changes = rectifying.difference(self.pieces, wanted, removed=removed, added=added)
        return draft

    def blame(self, reasons):
        """Each refusal next to the field that it is about, with its rule."""
        for reason in reasons:
            name = BLAMED.get(reason.guard, "")
            if name.endswith("*"):
                name = next((each for each in self.fields if each.startswith(f"{name[:-1]}-")), "")
            refuse(self, name if name in self.fields else None, reason)


def _shown(part, name, value):
    """An amount is plain text among the changes, and a number to the field that asks it."""
    return Decimal(value) if value and rectifying.FIELDS[part][name][1] == rectifying.AMOUNT else value


def _field(name, sort, **options):
    if sort == rectifying.TEXT:
        return forms.CharField(widget=written_out(5), **options)
    if sort == rectifying.NUMBER:
        longest = 100 if name == "weight" else 999
        return forms.IntegerField(min_value=1, max_value=longest, **options)
    if sort == rectifying.AMOUNT:
        return AmountField(min_value=1, **options)
    return forms.CharField(max_length={"title_nl": 120, "code": 10}.get(name, 200), **options)


@step_form("procurement.procedure", "extend_deadline")
class ExtendDeadlineForm(ReasonForm):
    """Until when, and why; the same for everybody."""

    deadline = MomentField(label=_("Nieuwe uiterste datum"))
    questions_move = forms.BooleanField(label=QUESTIONS_MOVE, required=False, initial=True)
    field_order = ["deadline", "questions_move", "reason"]
    reason = forms.CharField(
        label=_("Reden"), widget=written_out(4), help_text=_("Deze tekst komt in het addendum, dat openbaar is.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if deadline := self.record.phase_deadline:
            self.fields["deadline"].help_text = format_lazy(_("Later dan {}."), when(deadline))
            self.fields["questions_move"].help_text = hint_of_questions(self.record)

    def clean(self):
        super().clean()
        if "deadline" in self.cleaned_data and self.record.phase_deadline:
            facts = {"deadline": self.cleaned_data["deadline"]}
            for check in (guards.deadline_becomes_later, guards.extension_leaves_the_minimum):
                refuse(self, "deadline", check.reason(self.record, facts))


@step_form("procurement.procedure", "abandon")
class AbandonForm(ReasonForm):
    pass


@step_form("procurement.addendum", "drop")
class DropAddendumForm(ReasonForm):
    reason = forms.CharField(label=_("Waarom niet"), widget=written_out(4), help_text=_("Dit blijft in het dossier."))


class OutageForm(forms.ModelForm):
    """An outage: since when, until when if that is known, and what did not work."""

    started_at = MomentField(label=_("Begin"))
    ended_at = MomentField(label=_("Einde"), required=False, help_text=_("Leeg zolang de storing duurt."))

    class Meta:
        model = Outage
        fields = ("started_at", "ended_at", "affected", "hindered")
        widgets = {"affected": written_out(3)}
        help_texts = {
            "affected": _("In woorden die iedereen begrijpt; deze tekst is openbaar."),
            "hindered": _("Alleen dan worden uiterste data verlengd."),
        }

    def clean_started_at(self):
        moment = self.cleaned_data["started_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("Dit moment ligt in de toekomst."))
        return moment

    def clean(self):
        super().clean()
        start, end = self.cleaned_data.get("started_at"), self.cleaned_data.get("ended_at")
        if start and end:
            self.instance.started_at = start
            check = guards.outage_ends_after_its_start
            if reason := check.reason(self.instance, {"ended_at": end}):
                self.add_error("ended_at", with_ground(reason.sentence, reason.ground))


@step_form("procurement.outage", "end")
class OutageEndForm(StepForm):
    ended_at = MomentField(label=_("Einde"))

    def clean(self):
        super().clean()
        if "ended_at" in self.cleaned_data:
            check = guards.outage_ends_after_its_start
            refuse(self, "ended_at", check.reason(self.record, self.cleaned_data))


@step_form("procurement.outage", "dismiss")
class DismissOutageForm(ReasonForm):
    pass
