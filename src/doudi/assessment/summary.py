"""The numbers of a whole register: tiers, money, distances to the lines, who is missed, what is missing, what changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from doudi.assessment.register_reasons import label
from doudi.assessment.register_sweep import Findings
from doudi.assessment.results import CHANGES, UNDETERMINED, Results
from doudi.facts.register import Register
from doudi.rules.codes import CodeSet

MONTHS = 12
OPEN = "open"
MOST_VILLAGES = 20
BINS = 10
"""On each side of a line."""

PROGRAMMES = {
    "dibao": "低保金（已扣减发）", "supplements": "分类施保金", "single_dibao": "单人保金",
    "tekun": "特困供养金", "grace": "渐退期保障金",
}  # fmt: skip
LINES = {
    "dibao_income": "月人均收入与低保标准", "low_margin_income": "月人均收入与低保边缘标准",
    "rigid_share": "刚性支出占比与规定比例", "dibao_money": "货币财产与低保限额",
}  # fmt: skip
INCOME_LINES = {"dibao_income": "dibao_standard", "low_margin_income": "low_margin_line"}
"""Tests of income per head, and the column of their line."""


@dataclass(frozen=True, slots=True)
class TierCount:
    """Households whose tier this is, and persons whose own tier it is, with their share of all persons assessed."""

    code: str
    zh: str
    households: int
    persons: int
    share_of_persons: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What a programme costs in yuan; ``undetermined`` are households whose amount is not known and not in the sum."""

    code: str
    zh: str
    households: int
    monthly: float
    yearly: float
    undetermined: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Households whose value less the limit lies between two bounds; None: without bound."""

    start: float | None
    end: float | None
    households: int


@dataclass(frozen=True, slots=True)
class Distances:
    """How far households lie from a line: value less limit. ``unit`` is 元 or 个百分点; the limit itself lies where
    ``closed`` says: ``left`` bins hold their start, ``right`` bins their end."""

    test: str
    zh: str
    unit: str
    closed: str
    bins: tuple[Bin, ...]
    undetermined: int


@dataclass(frozen=True, slots=True)
class MissedCount:
    """Households that coverage misses, by kind and level of the cause."""

    kind: str
    kind_zh: str
    cause: str
    cause_zh: str
    households: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact or parameter and the households whose tier is open because of it."""

    name: str
    zh: str
    households: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Basic living aid proposed against what is held: households, what they hold and what is due per month in yuan."""

    code: str
    zh: str
    households: int
    held_monthly: float
    due_monthly: float


@dataclass(frozen=True, slots=True)
class Discretion:
    """Households whose tier turns on a value that the place may choose, and which way."""

    households: int
    may_rise: int
    may_fall: int


@dataclass(frozen=True, slots=True)
class Village:
    """A village: households assessed, in a tier, newly eligible, no longer eligible, missed by coverage, open."""

    name: str
    households: int
    in_tier: int
    new: int
    ends: int
    missed: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All of it. ``villages`` are those with most households missed by coverage; ``village_count`` counts all."""

    households: int
    persons: int
    tiers: tuple[TierCount, ...]
    programmes: tuple[Cost, ...]
    total: Cost
    distances: tuple[Distances, ...]
    missed: tuple[MissedCount, ...]
    missing: tuple[Asked, ...]
    discretion: Discretion
    changes: tuple[Changed, ...]
    monitored: int
    villages: tuple[Village, ...]
    village_count: int

    @classmethod
    def of(cls, register: Register, findings: Findings, results: Results) -> Summary:
        """The numbers of a register assessed."""
        return _Summing(findings, results).summary()

    def as_data(self) -> dict[str, Any]:
        """As plain data for JSON; amounts in yuan."""
        return asdict(self)


