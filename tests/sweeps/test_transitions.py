"""Every lifecycle of the house: who may, in which words, on which grounds, through which door, and nothing else."""

import inspect
import re
from pathlib import Path

import pytest
import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import trans_real
from rules.permissions import permissions as registered

from accounts.roles import DECIDING, PREPARING, ROLES
from lifecycle import steps
from lifecycle.actors import SYSTEM
from lifecycle.diagrams import lifecycle_models
from lifecycle.grounds import Ground, GroundKind
from lifecycle.guards import Guard
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from tests.procurement.story import put

MODELS = {model._meta.label: model for model in lifecycle_models()}
TRANSITIONS = [(model, each) for model in MODELS.values() for each in steps.transitions(model)]

# Which record of the house stands for each model.
ITS_RECORD = {
    "admission.Admission": "admission",
    "admission.AdmissionApplication": "admission_application",
    "admission.Call": "call",
    "admission.ConditionsVersion": "version",
    "contracts.Amendment": "amendment",
    "contracts.Contract": "contract",
    "documents.ClauseVersion": "clause",
    "documents.Correction": "correction",
    "documents.Document": "document",
    "documents.Envelope": "envelope",
    "documents.SealingBox": "box",
    "documents.TemplateVersion": "template",
    "lifecycle.LegalValue": "legal_value",
    "partners.Organisation": "organisation",
    "procurement.Addendum": "addendum",
    "procurement.Application": "application",
    "procurement.Lot": "lot",
    "procurement.Offer": "offer",
    "procurement.Outage": "outage",
    "procurement.Procedure": "procedure",
    "procurement.Question": "question",
}


def names(found):
    return sorted(f"{model._meta.label}.{each.name} ({each.source})" for model, each in found)


def actions_of(transition):
    named = transition.custom["action"]
    return (named,) if isinstance(named, str) else named or ()


def states(model):
    return [value for value, _label in model._meta.get_field("state").choices]


def wordings():
    """The labels of all verbs and states, and the sentences of all guards."""
    found = [each.custom["label"] for _model, each in TRANSITIONS]
    found += [each.custom["consequence"] for _model, each in TRANSITIONS if each.custom["consequence"]]
    found += [label for model in MODELS.values() for _value, label in model._meta.get_field("state").choices]
    return found + [guard.sentence for _model, each in TRANSITIONS for guard in each.conditions]


# -- what is declared ---------------------------------------------------------------------------------


def test_every_model_with_a_lifecycle_is_in_this_sweep():
    assert set(MODELS) == set(ITS_RECORD)


def test_every_verb_is_for_somebody_whom_a_rule_knows_or_for_the_system():
    without_check = [(model, each) for model, each in TRANSITIONS if not hasattr(each.permission, "permission")]
    unknown = [
        (model, each)
        for model, each in TRANSITIONS
        if each.permission.permission is not None and not rules.perm_exists(each.permission.permission)
    ]

    assert (names(without_check), names(unknown)) == ([], [])


def test_only_making_and_sending_documents_is_for_the_system_alone():
    alone = [(model, each) for model, each in TRANSITIONS if each.permission.permission is None]

    assert names(alone) == [
        "documents.Document.deliver (sealed)",
        "documents.Document.give_up (requested)",
        "documents.Document.render (requested)",
        "documents.Document.seal (rendered)",
    ]


def test_every_verb_comes_from_named_states_and_leads_to_one():
    loose = [
        (model, each)
        for model, each in TRANSITIONS
        if each.source not in states(model) or each.target not in states(model)
    ]

    assert names(loose) == []


def test_every_state_has_a_colour_that_the_pages_know():
    tones = {"good", "waiting", "stopped", "quiet", "here"}

    for model in MODELS.values():
        assert set(model.TONES.values()) <= tones
        assert set(model.TONES) <= set(states(model))


def test_every_verb_takes_the_person_by_name_and_never_by_default():
    loose = []
    for model, each in TRANSITIONS:
        by = inspect.signature(getattr(model, each.name)).parameters.get("by")
        if by is None or by.kind is not by.KEYWORD_ONLY or by.default is not by.empty:
            loose.append((model, each))

    assert names(loose) == []


