"""A statute that serves many households keeps its kernels, and not more than it may."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

from doudi.assessment.citations import parameters_used
from doudi.assessment.determination import assess, outputs_of
from doudi.assessment.statute import KERNELS, law_of
from doudi.facts.household_file import read_household

DAY = date(2026, 8, 1)
FILE = Path(__file__).parents[2] / "examples" / "leukaemia.yaml"


def test_the_same_question_about_another_household_makes_no_other_kernel():
    law, household = law_of("999901", DAY), read_household(FILE, DAY)
    first = parameters_used(assess(household, law))
    bound = law.python(outputs_of(law), frozenset())
    kept = len(law._kernels)
    assert parameters_used(assess(household, law)) == first
    assert len(law._kernels) == kept
    assert law.python(outputs_of(law), frozenset()) is bound


def test_kernels_for_ever_other_unknown_facts_are_not_all_kept():
    law = law_of("999901", DAY)
    tier = {"tier": law.variable("tier").node}
    names = sorted(law.graph.inputs_of(["tier"]) - {"today"})
    for unknown in list(combinations(names, 2))[: KERNELS + 5]:
        law.python(tier, frozenset(unknown))
    assert len(law._kernels) == KERNELS
