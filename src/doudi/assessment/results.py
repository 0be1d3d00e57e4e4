"""What comes out of a register, as tables: a row for each household, for each person, and for the tests of each household.

The columns are written down once, here: name, Chinese heading, and what they mean. Amounts are in yuan with two decimals.
An empty cell of an amount or a code means that it cannot be determined.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.assessment.register_columns import Mask, columns_of
from doudi.assessment.register_law import RegisterLaw, household_tests
from doudi.assessment.register_looks import Progress
from doudi.assessment.register_reasons import OPEN, REASONS, Reasons, label
from doudi.assessment.register_sweep import BLOCK, Findings, sweep
from doudi.facts.register import Register
from doudi.facts.register.absence import Filled
from doudi.rules.codes import CodeSet
from doudi.rules.columns import Grouping

Array = NDArray[Any]
YUAN = pl.Decimal(18, 2)
SHARE = pl.Decimal(18, 4)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of results: its name, its Chinese heading, and what it means."""

    name: str
    zh: str
    help: str


DETERMINATIONS = (
    Column("household_id", "家庭编号", "id of the household, as received"),
    Column("village", "村居", "village or community, as received"),
    Column("tier", "拟认定类别代码", "tier proposed; empty where undetermined"),
    Column("tier_zh", "拟认定类别", "label of the tier; 待补充信息 where undetermined"),
    Column("tier_least", "最低可能类别", "where undetermined: the least tier that is possible"),
    Column("tier_greatest", "最高可能类别", "where undetermined: the greatest tier that is possible"),
    Column("missing", "缺少的信息代码", "where undetermined: names of the facts and parameters to ask for, by comma"),
    Column("missing_zh", "缺少的信息", "the same in Chinese, by 、"),
    Column("heads", "计入人口", "members who are counted"),
    Column("income_per_head", "月人均收入", "countable income per member and month, rounded to the fen"),
    Column("dibao_standard", "低保标准", "per person and month"),
    Column("low_margin_line", "低保边缘标准", "per person and month"),
    Column("dibao_distance", "距低保标准", "standard less income per head: positive inside"),
    Column("low_margin_distance", "距低保边缘标准", "line less income per head: positive inside"),
    Column("reason", "理由代码", "name of the test that decides; ``missing`` where undetermined"),
    Column("sentence", "理由", "the deciding test in a sentence"),
    Column("dibao", "低保金", "dibao of the household per month, before reductions"),
    Column("supplements", "分类施保金", "category supplements of all members per month"),
    Column("single_dibao", "单人保金", "single-person dibao of all members per month"),
    Column("tekun", "特困供养金", "tekun living and care of all members per month"),
    Column("reductions", "减发", "reductions for refusing work per month"),
    Column("grace", "渐退期保障金", "amount in the grace period per month"),
    Column("monthly_total", "每月合计", "all together per month"),
    Column("missed", "覆盖遗漏类型代码", "kind missed by coverage"),
    Column("missed_zh", "覆盖遗漏类型", "its label"),
    Column("missed_cause", "原因层面代码", "level of the cause"),
    Column("missed_cause_zh", "原因层面", "its label"),
    Column("discretionary", "属自由裁量", "whether the tier turns on a value that the place may choose"),
    Column("tier_unfavourable", "最不利类别", "the tier at the least favourable choice of elastic values"),
    Column("tier_favourable", "最有利类别", "the tier at the most favourable choice"),
    Column("monitored", "防返贫监测对象", "whether it bears a mark of monitoring"),
    Column("held", "现享受项目代码", "the programme held now, the most basic if several"),
    Column("held_zh", "现享受项目", "its label"),
    Column("held_monthly", "现领金额", "dibao, single-person dibao and tekun held now, per month; empty if not known"),
    Column("change", "变化代码", "new, ends, grace, same, none or open: basic living aid proposed against what is held"),
    Column("change_zh", "变化", "its label"),
)  # fmt: skip
"""The table ``determinations``: one row for each household assessed, in the order of the register."""

PERSONS = (
    Column("person_id", "成员编号", "id of the person, as received"),
    Column("household_id", "家庭编号", "id of the household"),
    Column("tier", "成员拟认定类别代码", "tier proposed for the person; empty where undetermined"),
    Column("supplement", "分类施保金", "category supplement per month"),
    Column("single_dibao", "单人保金", "single-person dibao per month"),
    Column("tekun_basic", "特困基本生活费", "tekun basic living per month"),
    Column("tekun_care", "特困照料护理费", "tekun care per month"),
)
"""The table ``persons``: one row for each person of a household assessed."""

