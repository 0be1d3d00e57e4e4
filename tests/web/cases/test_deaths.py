"""A death that is approved is reviewed once, and what was paid after its month is looked at once."""

from __future__ import annotations

from datetime import date

from doudi.web.cases.services.netting import netted

AUGUST = date(2026, 8, 1)


def test_what_is_netted_in_full_parts_leaves_a_rest_and_then_the_whole_sum():
    assert list(netted(700, 1000, 300, AUGUST)) == [
        (AUGUST, date(2026, 11, 1), 400), (date(2026, 11, 1), date(2026, 12, 1), 600), (date(2026, 12, 1), None, 700),
    ]  # fmt: skip
    assert list(netted(700, 600, 300, AUGUST)) == [
        (AUGUST, date(2026, 10, 1), 400),
        (date(2026, 10, 1), None, 700),
    ]
    assert list(netted(700, 700, 700, AUGUST)) == [
        (AUGUST, date(2026, 9, 1), 0),
        (date(2026, 9, 1), None, 700),
    ]
