"""Two registers into one in numbers: before and after, by kind, tier, village and reason. Shares are exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from doudi.convergence.classes import OPEN_REASONS, PLACED, TIERS


@dataclass(frozen=True, slots=True)
class Count:
    """Persons by place: ``covered``, ``new``, ``exit``, ``open``."""

    covered: int = 0
    new: int = 0
    exit: int = 0
    open: int = 0

    @classmethod
    def of(cls, rows: pl.DataFrame, place: str = "place") -> Count:
        """Count the persons of the list; repeated rows are no persons."""
        found = dict(rows.group_by(place).len().iter_rows())
        return cls(**{name: int(found.get(name, 0)) for name in PLACED})

    @property
    def persons(self) -> int:
        """All of them."""
        return self.covered + self.new + self.exit + self.open

    @property
    def before(self) -> Fraction | None:
        """The share covered before."""
        return Fraction(self.covered, self.persons) if self.persons else None

    @property
    def after(self) -> Fraction | None:
        """The share covered once the new ones are taken in and those who leave have left."""
        stay = self.persons - self.exit
        return Fraction(self.covered + self.new, stay) if stay else None

    def as_data(self) -> dict[str, Any]:
        """Plain data; shares as fractions."""
        shares = {"before": self.before, "after": self.after}
        return {
            "persons": self.persons, "covered": self.covered, "new": self.new, "exit": self.exit, "open": self.open,
            **{name: None if share is None else str(share) for name, share in shares.items()},
        }  # fmt: skip


def by(rows: pl.DataFrame, column: str, place: str = "place") -> dict[str, Count]:
    """The count for each value of a column, in order; an empty value is ``""``."""
    parts = rows.with_columns(pl.col(column).fill_null("")).partition_by(column, as_dict=True)
    return {str(key[0]): Count.of(parts[key], place) for key in sorted(parts)}


def tiers(rows: pl.DataFrame, place: str = "place", tier: str = "tier") -> dict[str, dict[str, int]]:
    """For each tier how many were in it before, and how many are after."""
    before = _counted(rows.filter(pl.col(place) == "covered"), tier)
    new = _counted(rows.filter(pl.col(place) == "new"), tier)
    return {
        name: {"before": before.get(name, 0), "after": before.get(name, 0) + new.get(name, 0)}
        for name in TIERS
    }


def open_reasons(rows: pl.DataFrame) -> dict[str, int]:
    """How many are open for each reason; together all that are open."""
    found = _counted(rows.filter(pl.col("place") == "open"), "reason")
    return {name: found[name] for name in OPEN_REASONS if found.get(name)}


def summary_of(rows: pl.DataFrame, received: Mapping[str, int]) -> dict[str, Any]:
    """All numbers of a table of persons. ``received``: rows of the list read, accepted, set aside; with the repeated ones told here
    every row is accounted for."""
    persons = rows.filter(pl.col("place") != "repeated")
    return {
        "rows": {**received, "repeated": rows.height - persons.height, "persons": persons.height},
        "proposed": Count.of(persons).as_data(),
        "decided": Count.of(persons, "standing").as_data(),
        "kinds": {name: count.as_data() for name, count in by(persons, "monitored").items()},
        "villages": {name: count.as_data() for name, count in by(persons, "village").items()},
        "tiers": tiers(persons),
        "open": open_reasons(persons),
        "states": dict(sorted(_counted(persons, "state").items())),
    }


def _counted(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return {
        str(name): int(count) for name, count in rows.group_by(column).len().iter_rows() if name is not None
    }