SIDES = ("rigid_income", "rigid_share", "dibao_money", "low_margin_money")
"""Tests whose value and limit stand beside their truth in the table ``tests``; those of income per head are among the
determinations."""

CHANGES = CodeSet(
    "change",
    {
        "new": ("新增符合", "newly eligible"),
        "ends": ("不再符合", "no longer eligible"),
        "grace": ("渐退期", "in the grace period"),
        "same": ("继续符合", "still eligible"),
        "none": ("未享受且不符合", "neither held nor eligible"),
        "open": ("待补充信息", "undetermined"),
    },
)
UNDETERMINED = "待补充信息"
_AMOUNTS = {
    "dibao": "dibao_amount", "supplements": "supplements", "single_dibao": "single_amounts", "tekun": "tekun_amounts",
    "reductions": "refusal_reductions", "grace": "grace_amount", "monthly_total": "monthly_total",
}  # fmt: skip
_PERSON_AMOUNTS = {
    "supplement": "supplement", "single_dibao": "single_dibao_amount",
    "tekun_basic": "tekun_basic_amount", "tekun_care": "tekun_care_amount",
}  # fmt: skip
_BASIC = ("tekun", "dibao", "single_dibao")
_HELD = (*_BASIC, "low_margin", "rigid", "other_aid")
_DAYS_OF_HOLDING = ("holding_paid_on", "holding_until")


