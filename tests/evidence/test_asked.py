"""What was asked and how far it answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doudi.evidence.asked import asked_on
from doudi.feeds import stale
from tests.evidence.conftest import DAY, WIDOW, County, who


def test_a_feed_answers_when_nothing_due_is_missing_and_twelve_months_are_there(county: County) -> None:
    asked = asked_on(county.store, DAY)
    assert asked["pensions"].state == "fresh"
    assert asked["pensions"].window == tuple(
        [f"2025-{month:02}" for month in range(7, 13)] + [f"2026-{month:02}" for month in range(1, 7)]
    )
    assert asked["pensions"].answers
    assert asked["disability"].window == ("2026-06",)
    assert asked["vehicles"].state == "never"
    assert not asked["vehicles"].answers
    assert asked["bank_balances"].state == "on_request"


def test_a_feed_that_is_late_does_not_answer(county: County) -> None:
    later = asked_on(county.store, date(2026, 9, 30))
    assert later["pensions"].state == "late"
    assert later["pensions"].missing == ("2026-07", "2026-08")
    assert later["pensions"].whole
    assert not later["pensions"].answers


def test_what_came_later_was_not_there_on_an_earlier_day(county: County) -> None:
    before = asked_on(county.store, date(2026, 7, 5))
    assert before["deaths"].newest == "2026-05"
    assert before["pensions"].state == "never"
    late = {each.feed for each in stale(county.store, date(2026, 7, 5))}
    assert "pensions" in late


def test_three_months_of_payments_are_no_year(county: County, tmp_path: Path) -> None:
    young = County(county.registry, tmp_path / "store", tmp_path / "inbox")
    paid = [who(WIDOW, month=f"2026-{month:02}", amount="50.00") for month in (4, 5, 6)]
    young.send("elder_allowances", "202604-202606", date(2026, 7, 5), paid)
    asked = asked_on(young.store, DAY)["elder_allowances"]
    assert (asked.state, asked.newest, asked.whole, asked.answers) == ("fresh", "2026-06", False, False)
