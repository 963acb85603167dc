"""The decision is a function of the condition results and of nothing else."""

import ast
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admission import decision
from admission.decision import Admit, Refuse, decide

CODES = st.text("ABCDT0123456789", min_size=1, max_size=4)
RESULTS = st.dictionaries(CODES, st.booleans(), min_size=1, max_size=12)


@given(RESULTS)
def test_whoever_meets_everything_is_admitted_and_nobody_else(results):
    assert (decide(results) == Admit()) == all(results.values())


@given(RESULTS)
def test_a_refusal_names_exactly_the_conditions_that_are_not_met(results):
    answer = decide(results)

    unmet = sorted(code for code, met in results.items() if not met)
    assert answer == (Refuse(tuple(unmet)) if unmet else Admit())


@given(RESULTS, st.randoms())
def test_the_order_of_the_results_does_not_matter(results, random):
    items = list(results.items())
    random.shuffle(items)

    assert decide(dict(items)) == decide(results)


@given(RESULTS, st.lists(RESULTS, max_size=5))
def test_other_applicants_do_not_matter(results, others):
    before = decide(results)
    for other in others:
        decide(other)

    assert decide(results) == before


def test_nobody_is_admitted_on_nothing():
    with pytest.raises(ValueError, match="nothing to decide on"):
        decide({})


def test_the_decision_knows_neither_clock_nor_database():
    tree = ast.parse(inspect.getsource(decision))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported == {"collections.abc", "dataclasses"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert list(inspect.signature(decide).parameters) == ["results"]
