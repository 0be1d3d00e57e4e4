"""Two sides of one register: who comes in, who leaves, who gains or loses, and all figures beside each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.assessment.statute import Statute
from doudi.facts.register import Register
from doudi.rules.parameters import Change, find_changes
from doudi.simulation.figures import (
    Band,
    Cost,
    Coverage,
    Errors,
    Poverty,
    bands,
    costs,
    coverage,
    errors,
    poverty,
)
from doudi.simulation.side import Mask, Side

Array = NDArray[Any]
MOVES = {
    "enters": ("进入", "comes in"),
    "leaves": ("退出", "leaves"),
    "deeper": ("转入更深一层", "moves to a deeper tier"),
    "lighter": ("转入更浅一层", "moves to a lighter tier"),
    "more": ("层次不变，金额增加", "same tier, more money"),
    "less": ("层次不变，金额减少", "same tier, less money"),
    "opens": ("类别或者金额变为待定", "tier or money becomes undetermined"),
    "settles": ("类别和金额由待定变为确定", "tier and money are determined now"),
    "same": ("没有变化", "no change"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """Households and persons that move in one way, and what they get more (less: negative) in a month, in fen."""

    move: str
    households: int
    persons: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one side."""

    coverage: tuple[Coverage, ...]
    costs: tuple[Cost, ...]
    poverty: Poverty
    errors: Errors
    bands: tuple[Band, ...]

    @property
    def yearly(self) -> int:
        """What all programmes of basic living aid cost in a year, in fen."""
        return sum(each.yearly for each in self.costs)

    @property
    def levels(self) -> dict[str, int]:
        """The same by level of government."""
        found: dict[str, int] = {}
        for each in self.costs:
            for level, amount in each.levels.items():
                found[level] = found.get(level, 0) + amount
        return found

    def covered(self, tier: str) -> Coverage:
        """The coverage of a tier or of several (``basic``, ``any``)."""
        return next(each for each in self.coverage if each.tier == tier)


@dataclass(frozen=True)
class Comparison:
    """A register under the law as it is and as it would be. ``line``: of poverty, fen per head and month; None: the dibao standard as it is."""

    before: Side
    after: Side
    line: int | None = None

    @classmethod
    def of(cls, register: Register, before: Statute, after: Statute, line: int | None = None) -> Comparison:
        """Apply both laws to the register."""
        return cls(Side.of(register, before), Side.of(register, after), line)

    @property
    def register(self) -> Register:
        """The population."""
        return self.before.register

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The values of parameters that differ."""
        return changed_values(self.before.statute, self.after.statute)

    @cached_property
    def figures(self) -> tuple[Figures, Figures]:
        """Before and after. Income is counted as the law as it is counts it, so that one yardstick serves both."""
        found = [self._figures(side) for side in (self.before, self.after)]
        return found[0], found[1]

    @cached_property
    def without_aid(self) -> Poverty:
        """Poverty if nobody got anything."""
        return poverty(self.before, None, self.settled, self.line)

    @cached_property
    def settled(self) -> Mask:
        """Households whose money is certain under both laws: they alone are in sums, so that the same stand on both sides."""
        return self.before.monthly_known & self.after.monthly_known

    def _figures(self, side: Side) -> Figures:
        poor = poverty(self.before, side.family_aid, self.settled, self.line)
        return Figures(
            coverage(side),
            costs(side, self.settled),
            poor,
            errors(side),
            bands(self.before, side, self.settled),
        )

    @property
    def left_out(self) -> tuple[int, int]:
        """Households that are in no sum: whose money is open now, and all of them."""
        return int((~self.before.monthly_known).sum()), int((~self.settled).sum())

    @cached_property
    def difference(self) -> Array:
        """What each household gets more in a month, in fen; 0 where it is not certain on both sides."""
        return np.where(self.settled, self.after.monthly - self.before.monthly, 0)

    @cached_property
    def move(self) -> Array:
        """How each household moves, by the deepest tier in it: places in ``MOVES``."""
        names = list(MOVES)
        one, two = self.before.deepest, self.after.deepest
        none = self.before.tier_codes().index("none")
        found = np.full(len(one), names.index("same"))
        same = (one == two) & (one >= 0)
        found[same & (self.difference > 0)] = names.index("more")
        found[same & (self.difference < 0)] = names.index("less")
        found[two > one] = names.index("deeper")
        found[two < one] = names.index("lighter")
        found[(one == none) & (two > none)] = names.index("enters")
        found[(one > none) & (two == none)] = names.index("leaves")
        certain = [
            (tiers >= 0) & side.monthly_known for tiers, side in ((one, self.before), (two, self.after))
        ]
        found[certain[0] & ~certain[1]] = names.index("opens")
        found[~certain[0] & certain[1]] = names.index("settles")
        found[~certain[0] & ~certain[1] & (one == two)] = names.index("same")
        return found

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """All ways of moving with their numbers; together they are all households."""
        members, found = self.before.members, []
        for place, name in enumerate(MOVES):
            here = self.move == place
            found.append(
                Move(name, int(here.sum()), int(members[here].sum()), int(self.difference[here].sum()))
            )
        return tuple(found)

    def table(self) -> pl.DataFrame:
        """A row for every household that moves: its id and village, the deepest tier in it and yuan a month on both sides, and how it
        moves."""
        rows = np.flatnonzero(self.move != list(MOVES).index("same"))
        codes, names = [*self.before.tier_codes(), None], list(MOVES)
        texts = self.register.texts.get("village")
        columns: dict[str, Any] = {
            "household_id": self.register.ids["household"].gather(rows),
            "village": texts.gather(rows) if texts is not None else [None] * len(rows),
            "members": self.before.members[rows],
            "move": [names[place] for place in self.move[rows]],
        }
        for side, name in ((self.before, "before"), (self.after, "after")):
            columns[f"tier_{name}"] = pl.Series(
                [codes[place] for place in side.deepest[rows]], dtype=pl.String
            )
            monthly = pl.Series(side.monthly[rows]).cast(pl.Float64) / 100
            columns[f"monthly_{name}"] = monthly.set(~pl.Series(side.monthly_known[rows]), None)
        return pl.DataFrame(columns)

    def as_data(self) -> dict[str, Any]:
        """All figures as plain data for JSON; amounts in fen."""
        before, after = (_figures_data(each) for each in self.figures)
        return {
            "region": self.before.statute.resolved.region.code,
            "date": self.before.statute.day.isoformat(),
            "line": self.line,
            "left_out": {"now": self.left_out[0], "all": self.left_out[1]},
            "floors": [fault.sentence() for fault in self.after.statute.resolved.faults],
            "households": self.before.households,
            "persons": self.before.persons,
            "changes": [
                {
                    "parameter": each.name,
                    "code": each.code,
                    "before": each.definition.format(each.before.value),
                    "after": each.definition.format(each.after.value),
                }
                for each in self.changes
            ],
            "moves": [asdict(each) for each in self.moves],
            "poverty_without_aid": asdict(self.without_aid),
            "before": before,
            "after": after,
        }


def changed_values(before: Statute, after: Statute) -> tuple[Change, ...]:
    """The values of parameters that differ between two laws."""
    found = find_changes(before.resolved, after.resolved)
    return tuple(each for each in found if each.before.value != each.after.value)


def _figures_data(figures: Figures) -> dict[str, Any]:
    data: dict[str, Any] = asdict(figures)
    data["errors"] |= {"exclusion": figures.errors.exclusion, "inclusion": figures.errors.inclusion}
    return {**data, "yearly": figures.yearly, "levels": figures.levels}