class _Summing:
    def __init__(self, findings: Findings, results: Results) -> None:
        self.statute = findings.statute
        self.households = results.determinations
        self.persons = results.persons
        self.tests = results.tests

    def summary(self) -> Summary:
        villages = self._villages()
        return Summary(
            households=self.households.height, persons=self.persons.height, tiers=self._tiers(),
            programmes=tuple(self._cost(code, zh) for code, zh in PROGRAMMES.items()), total=self._cost("monthly_total", "合计"),
            distances=tuple(self._distances(test, zh) for test, zh in LINES.items()),
            missed=self._missed(), missing=self._missing(), discretion=self._discretion(), changes=self._changes(),
            monitored=int(self.households["monitored"].sum()), villages=villages[:MOST_VILLAGES], village_count=len(villages),
        )  # fmt: skip

    def _codes(self, name: str) -> CodeSet:
        codes = self.statute.variable(name).kind.codes
        assert codes is not None
        return codes

    def _tiers(self) -> tuple[TierCount, ...]:
        households, persons = _counted(self.households["tier"]), _counted(self.persons["tier"])
        codes, whole = self._codes("tier"), max(self.persons.height, 1)
        labels = [(code, codes.label(code)) for code in reversed(codes.codes)]
        return tuple(
            TierCount(
                code, zh, households.get(key, 0), persons.get(key, 0), round(persons.get(key, 0) / whole, 6)
            )
            for code, zh, key in [*((code, zh, code) for code, zh in labels), (OPEN, UNDETERMINED, None)]
        )

    def _cost(self, code: str, zh: str) -> Cost:
        amount = pl.col(code)
        if code == "dibao":
            amount = pl.col("monthly_total") - pl.sum_horizontal(
                "supplements", "single_dibao", "tekun", "grace", ignore_nulls=False
            )
        found = self.households.select(
            paid=(amount > 0).sum(), monthly=amount.sum(), undetermined=amount.is_null().sum()
        ).row(0, named=True)
        monthly = found["monthly"] or 0
        return Cost(code, zh, found["paid"], float(monthly), float(monthly * MONTHS), found["undetermined"])

    def _distances(self, test: str, zh: str) -> Distances:
        kind = self.statute.variable(test).side_kind
        is_share = kind is not None and kind.name == "rate"
        frame = self._sides(test)
        if is_share:
            frame = frame * 100
        apart = (frame["value"] - frame["limit"]).round(2)
        step = _step(frame["limit"].median(), is_share)
        closed = "left" if self.statute.variable(test).comparison == "lt" else "right"
        edges = [step * place for place in range(-BINS, BINS + 1)]
        known = apart.drop_nulls().to_numpy()
        places = np.digitize(known, edges, right=closed == "right")
        counts = np.bincount(places, minlength=len(edges) + 1)
        bounds = list(zip([None, *edges], [*edges, None], strict=True))
        bins = tuple(Bin(start, end, int(count)) for (start, end), count in zip(bounds, counts, strict=True))
        return Distances(test, zh, "个百分点" if is_share else "元", closed, bins, apart.null_count())

    def _sides(self, test: str) -> pl.DataFrame:
        source, value, limit = self.tests, f"{test}.value", f"{test}.limit"
        if test in INCOME_LINES:
            source, value, limit = self.households, "income_per_head", INCOME_LINES[test]
        return source.select(value=pl.col(value).cast(pl.Float64), limit=pl.col(limit).cast(pl.Float64))

    def _missed(self) -> tuple[MissedCount, ...]:
        kinds, causes = self._codes("missed"), self._codes("missed_cause")
        grouped = self.households.group_by("missed", "missed_cause").len()
        found = {row[:2]: row[2] for row in grouped.iter_rows()}
        return tuple(
            MissedCount(kind, kinds.label(kind), cause, causes.label(cause), found.get((kind, cause), 0))
            for kind in kinds.codes[1:]
            for cause in causes.codes
            if found.get((kind, cause), 0) or cause != "none"
        )

    def _missing(self) -> tuple[Asked, ...]:
        names = self.households["missing"].drop_nulls().str.split(",").explode()
        counts = names.value_counts(sort=True).iter_rows()
        return tuple(Asked(name, label(self.statute, name), count) for name, count in counts)

    def _discretion(self) -> Discretion:
        rank = {name: pl.col(name).to_physical() for name in ("tier", "tier_unfavourable", "tier_favourable")}
        turning = self.households.filter("discretionary")
        rises = turning.filter(rank["tier_favourable"] > rank["tier"]).height
        falls = turning.filter(rank["tier_unfavourable"] < rank["tier"]).height
        return Discretion(turning.height, rises, falls)

    def _changes(self) -> tuple[Changed, ...]:
        grouped = self.households.group_by("change").agg(
            pl.len(), pl.col("held_monthly").sum(), pl.col("monthly_total").sum()
        )
        found = {row[0]: row[1:] for row in grouped.iter_rows()}
        return tuple(
            Changed(code, CHANGES.label(code), number, float(held), float(due))
            for code in CHANGES.codes
            for number, held, due in [found.get(code, (0, 0, 0))]
        )

    def _villages(self) -> tuple[Village, ...]:
        named = self.households.filter(pl.col("village").is_not_null())
        grouped = named.group_by("village").agg(
            households=pl.len(),
            in_tier=(pl.col("tier").cast(pl.String) != "none").sum(),
            new=(pl.col("change").cast(pl.String) == "new").sum(),
            ends=(pl.col("change").cast(pl.String) == "ends").sum(),
            missed=(pl.col("missed").cast(pl.String) != "none").sum(),
            undetermined=pl.col("tier").is_null().sum(),
        )
        ordered = grouped.sort("missed", "new", "households", "village", descending=[True, True, True, False])
        return tuple(Village(*row) for row in ordered.iter_rows())


def _counted(series: pl.Series) -> dict[str | None, int]:
    return dict(series.cast(pl.String).value_counts().iter_rows())


def _step(limit: Any, is_share: bool) -> float:
    """A round width of a bin: about a fifth of the usual limit; ten percentage points for shares."""
    if is_share:
        return 10.0
    about = max(float(limit or 0) / 5, 1.0)
    power = 10.0 ** np.floor(np.log10(about))
    return float(max(width for width in (power, 2 * power, 5 * power) if width <= about))
