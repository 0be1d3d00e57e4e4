"""The least value of a parameter by which a share of people is covered (story 17: ten per cent)."""

from __future__ import annotations

import pytest

from doudi.facts.register import Register
from doudi.rules.errors import LawError
from doudi.simulation.figures import coverage
from doudi.simulation.reach import ReachError, reach
from doudi.simulation.side import Side
from tests.simulation.conftest import law


def share(side: Side, tier: str) -> float:
    """The share of persons that a tier covers."""
    return next(each.share for each in coverage(side) if each.tier == tier)


@pytest.fixture(scope="module")
def now(people: Register) -> float:
    """The share that is covered now."""
    return share(Side.of(people, law()), "any")


def test_a_line_that_covers_so_many_is_found_and_a_little_less_does_not(people: Register, now: float):
    wanted = now + 0.03
    tried: list[float] = []
    found = reach(people, law(), "low_margin.multiple", wanted, told=lambda _, covers: tried.append(covers))
    assert found.share >= wanted
    assert found.share == share(found.side, "any")
    assert len(tried) == found.tries <= 30
    assert found.moved
    least = float(found.settings["low_margin.multiple"])
    assert least > 1.5
    assert share(Side.of(people, law(low_margin__multiple=f"{least - 0.002:.4f}")), "any") < wanted


def test_a_table_is_varied_in_proportion_and_in_whole_yuan(people: Register):
    basic = share(Side.of(people, law()), "basic")
    found = reach(people, law(), "dibao.standard", basic + 0.01, "basic")
    urban, rural = (float(found.settings[f"dibao.standard.{area}"]) for area in ("urban", "rural"))
    statute = law()
    before = [statute.resolved.at("dibao.standard", area) or 0 for area in ("urban", "rural")]
    assert urban.is_integer()
    assert rural.is_integer()
    assert urban / rural == pytest.approx(before[0] / before[1], rel=0.01)
    assert rural * 100 > before[1]


def test_fewer_can_be_asked_for_as_well(people: Register, now: float):
    wanted = (now + share(Side.of(people, law(low_margin__multiple="1")), "any")) / 2
    found = reach(people, law(), "low_margin.multiple", wanted)
    assert wanted <= found.share < now
    assert float(found.settings["low_margin.multiple"]) < 1.5


def test_one_code_of_a_table_can_be_varied_alone(people: Register, now: float):
    found = reach(people, law(), "dibao.standard.rural", now + 0.01)
    assert found.settings.keys() == {"dibao.standard.rural"}


@pytest.mark.parametrize(
    "parameter", ["no.such", "low_margin.method", "dibao.standard.moon", "support_fee.ended_waives"]
)
def test_what_is_no_number_cannot_be_varied(people: Register, parameter: str):
    with pytest.raises(LawError):
        reach(people, law(), parameter, 0.1)


def test_what_no_value_reaches_is_said_to_be_out_of_reach(people: Register):
    with pytest.raises(ReachError) as raised:
        reach(people, law(), "low_margin.multiple", 0.999)
    assert raised.value.problems[0].code == "reach.out_of_reach"
