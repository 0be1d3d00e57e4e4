"""Stories that the programmes must live through, from the files of examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doudi.facts.household_file import read_household
from doudi.programmes.cliff import Cliff, cliff
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import standings
from doudi.programmes.statement import statement
from doudi.programmes.waterfall import waterfall

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_one_household_one_file():
    """A rural household received eight kinds of aid in 2024, 59,486.00 yuan together; what it missed stands beside."""
    household = read_household(EXAMPLES / "one-household-one-file.yaml", date(2024, 12, 31))
    found = statement(household, "999901", 2024)
    received = {one.programme.id: one.received for one in found.sums if one.received}
    assert received == {
        "dibao": 1_566_000, "festival_allowance": 50_000, "heating_allowance": 60_000, "electricity_relief": 10_080,
        "disability_living": 132_000, "disability_nursing": 144_000, "pupil_living": 150_000, "inpatient_aid": 3_836_520,
    }  # fmt: skip
    assert (found.kinds, found.received) == (8, 5_948_600)
    assert {one.state for one in found.sums if one.received} == {"gets"}
    missed = {one.programme.id for one in found.sums if one.state == "missed"}
    assert missed == {"dibao_supplement", "tilted_aid", "premium_aid", "expenditure_aid", "hardship_fund"}
    dibao = [(line.day.month, line.received) for line in found.lines if line.programme.id == "dibao"]
    assert dibao == [(month, 120_000 if month < 7 else 141_000) for month in range(1, 13)]
    (heating,) = (line for line in found.lines if line.programme.id == "heating_allowance")
    assert heating.day == date(2024, 11, 15)


def test_a_statement_of_a_year_that_is_not_over_runs_to_its_day():
    household = read_household(EXAMPLES / "one-household-one-file.yaml", date(2024, 12, 31))
    found = statement(household, "999901", 2024, until=date(2024, 3, 31))
    dibao = [line.day.month for line in found.lines if line.programme.id == "dibao"]
    assert dibao == [1, 2, 3]
    assert {one.programme.id for one in found.sums if one.received} == {
        "dibao", "festival_allowance", "electricity_relief", "disability_living", "disability_nursing",
    }  # fmt: skip


def test_leukaemia():
    """301,000 yuan of treatment, of which insurance leaves 62,600: six programmes pay of it, and the steps add up to the fen."""
    household = read_household(EXAMPLES / "leukaemia.yaml", date(2026, 8, 1))
    of = standings(household, Offer(law_of("999901", date(2026, 8, 1))))
    found = waterfall(of)
    assert found.cost == 30_100_000
    after_insurance = next(step for step in found.steps if step.stage == "major").left
    assert after_insurance == 6_260_000
    stacked = {one.id: paid for step in found.steps[2:] for one, paid in step.programmes}
    assert stacked == {
        "inpatient_aid": 2_325_173, "tilted_aid": 487_552, "expenditure_aid": 1_008_000,
        "hardship_fund": 581_783, "leukaemia_fund": 1_000_000, "children_fund": 428_746,
    }  # fmt: skip
    assert found.left == after_insurance - sum(paid or 0 for paid in stacked.values()) == 428_746
    assert of.of("dibao").due == 126_000
    organisations = {one.programme.organisation for one in of.in_state("missed")}
    assert {
        "civil_affairs",
        "medical_insurance",
        "charity",
        "red_cross",
        "education",
        "electricity",
    } <= organisations


@pytest.fixture(scope="module")
def worker() -> Cliff:
    household = read_household(EXAMPLES / "found-a-job.yaml", date(2026, 8, 1))
    return cliff(household, Offer(law_of("999901", date(2026, 8, 1))), earner=1, points=20)


def test_found_a_job_the_cliff_is_found_to_the_yuan(worker: Cliff):
    """A dibao family whose son starts work: where net resources fall although earnings rise."""
    assert worker.missing == ()
    assert worker.most == 3 * 3_420_000
    assert len(worker.points) == 21
    largest = max(worker.falls, key=lambda fall: fall.lost)
    assert 0 < largest.above - largest.below <= 100
    assert "heating_allowance" in {one.id for one, _ in largest.programmes}


def test_found_a_job_the_step_down_takes_the_fall_away(worker: Cliff):
    largest = max(worker.falls, key=lambda fall: fall.lost)
    assert largest.stepped == 0
    beyond = [one for one in worker.points if one.earnings > largest.above]
    assert all(one.net is not None and one.stepped is not None and one.stepped > one.net for one in beyond)


def test_found_a_job_no_net_resources_below_earnings(worker: Cliff):
    assert all(one.net is not None and one.net >= one.earnings for one in worker.points)
