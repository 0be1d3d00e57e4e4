"""What came of an indicator on a night: where it holds, and what leaves it open elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
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


@dataclass(frozen=True)
class Part:
    """An outcome over a run of subjects: the place of the first of them among all, and how many they are."""

    outcome: Outcome
    first: int
    size: int


def joined(parts: Sequence[Part]) -> Outcome:
    """The outcome over all subjects from those over runs of them that follow one another."""
    if len(parts) == 1:
        return parts[0].outcome
    outcomes = [part.outcome for part in parts]
    missing: Counter[str] = Counter()
    for one in outcomes:
        missing.update(one.missing)
    judged = Judged.IN_PART if any(one.judged is Judged.IN_PART for one in outcomes) else Judged.YES
    return Outcome(
        judged,
        np.concatenate([part.outcome.places + part.first for part in parts]),
        _side([one.values for one in outcomes], outcomes),
        _side([one.limits for one in outcomes], outcomes),
        _opened(parts),
        dict(sorted(missing.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(sorted({feed for one in outcomes for feed in one.feeds})),
    )


def _side(sides: Sequence[pl.Series | None], outcomes: Sequence[Outcome]) -> pl.Series | None:
    """A side of the rule; null in runs that compare nothing."""
    if all(side is None for side in sides):
        return None
    nothing = pl.Series([None], dtype=pl.Int64)
    return pl.concat(
        nothing.new_from_index(0, len(one.places)) if side is None else side.cast(pl.Int64)
        for side, one in zip(sides, outcomes, strict=True)
    )


def _opened(parts: Sequence[Part]) -> pl.Series | None:
    if all(part.outcome.opened is None for part in parts):
        return None
    closed = pl.Series([False], dtype=pl.Boolean)
    return pl.concat(
        closed.new_from_index(0, part.size) if part.outcome.opened is None else part.outcome.opened
        for part in parts
    )
