"""Households worth a visit (政策找人): in basic living aid by all that is known or presumed, and holding none (story 10).

Two registers of one build of :mod:`doudi.evidence` are assessed: ``register``, of what sources tell, and ``pointing``,
where presumptions fill what none tells. Who is newly eligible in the second is worth a visit. What the first leaves open is
what the visit has to ask. Presumptions point; they decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from doudi.assessment.outreach_asks import asks, by_fact
from doudi.assessment.outreach_clues import clues
from doudi.assessment.register_law import RegisterLaw
from doudi.assessment.register_reasons import reasons_in
from doudi.assessment.results import Column, Results
from doudi.assessment.statute import Statute
from doudi.evidence.schema import PRESUMED
from doudi.facts.register import read_register

REGISTER, POINTING = "register", "pointing"
ALWAYS = ("authorisation",)
"""Questions of every visit."""

HOUSEHOLDS = (
    Column("household_id", "家庭编号", "id of the household"),
    Column("village", "村居", "village or community"),
    Column("priority", "走访次序", "1: visit first, to 4; by clues that are registered"),
    Column("clues_zh", "线索", "these clues, by ；"),
    Column("heads", "计入人口", "members who are counted"),
    Column("tier", "可能的类别代码", "basic living aid that the household may be due"),
    Column("tier_zh", "可能的类别", "its label"),
    Column("monthly", "估算每月金额", "estimated amount per month in yuan"),
    Column("sentence", "为什么认为可能符合", "the deciding test in a sentence, with presumptions"),
    Column("sentence_en", "为什么认为可能符合（英文）", "the same in English"),
    Column("certain", "不靠推定也能确定", "whether what sources tell decides it without any presumption"),
    Column("sources", "依据的数据", "the feeds that told the facts used, by comma"),
    Column("presumed", "推定的事实", "facts that were presumed, by comma"),
    Column("asks", "入户要了解", "what is not known yet: names of questions, by comma"),
    Column("asks_zh", "入户要了解（说明）", "the same in Chinese, by ；"),
    Column("bring_zh", "请准备", "what the household may have at hand; nothing that a department holds"),
)  # fmt: skip
"""The table of households worth a visit, by village; within it those with the weightiest clues first, then those with the greatest amount."""


@dataclass(frozen=True)
class Outreach:
    """``households``: the columns of ``HOUSEHOLDS``. ``known`` and ``likely`` are the results without and with presumptions."""

    statute: Statute
    known: Results
    likely: Results
    households: pl.DataFrame


def outreach(evidence: Path, statute: Statute) -> Outreach:
    """Households worth a visit, from a build made with presumptions.

    Raises:
        FactError: a register of the build cannot be read.
    """
    known, likely = (assessed(evidence / name, statute) for name in (REGISTER, POINTING))
    new = likely.determinations.with_row_index("row").filter(pl.col("change") == "new")
    found = new.select(
        "household_id", "village", "heads", "tier", "tier_zh", "monthly_total", "sentence",
        sentence_en=pl.Series(reasons_in(likely.findings, "en", new["row"].to_list()), dtype=pl.String),
    )  # fmt: skip
    missing = known.determinations.select("household_id", "missing", certain=pl.col("change") == "new")
    found = found.rename({"monthly_total": "monthly"}).join(missing, on="household_id", how="left")
    told = _told(evidence, found.select("household_id"))
    households = found.join(told, on="household_id", how="left").with_columns(
        pl.col("presumed", "sources").fill_null("")
    )
    households = households.join(_asked(households), on="household_id").join(
        _clues(evidence, statute), on="household_id"
    )
    return Outreach(statute, known, likely, _arranged(households))


def assessed(register: Path, statute: Statute) -> Results:
    """A register under the law, as results that are not laid down.

    Raises:
        FactError: it cannot be read.
    """
    return Results.of(read_register(register, statute.day), RegisterLaw.of(statute))


def _told(evidence: Path, chosen: pl.DataFrame) -> pl.DataFrame:
    """For each chosen household the feeds that its facts come from, and the facts that were presumed."""
    people = (
        pl.scan_parquet(evidence / "people.parquet")
        .filter(pl.col("state") == "present")
        .select("person_id", "household_id")
        .join(chosen.lazy(), on="household_id", how="semi")
    )
    known = pl.scan_parquet(evidence / "facts.parquet").filter("used")
    facts = pl.concat(
        [table.select("subject", "subject_id", "fact", "source") for table in (known, _presumed(evidence))]
    )
    of_persons = facts.filter(pl.col("subject") == "person").join(
        people, left_on="subject_id", right_on="person_id"
    )
    of_households = facts.filter(pl.col("subject") == "household").join(
        chosen.lazy(), left_on="subject_id", right_on="household_id", coalesce=False
    )
    items = (
        pl.scan_parquet(evidence / "items.parquet")
        .filter("used")
        .select("household_id", "source", fact=pl.col("entity") + "s")
        .join(chosen.lazy(), on="household_id", how="semi")
    )
    columns = ("household_id", "fact", "source")
    every = pl.concat([of_persons.select(columns), of_households.select(columns), items.select(columns)])
    presumed = pl.col("source") == PRESUMED
    return (
        every.group_by("household_id")
        .agg(
            presumed=pl.col("fact").filter(presumed).unique().sort().str.join(","),
            sources=pl.col("source").filter(~presumed).unique().sort().str.join(","),
        )
        .collect()
    )


def _clues(evidence: Path, statute: Statute) -> pl.DataFrame:
    persons, households = (
        pl.read_parquet(evidence / REGISTER / f"{name}.parquet") for name in ("persons", "households")
    )
    return clues(persons, households, statute.day)


def _presumed(evidence: Path) -> pl.LazyFrame:
    return pl.scan_parquet(evidence / "presumed.parquet")


def _asked(households: pl.DataFrame) -> pl.DataFrame:
    """The questions of each household: those that its presumed and missing facts belong to, in the order of a visit."""
    order = {name: place for place, name in enumerate(asks())}
    names = pl.concat_str("presumed", pl.col("missing").fill_null(""), separator=",").str.split(",")
    facts = households.select("household_id", fact=names).explode("fact").unique()
    found = facts.with_columns(
        ask=pl.col("fact").replace_strict(by_fact(), default=None, return_dtype=pl.String())
    ).drop_nulls("ask")
    always = households.select("household_id").join(pl.DataFrame({"ask": ALWAYS}), how="cross")
    lines = pl.concat([found.select("household_id", "ask"), always]).unique()
    lines = lines.sort("household_id", pl.col("ask").replace_strict(order, return_dtype=pl.Int64()))
    zh = {name: ask.zh for name, ask in asks().items()}
    bring = {name: ask.bring_zh for name, ask in asks().items()}
    papers = pl.col("ask").replace_strict(bring, return_dtype=pl.String())
    return lines.group_by("household_id", maintain_order=True).agg(
        asks=pl.col("ask").str.join(","),
        asks_zh=pl.col("ask").replace_strict(zh, return_dtype=pl.String()).str.join("；"),
        bring_zh=papers.filter(papers != "").str.join("；"),
    )


def _arranged(households: pl.DataFrame) -> pl.DataFrame:
    ordered = households.sort(
        "village",
        "priority",
        "monthly",
        "household_id",
        descending=[False, False, True, False],
        nulls_last=True,
    )
    return ordered.select(column.name for column in HOUSEHOLDS)
