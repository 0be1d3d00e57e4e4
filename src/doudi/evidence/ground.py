"""What the rules of facts stand on: the day, the people of the day, and the linked rows of each feed.

A *telling* is what one source says of subjects on one fact: ``subject_id``, ``value`` as canonical text, ``source``,
``row_ids``, ``period``, ``received_at``, ``since``, ``confidence``, and ``rule`` where the telling itself says that it may
not be used. One source says one thing of one subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import polars as pl

from doudi.evidence.asked import Asked
from doudi.evidence.linking import Rows
from doudi.evidence.people import Population
from doudi.evidence.precedence import Order
from doudi.evidence.registry import DECLARED_ON, Registry
from doudi.facts.vocabulary import Vocabulary
from doudi.feeds.periods import last_day

TELLING: Mapping[str, pl.DataType] = {
    "subject_id": pl.String(), "value": pl.String(), "source": pl.String(), "row_ids": pl.List(pl.String()),
    "period": pl.String(), "received_at": pl.Datetime("us", "UTC"), "since": pl.Date(), "confidence": pl.Float64(),
    "rule": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """``asked`` and ``rows``: the feeds; ``people``: of the day; ``authorised``: persons who let their accounts be looked at."""

    day: date
    asked: Mapping[str, Asked]
    rows: Rows
    people: Population
    registry: Registry
    authorised: frozenset[str] = frozenset()

    def of(self, feed: str, part: str = "person") -> pl.LazyFrame:
        """The linked rows of a feed about people who are present, with ``person_id`` and ``confidence``; of feeds that are for
        authorised checks only those of the authorised."""
        here = self.people.present.lazy().select("person_id", "household_id")
        if self.asked[feed].contract.check_only:
            here = here.filter(pl.col("person_id").is_in(sorted(self.authorised)))
        return (
            pl.scan_parquet(self.rows.linked(feed))
            .filter(pl.col(part).is_not_null())
            .rename({part: "person_id", f"{part}_p": "confidence"})
            .join(here, on="person_id")
        )

    @cached_property
    def stated(self) -> Mapping[str, pl.DataFrame]:
        """The declarations of the households and the persons of the day, by subject; worked out once for all facts."""
        declared = self.registry.declared
        return {
            subject: declared[subject].join(here, on=here.columns, how="semi", maintain_order="left")
            for subject, here in self._here.items()
            if subject in declared
        }

    @cached_property
    def covered(self) -> Mapping[str, pl.DataFrame]:
        """The households of the day that declared, and their members, by subject: id and day of the declaration."""
        homes = self.registry.declared["household"].select("household_id", DECLARED_ON)
        members = {"household": self.people.households, "person": self.people.present}
        return {
            subject: members[subject]
            .join(homes, on="household_id", maintain_order="left")
            .select(*here.columns, DECLARED_ON)
            for subject, here in self._here.items()
        }

    @cached_property
    def came_later(self) -> Mapping[str, pl.DataFrame]:
        """Those of :attr:`covered` who do not stand in the declaration themselves."""
        return {
            subject: rows.join(self.stated[subject], on=f"{subject}_id", how="anti", maintain_order="left")
            for subject, rows in self.covered.items()
            if subject in self.stated
        }

    @property
    def _here(self) -> Mapping[str, pl.DataFrame]:
        return {
            "household": self.people.households.select("household_id"),
            "person": self.people.present.select("person_id"),
        }

    def lately(self, months: int) -> date:
        """The day so many months before."""
        return _months_before(self.day, months)

    def declarations_from(self) -> pl.Expr:
        """The moment from which declarations are still valid."""
        return start_of(pl.lit(self.lately(Order.load().declaration_months)))

    def end_of(self, feed: str) -> date:
        """The last day of which the feed speaks."""
        asked = self.asked[feed]
        return last_day(asked.newest, asked.contract.period) if asked.newest else date.min + timedelta(days=1)

    def short(self, feed: str) -> str | None:
        """Why a sum over the feed's window would be too small; None where the window is whole."""
        asked = self.asked[feed]
        return None if asked.whole else "stale" if asked.state == "late" else "incomplete"


@cache
def _months_before(day: date, months: int) -> date:
    earlier: date = pl.select(pl.lit(day).dt.offset_by(f"-{months}mo")).item()
    return earlier


