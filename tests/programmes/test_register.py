"""A register gives each household what it gets alone: the same amounts, the same open questions, the same choice."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from doudi.facts.vocabulary import Vocabulary
from doudi.programmes.choice import best
from doudi.programmes.combination import combined, groups
from doudi.programmes.law import Offer, law_of
from doudi.programmes.register import standings_of
from doudi.programmes.standing import problem_of, standings
from tests.law.households import columns
from tests.programmes.drawn import alone, drawn

OFFER = Offer(law_of("999901", date(2026, 8, 1), settings={"support_fee.without_consent": "declared"}))
"""What a supporter declared who refuses the check is taken as known, so that both sides are given the same facts."""


def test_a_register_agrees_with_its_households():
    cases = drawn(1, 150, unknown=0.0)
    found = standings_of(columns(cases), OFFER)
    for place, case in enumerate(cases):
        each = standings(alone(case), OFFER)
        for one in OFFER.programmes:
            mine = [standing for standing in each.standings if standing.programme is one]
            if one.amount:
                due = sum(one.in_year(standing.due or 0) for standing in mine)
                assert int(found.due[one.id][place]) == due, one.id
            else:
                is_due = any(standing.state in ("gets", "missed") for standing in mine)
                assert bool(found.services[one.id][place]) == is_due, one.id


def test_what_is_open_alone_is_open_in_the_register():
    cases = drawn(2, 12, unknown=0.01)
    found = standings_of(columns(cases), OFFER)
    opened = 0
    for place, case in enumerate(cases):
        each = standings(alone(case), OFFER)
        for one in OFFER.programmes:
            mine = [standing.due is None for standing in each.standings if standing.programme is one]
            is_open = one.id in found.open and bool(found.open[one.id][place])
            opened += is_open
            if one.unit == "household":
                assert [is_open] == mine, one.id
            else:
                assert is_open <= any(mine), one.id
    assert opened


def test_what_is_held_is_that_of_its_households():
    cases, codes = drawn(3, 40), Vocabulary.load().codes
    rows = [
        {"holding_programme": codes["programme"].index("dibao"), "holding_item": 0, "holding_monthly": 90_000},
        {"holding_programme": 5, "holding_item": codes["aid_item"].index("disability_nursing"), "holding_monthly": 12_000},
        {"holding_programme": 5, "holding_item": codes["aid_item"].index("heating_allowance"), "holding_amount": 60_000,
         "holding_paid_on": 2026_02_01},
    ]  # fmt: skip
    usual = {"holding_monthly": 0, "holding_since": 2025_01_01, "holding_until": 0, "holding_amount": 0, "holding_paid_on": 0,
             "owner_index": 0, "holding_has_owner": True}  # fmt: skip
    for case in cases:
        case["holding"] = [{**usual, **row} for row in rows]
    found = standings_of(columns(cases), OFFER)
    for place, case in enumerate(cases):
        for one in OFFER.programmes:
            mine = [each for each in standings(alone(case), OFFER).standings if each.programme is one]
            if one.amount and one.form != "insurance":
                held = sum(one.in_year(each.held or 0) for each in mine)
                assert int(found.held.get(one.id, np.zeros(40))[place]) == held, one.id
    assert found.state("heating_allowance", "gets").any()
    assert sum(row["missed"] for row in found.counts()) > 0


@pytest.mark.parametrize("group", groups(), ids=lambda group: "-".join(group.programmes)[:60])
def test_the_choice_side_by_side_is_that_of_one_household(group):
    chance = np.random.default_rng(7)
    amounts = {name: chance.choice([0, 0, 100, 200, 300, 400], 300) for name in group.programmes}
    caps = {cap.at: chance.choice([0, 250, 10_000], 300) for cap in group.caps}
    found = combined(amounts, caps)
    for row in range(300):
        values = {(name, -1): int(amount[row]) for name, amount in amounts.items() if amount[row]}
        paid = best(problem_of(values, {name: int(cap[row]) for name, cap in caps.items()})).paid
        assert {name: int(found[name][row]) for name in amounts if found[name][row]} == {
            name: amount for (name, _), amount in paid.items() if amount
        }
