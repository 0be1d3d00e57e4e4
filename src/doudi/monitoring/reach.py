"""How far each feed answers on a night, and for which there may be more rows than came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.feeds import contracts
from doudi.feeds.periods import following, last_day
from doudi.monitoring.entries import Indicator
from doudi.monitoring.rows import entity_of, rows_of_feeds
from doudi.monitoring.words import DEPARTED_DOUBT

OF_DEPARTED = ("deaths", "cremation", "moves")
"""The feeds that tell of people who have died or left."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A feed on a night. ``state``: fresh, late, never, on_request. ``newest``: its newest period, empty if none came; ``months``:
    how many months it reaches back without a gap; ``missing``: periods that are due and did not come; ``review``: rows of which
    it is not settled whom they name."""

    feed: str
    state: str
    newest: str
    months: int
    missing: tuple[str, ...]
    review: int

    def age(self, day: date) -> int | None:
        """How many days ago its newest period ended; None where none came."""
        return (day - last_day(self.newest, contracts()[self.feed].period)).days if self.newest else None

    def answers(self, months: int) -> bool:
        """Whether what is not among its rows did not happen, for so many months back."""
        return self.state == "fresh" and (months == 0 or self.months >= months)


def reach_as_kept(page: Mapping[str, Any]) -> dict[str, Reach]:
    """By feed, from the ``night.json`` of a prepared night."""
    found: Mapping[str, Mapping[str, Any]] = page["reach"]
    return {name: Reach(**{**one, "missing": tuple(one["missing"])}) for name, one in found.items()}


def told_until(reach: Mapping[str, Reach], day: date) -> date:
    """The last day of which the roll of those in assistance tells what is received; ``day`` where no roll came, or it is newer.

    What is due is compared with what is received as of this day: the roll of June does not say what is paid in July.
    """
    roll = reach.get("aid_roll")
    return min(day, last_day(roll.newest, "month")) if roll is not None and roll.newest else day


def reach_of(sources: Mapping[str, Any]) -> dict[str, Reach]:
    """By feed, from the content of ``sources.json``."""
    return {name: _reach(name, told) for name, told in sources["feeds"].items()}


def _reach(name: str, told: Mapping[str, Any]) -> Reach:
    made, newest, first = contracts()[name], told["newest"] or "", told["from"] or ""
    months = 0
    if told["whole"] and made.kind == "events" and made.period == "month" and newest:
        period = newest
        while period >= first and months < 12:
            months, period = months + 1, following(period, "month", -1)
    elif told["whole"]:
        months = 12
    review = sum(outcome["review"] for outcome in told.get("named", {}).values())
    return Reach(name, told["state"], newest, months, tuple(told["missing"]), review)


def silent(reach: Mapping[str, Reach], indicators: Iterable[Indicator]) -> frozenset[str]:
    """The doubts of feeds that do not answer as far back as one of the indicators needs."""
    needed: dict[str, int] = {}
    for one in indicators:
        for feed, months in one.sources.items():
            needed[feed] = max(months, needed.get(feed, 0))
    found = {
        rows.doubt
        for rows in rows_of_feeds().values()
        if not (told := reach.get(rows.contract.name)) or not told.answers(needed.get(told.feed, 0))
    }
    if any(f"{entity_of(feed)}_may_be_more" in found for feed in OF_DEPARTED):
        found.add(DEPARTED_DOUBT)
    return frozenset(found)
