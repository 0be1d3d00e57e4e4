"""What came of an indicator on a night: where it holds, and what leaves it open elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from doudi.monitoring.reach import OF_DEPARTED
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.words import DEPARTED_DOUBT
from doudi.rules.columns import Indices

OTHERS = "others"
"""Stands for facts that are too many to be told apart."""


class Judged(StrEnum):
    """Whether an indicator could be judged."""

    YES = "judged"
    """Of everybody of whom the facts are known."""
    IN_PART = "in_part"
    """What came suffices where it holds; elsewhere a feed does not answer."""
    NOT = "not_judged"
    """No feed tells what it is about."""


@dataclass(frozen=True)
class Outcome:
    """One indicator on one night.

    ``places``: of the subjects for which it holds, with the sides of its rule there (null where a side is not certain, None where
    the rule compares nothing). ``opened``: for which subjects it is open, a truth value for each; None: for nobody, or, when
    nothing was judged, for all. ``missing``: for how many of these each fact, rule, parameter or feed is missing. ``feeds``:
    those that do not answer.
    """

    judged: Judged
    places: Indices
    values: pl.Series | None = None
    limits: pl.Series | None = None
    opened: pl.Series | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """For how many subjects it is open."""
        return 0 if self.opened is None else int(self.opened.sum())


def feeds_without_answer(missing: Iterable[str]) -> tuple[str, ...]:
    """The feeds among what is missing."""
    doubts = {rows.doubt: (rows.contract.name,) for rows in rows_of_feeds().values()} | {
        DEPARTED_DOUBT: OF_DEPARTED
    }
    found = dict.fromkeys(feed for name in missing for feed in doubts.get(name, ()))
    return tuple(sorted(found))