def test_every_condition_is_a_guard_with_its_sentence_and_its_ground():
    loose = [
        (model, each)
        for model, each in TRANSITIONS
        for guard in each.conditions
        if not (
            isinstance(guard, Guard)
            and str(guard.sentence).strip().endswith(".")
            and isinstance(guard.ground, Ground)
            and guard.ground.kind in GroundKind
            and str(guard.ground)
        )
    ]

    assert names(loose) == []


def test_guards_of_one_name_say_the_same():
    """The trail and overrides know a guard by its name: two guards of one model never share it."""
    doubled = []
    for model, each in TRANSITIONS:
        found = [guard.name for guard in each.conditions]
        doubled += [(model, each)] if len(found) != len(set(found)) else []

    assert names(doubled) == []


def test_every_verb_has_a_label_and_every_offered_one_says_what_follows():
    unlabelled = [(model, each) for model, each in TRANSITIONS if not str(each.custom["label"]).strip()]
    silent = [
        (model, each)
        for model, each in TRANSITIONS
        if each.custom["offered"] and each.permission.permission and not str(each.custom["consequence"]).strip()
    ]

    assert (names(unlabelled), names(silent)) == ([], [])


def test_every_word_of_a_lifecycle_stands_in_the_english_catalogue():
    catalogue = trans_real.translation("en")._catalog
    with translation.override(None):
        asked = {str(words) for words in wordings()}

    assert {words for words in asked if words not in catalogue} == set()


def test_every_action_that_a_verb_names_is_there_and_takes_the_person_by_name():
    missing, loose = [], []
    for model, each in TRANSITIONS:
        for name in actions_of(each):
            if name not in steps._actions:
                missing.append((model, each))
                continue
            by = inspect.signature(steps.action_of(name)).parameters.get("by")
            if by is None or by.kind is not by.KEYWORD_ONLY or by.default is not by.empty:
                loose.append((model, each))

    assert (names(missing), names(loose)) == ([], [])


def test_a_verb_that_is_offered_belongs_to_one_action_at_most():
    """The step page calls that action with the record: which of several it would be, nobody could say."""
    several = [(model, each) for model, each in TRANSITIONS if each.custom["offered"] and len(actions_of(each)) > 1]

    assert names(several) == []


def test_every_fact_that_a_verb_or_its_action_asks_is_on_a_form():
    """A step that needs facts and has no form could never be taken on its page."""
    unasked = []
    for model, each in TRANSITIONS:
        if not each.custom["offered"] or each.permission.permission is None:
            continue
        function = steps.action_of(actions_of(each)[0]) if actions_of(each) else getattr(model, each.name)
        asked = {
            name
            for name, parameter in list(inspect.signature(function).parameters.items())[1:]
            if parameter.default is parameter.empty and name != "by"
        }
        if asked and (model._meta.label_lower, each.name) not in steps._forms:
            unasked.append((model, each))

    assert names(unasked) == []


# -- permissions and roles ----------------------------------------------------------------------------


def asked_of_roles():
    """The permissions that the rules ask a role for: `may("...")` in `rules.py` of each app."""
    return {code for rule in registered.values() for code in re.findall(r"may:([\w.]+)", rule.name)}


def test_every_permission_of_a_role_is_asked_and_every_one_asked_is_held():
    held = set().union(*(role.permissions for role in ROLES.values()))

    assert held == asked_of_roles()


def test_what_prepares_and_what_decides_is_held_by_somebody():
    held = set().union(*(role.permissions for role in ROLES.values()))

    assert (PREPARING | DECIDING) - held == set()


def test_every_permission_that_the_code_asks_is_one_that_a_rule_registers():
    """A code with a typing error would be refused to everybody, which looks like a rule."""
    root = Path(settings.BASE_DIR)
    apps = {path.parent.name for path in root.glob("*/apps.py")}
    asking = "has_perm|allowed|also_by_the_clock|permission_required"
    pattern = re.compile(rf"""(?:{asking})\(?\s*=?\s*["']([a-z_]+\.[a-z_]+)["']""")
    asked = {
        code
        for app in apps
        for path in (root / app).rglob("*.py")
        for code in pattern.findall(path.read_text(encoding="utf-8"))
    }

    assert len(asked) > 40
    assert {code for code in asked if not rules.perm_exists(code)} == set()


# -- what is refused ----------------------------------------------------------------------------------