class Results:
    """The tables of results of a register."""

    def __init__(self, register: Register, findings: Findings, reasons: Reasons) -> None:
        self.register = register
        self.findings = findings
        self.reasons = reasons
        self.statute = findings.statute

    @classmethod
    def of(
        cls, register: Register, law: RegisterLaw, block: int = BLOCK, progress: Progress | None = None
    ) -> Results:
        """Assess the register under the law; see :func:`~doudi.assessment.register_sweep.sweep`."""
        reasons = Reasons(register.counts["household"])
        findings = sweep(columns_of(register, law.statute), law, block, progress, reasons.tell)
        return cls(register, findings, reasons)

    @cached_property
    def determinations(self) -> pl.DataFrame:
        """The table of households; its columns are ``DETERMINATIONS``."""
        with ThreadPoolExecutor(2) as beside:
            told, ends = beside.submit(self._told), beside.submit(self._discretion)
            parts = [*self._ids(), *self._tiers(), *self._lines()]
            parts += [self._money(name, output) for name, output in _AMOUNTS.items()]
            parts += [*self._missed(), *self._held(), *ends.result(), *told.result()]
        return pl.select(*parts).select(column.name for column in DETERMINATIONS)

    @cached_property
    def persons(self) -> pl.DataFrame:
        """The table of persons; its columns are ``PERSONS``."""
        parents = pl.Series(self.findings.columns.parents["person"])
        households = pl.lit(self.register.ids["household"]).gather(parents)
        parts = [
            pl.lit(self.register.ids["person"]).alias("person_id"),
            households.alias("household_id"),
            self._code("tier", "person_tier"),
        ]
        return pl.select(*parts, *(self._money(name, output) for name, output in _PERSON_AMOUNTS.items()))

    @cached_property
    def tests(self) -> pl.DataFrame:
        """A row for each household: its id, and for each test on households true, false, or empty (undetermined).

        Tests of ``SIDES`` have ``<test>.value`` and ``<test>.limit`` beside them: yuan, and shares of one.
        """
        parts = [pl.lit(self.register.ids["household"]).alias("household_id")]
        for name in household_tests(self.statute):
            truth = pl.lit(pl.Series(self.findings.least[name])).alias(name)
            parts.append(_with_gaps(truth, self.findings.known(name)))
            if name in SIDES:
                parts += [self._side(name, side) for side in ("value", "limit")]
        return pl.select(*parts)

    def _ids(self) -> list[pl.Expr]:
        ids, villages = self.register.ids["household"], self.register.texts.get("village")
        village = pl.lit(None, dtype=pl.String) if villages is None else pl.lit(villages)
        return [pl.lit(ids).alias("household_id"), village.alias("village")]

    def _tiers(self) -> list[pl.Expr]:
        codes = self._codes("tier")
        open_ = self.findings.open
        ends = [
            _with_gaps(_enum(name, side["tier"], codes), open_)
            for name, side in (("tier_least", self.findings.least), ("tier_greatest", self.findings.greatest))
        ]
        shown = np.where(open_, len(codes), self.findings.least["tier"])
        return [
            self._code("tier", "tier"),
            _labelled("tier_zh", shown, [*_labels(codes), UNDETERMINED]),
            *ends,
            *self._missing(),
        ]

    def _missing(self) -> list[pl.Expr]:
        rows = np.array(sorted(self.findings.missing), dtype=np.int64)
        found = [self.findings.missing[int(row)] for row in rows]
        labels = {names: "、".join(label(self.statute, name) for name in names) for names in set(found)}
        empty = pl.Series([None], dtype=pl.String).new_from_index(0, len(self.findings.open))
        return [
            pl.lit(empty.scatter(rows, [",".join(names) for names in found])).alias("missing"),
            pl.lit(empty.scatter(rows, [labels[names] for names in found])).alias("missing_zh"),
        ]

    def _lines(self) -> list[pl.Expr]:
        known = self._all_known("income_per_head", "dibao_standard", "low_margin_line")
        least = self.findings.least
        income = least["income_per_head"].astype(np.int64)
        return [
            _with_gaps(
                pl.lit(pl.Series("heads", least["heads"], dtype=pl.Int32)), self.findings.known("heads")
            ),
            self._money("income_per_head", "income_per_head"),
            self._money("dibao_standard", "dibao_standard"),
            self._money("low_margin_line", "low_margin_line"),
            _with_gaps(_yuan("dibao_distance", least["dibao_standard"] - income), known),
            _with_gaps(_yuan("low_margin_distance", least["low_margin_line"] - income), known),
        ]

    def _told(self) -> list[pl.Expr]:
        self.reasons.tell(self.findings, self.reasons.left)
        names = CodeSet("reason", {name: (name, name) for name in (*REASONS, OPEN)})
        places = self.reasons.places
        return [
            _enum("reason", np.where(places < 0, len(REASONS), places), names),
            pl.lit(self.reasons.sentences()).alias("sentence"),
        ]

    def _missed(self) -> list[pl.Expr]:
        found = []
        for name in ("missed", "missed_cause"):
            codes, known = self._codes(name), self.findings.known(name)
            values = self.findings.least[name]
            shown = values if known is None else np.where(known, values, len(codes))
            found += [self._code(name, name), _labelled(f"{name}_zh", shown, [*_labels(codes), UNDETERMINED])]
        return found

    def _discretion(self) -> list[pl.Expr]:
        least, greatest = self.findings.tier_at_ends
        codes, decided = self._codes("tier"), ~self.findings.open
        turns = (least != greatest) & decided
        ends = [
            _with_gaps(_enum(name, values, codes), decided)
            for name, values in (("tier_unfavourable", least), ("tier_favourable", greatest))
        ]
        monitored = pl.lit(pl.Series("monitored", self.findings.least["is_monitored"]))
        return [
            pl.lit(pl.Series("discretionary", turns)),
            *ends,
            _with_gaps(monitored, self.findings.known("is_monitored")),
        ]

    def _held(self) -> list[pl.Expr]:
        programmes = self.statute.graph.schema.codes["programme"]
        rank, monthly, known = self._holdings(programmes)
        labels = [programmes.label(code) for code in _HELD]
        codes = CodeSet("held", {code: (code, code) for code in _HELD})
        changes = self._changes()
        return [
            _with_gaps(_enum("held", np.minimum(rank, len(_HELD) - 1), codes), rank < len(_HELD)),
            _labelled("held_zh", rank, labels),
            _with_gaps(_yuan("held_monthly", monthly), known),
            _enum("change", changes, CHANGES),
            _labelled("change_zh", changes, _labels(CHANGES)),
        ]

    def _holdings(self, programmes: CodeSet) -> tuple[Array, Array, Mask]:
        """For each household: the place of its programme in ``_HELD`` (past its end: none), the money, whether it is known."""
        facts, parents = self.register.facts["holding"], self.findings.columns.parents["holding"]
        grouping = Grouping(parents, self.register.counts["household"])
        rank_of = np.array([_HELD.index(code) for code in programmes.codes])
        rank = rank_of[facts.values["holding_programme"]] if len(parents) else np.empty(0, dtype=np.int64)
        rank = np.where(self._runs(facts, len(parents)), rank, len(_HELD))
        basic = rank < len(_BASIC)
        doubt = facts.unknown.get("holding_monthly", np.zeros(len(parents), dtype=np.bool_)) & basic
        nearest: Array = len(_HELD) - grouping.fold("max", len(_HELD) - rank)
        monthly: Array = grouping.fold("sum", np.where(basic, facts.values["holding_monthly"], 0))
        return nearest, monthly, np.logical_not(grouping.fold("any", doubt))

    def _runs(self, facts: Filled, size: int) -> Array:
        """Which holdings are held still: paid by the month, and not past their last day (as ``holding_runs``).

        One whose last day is not known counts, as what is written in the register.
        """
        day = self.statute.context["today"]
        once, until = (facts.values.get(name, np.zeros(size, np.int64)) for name in _DAYS_OF_HOLDING)
        open_end = facts.unknown.get("holding_until", np.zeros(size, np.bool_))
        runs: Array = (once == 0) & ((until == 0) | (until >= day) | open_end)
        return runs

    def _changes(self) -> Array:
        held, due, grace = (
            self.findings.least[name].astype(np.bool_)
            for name in ("holds_basic_aid", "is_in_basic_aid", "is_in_grace")
        )
        known = self._all_known("holds_basic_aid", "is_in_basic_aid", "is_in_grace")
        steps = CHANGES.index("grace")
        found = np.where(
            held,
            np.where(due, CHANGES.index("same"), np.where(grace, steps, CHANGES.index("ends"))),
            np.where(due, CHANGES.index("new"), np.where(grace, steps, CHANGES.index("none"))),
        )
        return found if known is None else np.where(known, found, CHANGES.index("open"))

    def _all_known(self, *names: str) -> Mask | None:
        masks = [mask for name in names if (mask := self.findings.known(name)) is not None]
        return np.logical_and.reduce(masks) if masks else None

    def _codes(self, name: str) -> CodeSet:
        codes = self.statute.variable(name).kind.codes
        assert codes is not None
        return codes

    def _code(self, name: str, output: str) -> pl.Expr:
        return _with_gaps(
            _enum(name, self.findings.least[output], self._codes(output)), self.findings.known(output)
        )

    def _money(self, name: str, output: str) -> pl.Expr:
        return _with_gaps(_yuan(name, self.findings.least[output]), self.findings.known(output))

    def _side(self, test: str, side: str) -> pl.Expr:
        name = f"{test}.{side}"
        kind = self.statute.variable(test).side_kind
        scale = SHARE if kind is not None and kind.name == "rate" else YUAN
        if name not in self.findings.least:
            amount = self.findings.scalars[name]
            values = np.full(self.register.counts["household"], amount or 0)
            return _with_gaps(
                _scaled(name, values, scale),
                None if amount is not None else np.zeros(len(values), dtype=np.bool_),
            )
        return _with_gaps(_scaled(name, self.findings.least[name], scale), self.findings.known(name))


