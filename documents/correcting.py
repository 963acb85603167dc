"""Correcting a recorded fact: proposed by one person, confirmed by another; and what comes out differently by it.

What follows from a fact is known above: the apps that reckon with it register a function with `follows_from`, and what else
must be written when it is confirmed with `when_confirmed`.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import Correction, Letter
from lifecycle import clock, trail
from lifecycle.dates import moment_in_words
from lifecycle.models import ref
from lifecycle.steps import action, fire

_followers: dict[str, list[Callable]] = {}
_writers: dict[str, Callable] = {}


@dataclass(frozen=True)
class Difference:
    """One thing that is reckoned from the fact, before and after. `finding`: the step that turns out unlawful, in a sentence."""

    what: str
    before: str
    after: str
    ground: str = ""
    finding: str = ""

    @property
    def counts(self) -> bool:
        return self.before != self.after or bool(self.finding)


def follows_from(label):
    """Register a function of a correction that yields `Difference`s, for facts of this model (`documents.letter`)."""

    def register(function):
        followers = _followers.setdefault(label, [])
        if function not in followers:
            followers.append(function)
        return function

    return register


def when_confirmed(label):
    """Register what writes the corrected fact into the app that owns it: `function(correction, by=)`."""

    def register(function):
        _writers[label] = function
        return function

    return register


def differences_of(correction) -> list[Difference]:
    """What would be different, as things stand now; what stays the same is left out."""
    label = correction.subject.partition(":")[0]
    found: Iterable[Difference] = (each for follow in _followers.get(label, ()) for each in follow(correction))
    return [each for each in found if each.counts]


@dataclass(frozen=True)
class Recording:
    """What is recorded of a fact now: its number and its moment."""

    number: str
    moment: object
    whole_day: bool = False


@action("documents.propose_correction")
def propose_correction(subject, *, by, now: Recording, should_be: Recording, reason, about, path):
    """Propose what should have been recorded about a record; nothing counts until a second person confirms it."""
    if not by.has_perm("documents.propose_correction", subject):
        raise PermissionDenied
    last = Correction.objects.that_count().filter(subject=ref(subject)).order_by("-running").first()
    correction = Correction.objects.create(
        subject=ref(subject),
        chain=subject.dossier,
        about=about,
        path=path,
        running=last.running + 1 if last else 1,
        supersedes=last,
        number=should_be.number,
        moment=should_be.moment,
        whole_day=should_be.whole_day,
        number_before=now.number,
        moment_before=now.moment,
        whole_day_before=now.whole_day,
        reason=reason,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    facts = {
        "record": trail.Code(correction.subject),
        "number": trail.Code(correction.number),
        "moment": correction.after,
        "number_before": trail.Code(correction.number_before),
        "moment_before": correction.before,
        "reason": reason,
    }
    trail.record(correction, "propose", by=by, target=correction.state, facts=facts)
    return correction


@action("documents.confirm_correction")
def confirm_correction(correction, *, by):
    """Let the corrected fact count, and keep what it makes different; what turns out unlawful goes to a legal officer."""
    with translation.override("nl"):
        differences = differences_of(correction)
    findings = sum(bool(each.finding) for each in differences)
    facts = {"differences": [asdict(each) for each in differences]}
    if findings:
        confirmed = fire(correction, "confirm_with_finding", by=by, findings=findings, **facts)
    else:
        confirmed = fire(correction, "confirm", by=by, **facts)
    if write := _writers.get(confirmed.subject.partition(":")[0]):
        write(confirmed, by=by)
    return confirmed


# -- the registered sending of a letter -----------------------------------------------------------


def propose_sending(letter, *, by, number, sent_at, reason):
    """Propose the number and the moment that the proof of posting of a letter really says.

    Raises `ValidationError` naming the field.
    """
    number = number.strip()
    _refuse_sending(letter, number, sent_at)
    now = letter.registration
    return propose_correction(
        letter,
        by=by,
        now=Recording(now["number"], now["sent_at"]),
        should_be=Recording(number, sent_at),
        reason=reason,
        about=_("aangetekende zending van %(number)s aan %(name)s")
        % {"number": letter.document.number, "name": letter.name},
        path=letter.document.get_absolute_url(),
    )


def _refuse_sending(letter, number, sent_at):
    now, errors = letter.registration, {}
    if now is None:
        errors["number"] = _(
            "De aangetekende zending van deze brief is nog niet opgetekend: er is niets te verbeteren."
        )
    elif (number, sent_at) == (now["number"], now["sent_at"]):
        errors["sent_at"] = _("Dit is wat er al staat.")
    elif sent_at > clock.now():
        errors["sent_at"] = _("De verzending kan niet in de toekomst liggen.")
    elif sent_at < letter.document.requested_at:
        errors["sent_at"] = _("De verzending kan niet vóór de opmaak van het document liggen.")
    elif _number_is_taken(letter, number):
        errors["number"] = _("Dit nummer hoort al bij een andere brief.")
    if errors:
        raise ValidationError(errors)


def _number_is_taken(letter, number):
    others = Letter.objects.filter(registered_number=number).exclude(pk=letter.pk)
    corrected = Correction.objects.that_count().filter(
        number=number, subject__startswith=f"{letter._meta.label_lower}:"
    )
    return others.exists() or corrected.exclude(subject=ref(letter)).exists()


@follows_from("documents.letter")
def last_sending(correction):
    """The moment that periods run from."""
    letter = letter_of(correction)
    before, after = letter.last_sent_at, letter.last_sent_if(correction.moment)
    if before and after:
        yield Difference(_("Laatste verzending van de brief"), moment_in_words(before), moment_in_words(after))


def letter_of(correction):
    return Letter.objects.select_related("document").get(pk=correction.subject.partition(":")[2])
