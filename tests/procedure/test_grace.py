"""The steps of a gradual exit follow the law of the place."""

from __future__ import annotations

from datetime import date

from doudi.procedure import ground, procedure
from doudi.procedure.grace import grace_rule, planned_steps

DAY = date(2026, 8, 10)


def test_the_steps_are_the_shares_of_the_law_from_the_next_month():
    here = ground(procedure(), "999901", DAY)
    assert planned_steps(here, 90_000, DAY) == (
        ("2026-09", 90_000),
        ("2026-10", 90_000),
        ("2026-11", 72_000),
        ("2026-12", 72_000),
        ("2027-01", 54_000),
        ("2027-02", 54_000),
    )


def test_months_that_have_passed_since_income_rose_count():
    here = ground(procedure(), "999901", DAY)
    assert planned_steps(here, 90_000, DAY, date(2026, 7, 15))[0] == ("2026-09", 72_000)
    assert planned_steps(here, 90_000, DAY, date(2026, 1, 1)) == ()


def test_sums_are_rounded_half_up_to_the_fen():
    assert grace_rule(ground(procedure(), "999901", DAY)).sum_in(3, 12_343) == 9_874


def test_a_place_without_shares_pays_in_full_for_six_months():
    here = ground(procedure(), "610124", DAY)
    assert [amount for _, amount in planned_steps(here, 90_000, DAY)] == [90_000] * 6


def test_a_township_follows_the_law_of_its_county_and_an_unknown_place_that_of_the_nation():
    assert grace_rule(ground(procedure(), "999999", DAY)).shares[0] is None
    assert grace_rule(ground(procedure(), "123456", DAY)).months == 6