def columns(record, state, house):
    """What the database asks of a row in this state, beside what the record of the house has already."""
    people, now = house.people, house["lot"].decided_at
    label = record._meta.label
    if label == "documents.Envelope":
        return _keys_of_an_envelope(state, people, now)
    if label == "documents.SealingBox":
        first = state != "sealing"
        both = state == "released"
        return {
            "first_officer": people["opener"] if first else None,
            "first_approved_at": now if first else None,
            "second_officer": people["second_opener"] if both else None,
            "released_at": record.opens_at if both else None,
        }
    if label in {"documents.TemplateVersion", "documents.ClauseVersion"}:
        return {"approved_at": None if state == "draft" else now}
    if label == "procurement.Addendum":
        known = state == "published"
        return {"number": 1 if known else None, "published_at": now if known else None, "published_by": None}
    if label == "procurement.Outage":
        known = state == "confirmed"
        return {"confirmed_by": people["lawyer"] if known else None, "confirmed_at": now if known else None}
    if label == "admission.Admission":
        return {"ground": "published-ground", "reason": "geen"}
    if label == "procurement.Question":
        return {"sent_back_reason": "geen"}
    if label == "contracts.Amendment":
        signed = {"signed_by": people["decider"], "signed_on": now.date()} if state == "signed" else {}
        return {"checked_by": people["manager"], "abandon_reason": "geen"} | signed
    return {}


def _keys_of_an_envelope(state, people, now):
    keys = {"draft_key": None, "sealed_key": None, "opened_key": None, "manifest": b"x"}
    sealed = {
        "sealed_at": now,
        "sealed_by": people["owner"],
        "seal_digest": "0" * 64,
        "receipt": b"x",
        "receipt_key": "x",
    }
    own = {
        "draft": {"draft_key": "x"}
        | dict.fromkeys(["sealed_at", "sealed_by", "receipt", "receipt_key"])
        | {"seal_digest": ""},
        "sealed": {"sealed_key": b"x"},
        "opened": {"sealed_key": b"x", "opened_key": "x"},
        "damaged": {"sealed_key": b"x"},
    }
    return keys | sealed | own.get(state, {"manifest": None})


def walk(house):
    """Each record of the house in each of its states."""
    for label, model in sorted(MODELS.items()):
        record = house[ITS_RECORD[label]]
        for state in states(model):
            record = put(record, state, **columns(record, state, house))
            yield model, record


def test_every_verb_that_is_not_declared_in_a_state_is_refused(house):
    """From every state, every verb: where it is not declared, even the system hears that it is the wrong moment."""
    answers, expected, entries = {}, {}, Entry.objects.count()

    for model, record in walk(house):
        declared = steps.transitions(model)
        for verb in {each.name for each in declared} - {each.name for each in declared if each.source == record.state}:
            tried = (model._meta.label, verb, record.state)
            expected[tried] = ["wrong_state"]
            with pytest.raises(Blocked) as refusal:
                fire(record, verb, by=SYSTEM)
            answers[tried] = [reason.guard for reason in refusal.value.reasons]

    assert answers == expected
    assert len(answers) > 500
    assert Entry.objects.count() == entries


def test_every_verb_that_is_declared_is_refused_to_a_stranger(house):
    admitted, tried, entries = [], [], Entry.objects.count()

    for model, record in walk(house):
        for each in steps.transitions(model):
            if each.source != record.state:
                continue
            tried.append((model, each))
            try:
                fire(record, each.name, by=house.person("stranger"))
            except PermissionDenied:
                continue
            except Blocked:
                pass
            admitted.append((model, each))

    assert names(admitted) == []
    assert names(tried) == names(TRANSITIONS)
    assert Entry.objects.count() == entries


def test_every_verb_with_consequences_is_refused_outside_its_action(house):
    """Whoever may do it: the first person of the house (or the system) whom the verb lets in."""
    refused, entries = [], Entry.objects.count()

    for model, record in walk(house):
        for each in steps.transitions(model):
            if each.source != record.state or not actions_of(each):
                continue
            who = next(person for person in [*house.people.values(), SYSTEM] if each.permission(record, person))
            with pytest.raises(RuntimeError, match=f"{each.name} has consequences: call the action"):
                fire(record, each.name, by=who)
            refused.append((model, each))

    assert names(refused) == names((model, each) for model, each in TRANSITIONS if actions_of(each))
    assert Entry.objects.count() == entries
