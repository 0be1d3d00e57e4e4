"""Plausible facts of people who do not exist, as NumPy columns: the same arrays are given to both sides.

Sums of money stay within 32 bits of fen for a household, the range of OpenFisca's integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from doudi.rules.kinds import Input

SEED = 2026
YUAN = 100
SIZES = (0.16, 0.27, 0.26, 0.18, 0.09, 0.03, 0.01)
"""Shares of households of one, two, … persons: 2.9 persons on average."""
RELATIONS = ("head", "spouse", "child", "parent", "grandchild")
AGES = {"head": (25, 85), "spouse": (25, 85), "child": (0, 30), "parent": (55, 95), "grandchild": (0, 16)}
LARGEST = 200_000 * YUAN
COMMON, RARE = 0.95, 0.04
USUALLY = (
    "assets_stated", "can_bathe", "can_dress", "can_eat", "can_leave_bed", "can_use_toilet", "can_walk_indoors",
    "duty_of_support", "expenses_stated", "full_time", "has_residence_registration", "household_means_shared",
    "safe_housing", "safe_water", "shares_means", "supporters_stated",
)  # fmt: skip
SHARES = {
    "area": 0.6,
    "works": 0.45,
    "tekun_unsupported_outside": 0.3,
    "study": 0.15,
    "marital": 0.9,
    "ever_applied": 0.3,
}
"""How many rows have a value other than the first code or "no"; see also ``USUALLY`` and ``RARE``."""
MONEY = {
    "wage": (0.45, 18_000), "business_gross": (0.15, 9_000), "business_cost": (0.1, 3_000), "pension": (0.2, 4_000),
    "transfers_paid": (0.3, 600), "support_fees": (0.08, 2_000), "own_money": (0.4, 6_000), "money_property": (0.8, 9_000),
    "medical_expense": (0.4, 5_000), "living_expense": (0.9, 12_000), "rigid_expenditure": (0.6, 9_000),
    "essential_expense": (0.9, 14_000), "vehicle_value": (0.2, 30_000), "held_dibao_amount": (0.1, 500),
}  # fmt: skip
"""Sums of money: the share of rows that have one, and its median in yuan."""
FEW_YUAN = (0.05, 1_500)
GREATEST = {"coresidence_months": 1200, "absence_months": 60, "job_refusals": 3, "home_area": 20_000}
"""Numbers are even from the least permitted to these, or to 4."""


@dataclass(frozen=True)
class Population:
    """Households and their persons: the household of each person in rising order, and a column by fact."""

    households: int
    parents: np.ndarray
    values: Mapping[str, np.ndarray]

    def save(self, folder: Path) -> None:
        """Write one file by column."""
        np.save(folder / "parents.npy", self.parents)
        (folder / "facts").mkdir()
        for name, column in self.values.items():
            np.save(folder / "facts" / f"{name}.npy", column)

    @staticmethod
    def open(folder: Path) -> Population:
        """What :meth:`save` wrote; a column is read anew each time that it is asked for."""
        parents = np.load(folder / "parents.npy")
        return Population(int(parents[-1]) + 1, parents, _Files(folder / "facts"))

    def loaded(self) -> Population:
        """The same with all columns in memory."""
        return replace(self, values=dict(self.values))


class _Files(Mapping[str, np.ndarray]):
    """Columns in files, by name."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.npy"))}

    def __getitem__(self, name: str) -> np.ndarray:
        column: np.ndarray = np.load(self._files[name])
        return column

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def generate(
    facts: Iterable[Input], households: int, seed: int = SEED, size: int | None = None
) -> Population:
    """A population with a column for each of ``facts``; a column does not depend on which others there are.

    Households have ``size`` persons if it is given, else from one to seven.
    """
    sizes = _stream(seed, "size").choice(len(SIZES), households, p=SIZES) + 1
    sizes = sizes if size is None else np.full(households, size)
    parents = np.repeat(np.arange(households), sizes)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    relations = _relations(np.arange(len(parents)) - first, _stream(seed, "relation"))
    values = {}
    for fact in facts:
        rows = households if fact.entity == "household" else len(parents)
        values[fact.name] = _narrowest(_column(fact, rows, relations, _stream(seed, fact.name)))
    return Population(households, parents, values)


def _narrowest(column: np.ndarray) -> np.ndarray:
    """Whole numbers in as few bits as they need; flags and codes as they are."""
    if column.dtype != np.int64:
        return column
    return column.astype(np.promote_types(np.min_scalar_type(-int(column.max()) - 1), np.int8))


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, crc32(name.encode())])


def _relations(place: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Positions in :data:`RELATIONS`: the first is the head, the second mostly the spouse, then children and others."""
    later = random.choice([2, 3, 4], len(place), p=[0.7, 0.22, 0.08])
    second = np.where(random.random(len(place)) < 0.75, 1, later)
    return np.select([place == 0, place == 1], [0, second], later)


def _column(fact: Input, rows: int, relations: np.ndarray, random: np.random.Generator) -> np.ndarray:
    if fact.name == "relation":
        assert fact.kind.codes is not None
        return np.array([fact.kind.codes.index(name) for name in RELATIONS], dtype=np.int8)[relations]
    if fact.name == "born":
        return _born(relations, random)
    if fact.kind.name == "money":
        return _money(fact, rows, random)
    if fact.kind.name == "date":
        return np.where(
            random.random(rows) < RARE, _days(random.integers(2024, 2026, rows), random), fact.low
        )
    share = COMMON if fact.name in USUALLY else SHARES.get(fact.name, RARE)
    if fact.kind.name == "flag":
        return random.random(rows) < share
    if fact.kind.codes is not None:
        return np.where(random.random(rows) < share, random.integers(1, fact.high + 1, rows), 0).astype(
            np.int8
        )
    return random.integers(fact.low, min(fact.high, GREATEST.get(fact.name, 4)) + 1, rows)


def _born(relations: np.ndarray, random: np.random.Generator) -> np.ndarray:
    youngest, oldest = (np.array([AGES[name][end] for name in RELATIONS])[relations] for end in (0, 1))
    return _days(2026 - random.integers(youngest, oldest), random)


def _days(years: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A day of each year, ``yyyymmdd``; none after June, so that nobody is born after the day of the law."""
    return years * 10_000 + random.integers(1, 7, len(years)) * 100 + random.integers(1, 29, len(years))


def _money(fact: Input, rows: int, random: np.random.Generator) -> np.ndarray:
    share, median = MONEY.get(fact.name, FEW_YUAN)
    column = np.zeros(rows, dtype=np.int64)
    having = random.random(rows) < share
    drawn = median * YUAN * random.lognormal(0, 0.8, int(having.sum()))
    column[having] = np.clip(drawn, fact.low, min(LARGEST, fact.high))
    return column
