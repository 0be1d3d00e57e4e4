"""What must hold for every household: aid never exceeds cost, more cost never brings less, exclusive programmes never both pay."""

from __future__ import annotations

import copy
from datetime import date
from random import Random

import numpy as np
import pytest

from doudi.assessment.statute import statute_of
from doudi.programmes.catalogue import catalogue
from doudi.programmes.law import Offer, formulas, law_of, schema
from doudi.programmes.register import RegisterStandings, standings_of
from doudi.programmes.standing import standings
from doudi.programmes.waterfall import waterfall
from doudi.rules.graph import Graph
from doudi.rules.reference import Reference
from tests.law.households import Case, columns
from tests.programmes.drawn import FEN, alone, drawn

DAY = date(2026, 8, 1)
LAW = law_of("999901", DAY, settings={"support_fee.without_consent": "declared"})
OFFER = Offer(LAW)
STAGED = tuple(one.id for one in OFFER.programmes if one.stage)


def paid(found: RegisterStandings) -> np.ndarray:
    """What all that pays of the cost of illness comes to for each household."""
    return np.sum([found.due[name] for name in STAGED], axis=0)


@pytest.fixture(scope="module")
def ill() -> list[Case]:
    return drawn(11, 400, ill=True)


@pytest.fixture(scope="module")
def of_ill(ill: list[Case]) -> RegisterStandings:
    return standings_of(columns(ill), OFFER)


def test_what_pays_of_the_cost_of_illness_never_exceeds_it(ill: list[Case], of_ill: RegisterStandings):
    cost = np.array(
        [sum(row["inpatient_cost"] + row["outpatient_cost"] for row in case["person"]) for case in ill]
    )
    short = np.array([case["household"]["essential_shortfall"] for case in ill])
    assert (paid(of_ill) > 0).sum() > 100
    assert (paid(of_ill) <= cost + short).all()


def test_each_reimbursement_stays_within_its_cost():
    cases = drawn(12, 300)
    chance = Random(3)
    for case in cases:
        for row in case["person"]:
            row.update(
                rehabilitation_cost=chance.choice([0, 5_000, 2_000_000]),
                device_cost=chance.choice([0, 999, 900_000]),
            )
        case["household"]["adaptation_cost"] = chance.choice([0, 1, 900_000])
    found = standings_of(columns(cases), OFFER)
    for programme, fact in (
        ("child_rehabilitation", "rehabilitation_cost"),
        ("device_subsidy", "device_cost"),
    ):
        cost = np.array([sum(row[fact] for row in case["person"]) for case in cases])
        assert (found.due[programme] <= cost).all()
        assert found.due[programme].any()
    assert (found.due["barrier_free_home"] <= [case["household"]["adaptation_cost"] for case in cases]).all()


@pytest.mark.parametrize("more", [1, 77, 10_000 * FEN])
def test_more_cost_never_brings_less(ill: list[Case], of_ill: RegisterStandings, more: int):
    dearer = copy.deepcopy(ill)
    for case in dearer:
        case["person"][0]["inpatient_cost"] += more
        case["person"][0]["inpatient_in_scope"] += more
    after = standings_of(columns(dearer), OFFER)
    assert (paid(after) >= paid(of_ill)).all()
    assert (paid(after) - paid(of_ill) <= more).all()


def test_the_waterfall_of_any_household_adds_up(ill: list[Case]):
    for case in ill[:60]:
        found = waterfall(standings(alone(case), OFFER))
        assert found.cost is not None
        assert found.left is not None
        assert found.left >= 0
        assert sum(step.paid or 0 for step in found.steps) + found.left == found.cost


def test_exclusive_programmes_never_both_pay(ill: list[Case]):
    excluded = [one for one in catalogue().relations.pairs if one.excludes]
    programmes = catalogue().programmes
    pairs = 0
    for case in [*drawn(13, 200), *ill[:100]]:
        paying = {(one.programme.id, one.row) for one in standings(alone(case), OFFER).standings if one.due}
        for one in excluded:
            if programmes[one.one].unit == programmes[one.other].unit:
                rows = {row for name, row in paying if name == one.one}
                assert not any((one.other, row) in paying for row in rows), (one.one, one.other)
                pairs += len(rows)
    assert pairs > 50


def test_nobody_has_a_share_of_dibao_beside_support_of_their_own(ill: list[Case]):
    names = ("dibao_share", "tekun_basic_amount", "single_dibao_amount")
    outputs = {name: LAW.variable(name).node for name in names}
    bound = LAW.python(outputs, frozenset())
    for case in [*drawn(14, 200), *ill[:100]]:
        found = bound.call(case)
        for row in range(len(case["person"])):
            share, tekun, single = (_of(found[name], row) for name in names)
            assert not (share and (tekun or single))


def _of(found: object, row: int) -> object:
    return found[row] if isinstance(found, tuple) else found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_rules_are_written_does_not_matter(ill: list[Case], seed: int):
    shuffled = list(formulas())
    Random(seed).shuffle(shuffled)
    other = Offer(statute_of("999901", DAY, LAW.resolved, Graph(schema(), shuffled, DAY)))
    mine, theirs = (standings_of(columns(ill[:80]), offer) for offer in (OFFER, other))
    assert mine.due.keys() == theirs.due.keys()
    for name, amounts in mine.due.items():
        assert (amounts == theirs.due[name]).all(), name


def test_kernels_agree_with_the_formulas_called_directly(ill: list[Case]):
    names = [
        name for one in OFFER.programmes for name in ((one.amount, one.due) if one.amount else (one.due,))
    ]
    outputs = {name: LAW.variable(name).node for name in names}
    bound = LAW.python(outputs, frozenset())
    for case in [*ill[:12], *drawn(15, 12)]:
        found = bound.call(case)
        reference = Reference(LAW.graph, LAW.values, LAW.context, case)
        for name in names:
            expected = [int(value) for value in reference.values(name)]
            got = found[name] if isinstance(found[name], tuple) else (found[name],) * len(expected)
            assert [int(value) for value in got] == expected, name