def said(
    rows: pl.LazyFrame,
    subject: str,
    value: pl.Expr,
    source: pl.Expr | str,
    *,
    since: str | None = None,
    received_at: pl.Expr | None = None,
    rule: str | None = None,
) -> pl.LazyFrame:
    """What a source that is no feed says, one row a subject; ``row_ids`` and ``confidence`` are taken where the rows have
    them."""
    there = rows.collect_schema().names()
    return rows.select(
        pl.col(subject).alias("subject_id"),
        value.cast(pl.String).alias("value"),
        (pl.lit(source) if isinstance(source, str) else source).alias("source"),
        (pl.col("row_ids") if "row_ids" in there else pl.lit([], pl.List(pl.String()))).alias("row_ids"),
        pl.lit(None, pl.String).alias("period"),
        (pl.lit(None, pl.Datetime("us", "UTC")) if received_at is None else received_at).alias("received_at"),
        (pl.col(since) if since else pl.lit(None, pl.Date)).alias("since"),
        (pl.col("confidence") if "confidence" in there else pl.lit(1.0)).alias("confidence"),
        pl.lit(rule, pl.String).alias("rule"),
    )


def start_of(day: pl.Expr) -> pl.Expr:
    """The moment at which a day begins in China, in UTC."""
    return day.cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC")


def telling(
    rows: pl.LazyFrame, source: str, value: pl.Expr, since: pl.Expr | None = None, *, by: list[pl.Expr],
    subject: str = "person_id",
) -> pl.LazyFrame:  # fmt: skip
    """What the newest row of each subject says, in the order of ``by``; ``row_ids`` is that row alone. A row that leaves the
    value open is a telling without a value: the source lists the subject and does not tell."""
    held = rows.with_columns(
        value=value.cast(pl.String), since=(pl.lit(None) if since is None else since).cast(pl.Date)
    )
    keys = [f"_by{place}" for place in range(len(by))]
    held = held.with_columns(each.alias(key) for each, key in zip(by, keys, strict=True))
    newest = held.sort(subject, *keys, "row_id", nulls_last=False).unique(
        subject, keep="last", maintain_order=True
    )
    return newest.select(
        subject_id=pl.col(subject), value="value", source=pl.lit(source), row_ids=pl.concat_list("row_id"),
        period="period", received_at="received_at", since="since", confidence="confidence",
        rule=pl.lit(None, pl.String),
    )  # fmt: skip


def total(
    ground: Ground,
    rows: pl.LazyFrame,
    source: str,
    amount: pl.Expr | str = "amount",
    *,
    monthly: bool = True,
) -> pl.LazyFrame:
    """The sum of an amount over the rows of each subject; of no use where months of the window are missing.

    Where the rows are ``monthly``, a subject whose months have a hole between the first and the last is marked: a row of
    theirs may have been refused, or wait for review.
    """
    what = pl.col(amount) if isinstance(amount, str) else amount
    hole = _month_number("period") - _month_number("_first") + 1 > pl.col("_months")
    short = next(filter(None, (ground.short(feed) for feed in source.split("+"))), None)
    return (
        rows.with_columns(value=what)
        .filter(pl.col("value").is_not_null())
        .group_by("person_id")
        .agg(
            pl.col("value").sum(), pl.col("row_id").sort().alias("row_ids"), pl.col("period").max(),
            pl.col("received_at").max(), pl.col("confidence").min(), _first=pl.col("period").min(),
            _months=pl.col("period").n_unique(),
        )
        .select(
            subject_id=pl.col("person_id"), value=yuan(pl.col("value")), source=pl.lit(source), row_ids="row_ids",
            period="period", received_at="received_at", since=pl.lit(None, pl.Date), confidence="confidence",
            rule=pl.coalesce(pl.lit(short, pl.String), pl.when(hole & monthly).then(pl.lit("with_gap"))),
        )
    )  # fmt: skip


def _month_number(column: str) -> pl.Expr:
    """Months as numbers that follow each other; null for periods that are no months."""
    text = pl.col(column)
    return text.str.slice(0, 4).cast(pl.Int32) * 12 + text.str.slice(5, 2).cast(pl.Int32, strict=False)


def yuan(amount: pl.Expr) -> pl.Expr:
    """An amount as canonical text; what is below zero is zero, as the vocabulary knows no less."""
    return pl.max_horizontal(amount.cast(pl.Decimal(14, 2)), pl.lit("0.00").cast(pl.Decimal(14, 2))).cast(
        pl.String
    )


def canonical(fact_kind: str, value: pl.Expr) -> pl.Expr:
    """A value in the type of the registry as canonical text."""
    return yuan(value) if fact_kind == "money" else value.cast(pl.String)


def coded(code_set: str, value: pl.Expr) -> pl.Expr:
    """Codes of the vocabulary; others, and the code for unknown, are null."""
    codes = [code for code in Vocabulary.load().codes[code_set].codes if code != "unknown"]
    return pl.when(value.is_in(codes)).then(value)
