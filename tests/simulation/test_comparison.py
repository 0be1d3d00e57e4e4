"""A reform on a population comes to what each household comes to alone; nobody is lost, and figures add up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from doudi.assessment.determination import assess
from doudi.facts.register import Register
from doudi.simulation.comparison import MOVES, Comparison
from doudi.simulation.figures import LEVELS, poverty
from doudi.simulation.side import PAID, PAID_TO_PERSONS
from doudi.simulation.tables import heading
from tests.simulation.conftest import law

Reform = Callable[..., Comparison]
MOVES_BY_PLACE = tuple(MOVES)
STANDARD = {"dibao__standard__rural": "700"}


@pytest.fixture(scope="module")
def raised(reform: Reform) -> Comparison:
    """The rural standard raised from 560 to 700 yuan."""
    return reform(**STANDARD)


def test_every_household_moves_as_it_does_alone(raised: Comparison, people: Register):
    codes = raised.before.tier_codes()
    places = [*np.flatnonzero(raised.move != 8)[:60], *range(0, raised.before.households, 97)]
    for place in map(int, places):
        household = people.household(place)
        for side, settings in ((raised.before, {}), (raised.after, STANDARD)):
            alone = assess(household, law(**settings))
            tier = None if side.tier[place] < 0 else codes[side.tier[place]]
            assert tier == alone.tier
            amount = alone.amount()
            assert (amount is not None) == bool(side.monthly_known[place])
            assert (amount or 0) == side.monthly[place]


def test_all_households_and_persons_stand_in_one_move(raised: Comparison):
    assert sum(each.households for each in raised.moves) == raised.before.households
    assert sum(each.persons for each in raised.moves) == raised.before.persons
    assert raised.table().height == sum(each.households for each in raised.moves if each.move != "same")


def test_programmes_add_up_to_what_households_get(raised: Comparison):
    for side, figures in zip((raised.before, raised.after), raised.figures, strict=True):
        whole = sum(side.paid(name) for name in (*PAID, *PAID_TO_PERSONS))
        known = side.monthly_known
        assert (whole[known] == side.monthly[known]).all()
        assert figures.yearly == int(side.monthly[raised.settled].sum()) * 12
        for cost in figures.costs:
            assert sum(cost.levels.values()) == cost.yearly, "no fen is lost between the levels"
            assert set(cost.levels) == set(LEVELS)


def test_a_higher_standard_takes_nobody_out_and_costs_more(raised: Comparison):
    moves = {each.move: each for each in raised.moves}
    assert moves["enters"].households > 0
    assert moves["more"].households > 0
    assert moves["leaves"].households == moves["less"].households == 0
    before, after = raised.figures
    assert after.yearly > before.yearly
    assert after.poverty.poor <= before.poverty.poor <= raised.without_aid.poor
    assert after.poverty.gap < before.poverty.gap < raised.without_aid.gap
    assert after.covered("any").persons > before.covered("any").persons


def test_nothing_changes_where_nothing_is_changed(reform: Reform):
    same = reform()
    assert {each.move for each in same.moves if each.households} == {"same"}
    assert same.figures[0] == same.figures[1]
    assert same.changes == ()
    assert same.table().height == 0


def test_looser_property_lines_let_people_in_and_nobody_out(reform: Reform):
    """Story 6: deposits from 24 to 36 months of the standard and dearer vehicles for low-margin families, 36 to 42 for rigid expenditure."""
    tight = {
        "property__money_months__low_margin": "24", "property__vehicle_cap__low_margin": "50000", "property__money_months__rigid": "36",
    }  # fmt: skip
    loose = {
        "property__money_months__low_margin": "36", "property__vehicle_cap__low_margin": "80000", "property__money_months__rigid": "42",
    }  # fmt: skip
    people = reform().register
    comparison = Comparison.of(people, law(**tight), law(**loose))
    moves = {each.move: each.households for each in comparison.moves}
    assert moves["leaves"] == moves["lighter"] == 0
    assert {each.name for each in comparison.changes} == {"property.money_months", "property.vehicle_cap"}
    entering = comparison.table().filter(move="enters")
    assert set(entering["tier_after"]) <= {"low_margin", "rigid", "single_dibao"}


def test_poverty_is_what_a_loop_over_households_says(raised: Comparison):
    """The measures of Foster, Greer and Thorbecke, against a loop."""
    side, line = raised.before, 80_000
    aid, known = side.family_aid, side.monthly_known
    found = poverty(side, aid, known, line)
    persons = poor = 0
    depth = severity = 0.0
    for place in range(side.households):
        heads = int(side.values("heads")[place])
        if not (
            side.known("income_per_head")[place] and side.known("heads")[place] and known[place] and heads
        ):
            continue
        income = int(side.values("income_per_head")[place]) + int(aid[place]) / heads
        short = max(0.0, (line - income) / line)
        persons += heads
        poor += heads * (short > 0)
        depth += heads * short
        severity += heads * short * short
    assert (found.persons, found.poor) == (persons, poor)
    assert found.depth == pytest.approx(depth / persons)
    assert found.severity == pytest.approx(severity / persons)


def test_errors_are_those_of_what_is_held(raised: Comparison):
    side = raised.before
    errors = raised.figures[0].errors
    names = ("is_in_basic_aid", "holds_basic_aid", "is_in_grace")
    due, held, grace = (side.values(name).astype(bool) for name in names)
    known = side.known(names[0]) & side.known(names[1]) & side.known(names[2])
    assert errors.excluded == int((due & ~held & known).sum()) > 0
    assert errors.included == int((held & ~due & ~grace & known).sum())
    assert 0 < errors.exclusion < 1


def test_aid_falls_off_at_the_line(raised: Comparison):
    before, after = (figures.bands for figures in raised.figures)
    assert sum(each.households for each in before) <= raised.before.households
    below, above = before[8], before[11]
    assert (below.start, above.start) == (0.8, 1.1)
    assert below.aid_per_head > above.aid_per_head
    assert after[11].aid_per_head >= above.aid_per_head


def test_money_that_becomes_open_is_no_saving(reform: Reform):
    comparison = reform(dibao__standard__rural="null")
    before, after = comparison.figures
    moves = {each.move: each for each in comparison.moves}
    assert moves["opens"].households == int((comparison.move == 6).sum()) > 0
    now, every = comparison.left_out
    assert every > now
    assert before.yearly == after.yearly, (
        "the same households stand on both sides, and nothing changes for them"
    )
    assert sum(each.monthly for each in comparison.moves) == 0
    assert (comparison.after.monthly[~comparison.after.monthly_known] == 0).all()


def test_an_open_line_is_no_line_of_poverty(reform: Reform):
    comparison = reform(dibao__standard__rural="null")
    swapped = Comparison(comparison.after, comparison.before)
    side, known = swapped.before, swapped.settled
    for name in ("dibao_standard", "income_per_head", "heads"):
        known = known & side.known(name)
    assert not side.known("dibao_standard").all()
    assert swapped.figures[0].poverty.persons == int(side.values("heads")[known].sum())


def test_money_that_opens_while_the_tier_stays_is_a_change(reform: Reform):
    comparison = reform(supplement__rate__minor="null")
    opened = comparison.before.monthly_known & ~comparison.after.monthly_known
    assert opened.any()
    assert {MOVES_BY_PLACE[place] for place in comparison.move[opened]} == {"opens"}
    assert comparison.table().filter(move="opens").height == int(opened.sum())


def test_a_value_below_a_floor_of_the_law_is_told(reform: Reform):
    """A rural standard may not fall below the one before; the floor is applied and said."""
    comparison = reform(dibao__standard__rural="300")
    faults = comparison.after.statute.resolved.faults
    told = heading(comparison, None, "zh")
    assert all(fault.sentence("zh") in told for fault in faults)
    assert comparison.as_data()["floors"] == [fault.sentence() for fault in faults]
    assert faults