def _labels(codes: CodeSet) -> list[str]:
    return [codes.label(code) for code in codes.codes]


def _labelled(name: str, places: Array, labels: Sequence[str]) -> pl.Expr:
    """Labels by their places; a place past the last label is an empty cell."""
    unique = list(dict.fromkeys(labels))
    mapped = np.array([unique.index(label) for label in labels], dtype=np.uint8)
    within = mapped[np.minimum(places, len(labels) - 1)]
    series = pl.Series(name, within).cat.to(pl.Enum(unique))
    return _with_gaps(pl.lit(series), None if (places < len(labels)).all() else places < len(labels))


def _enum(name: str, places: Array, codes: CodeSet) -> pl.Expr:
    return pl.lit(pl.Series(name, places).cast(pl.UInt8).cat.to(pl.Enum(codes.codes)))


def _with_gaps(column: pl.Expr, known: Mask | None) -> pl.Expr:
    """The column with empty cells where it is not known."""
    if known is None or known.all():
        return column
    return pl.when(pl.lit(pl.Series(known))).then(column).alias(column.meta.output_name())


def _yuan(name: str, fen: Array) -> pl.Expr:
    return _scaled(name, fen, YUAN)


def _scaled(name: str, values: Array, kind: pl.Decimal) -> pl.Expr:
    """Integers of the last decimal as decimals, which are kept as just these integers."""
    return pl.lit(pl.Series(name, values)).cast(pl.Int128).reinterpret(dtype=kind)
