"""What is paid to persons month by month: pensions, allowances of the old, subsidies of the disabled, support of children."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, within

_PENSIONS = ("employee", "civil", "resident", "survivor")


def pensions(county: County) -> pl.DataFrame:
    """Pensions and survivors' benefits as paid; a resident's pension shows the part that the centre sets."""
    spells = _receipts(county, "pension", "survivor_benefit").with_columns(
        pension=pl.when(pl.col("fact") == "survivor_benefit").then(pl.lit("survivor"))
        .when(pl.col("kind").is_in(_PENSIONS)).then("kind").otherwise(pl.lit("employee")),
        amount=pl.col("monthly") + pl.col("central").fill_null(0),
        central_basic=pl.when(pl.col("central") > 0).then("central"),
        state=pl.lit("paid"),
    )  # fmt: skip
    return _months(county, spells, "pension")


def elder_allowances(county: County) -> pl.DataFrame:
    """Allowances of the very old."""
    spells = _receipts(county, "elder_allowance").with_columns(amount="monthly")
    where = _village(county)
    born = county.persons.select("person_id", "born")
    rows = _months(county, spells)
    return rows.join(where, on="person_id", how="left").join(born, on="person_id", how="left")


def disability_subsidies(county: County) -> pl.DataFrame:
    """The two subsidies of disabled persons."""
    spells = _receipts(county, "disability_subsidy").with_columns(
        subsidy=pl.col("kind").fill_null("living"), amount="monthly"
    )
    papers = county.world["disabilities"].filter(pl.col("certificate").is_not_null())
    papers = papers.unique("person_id", keep="last", maintain_order=True)
    rows = _months(county, spells, "subsidy")
    return rows.join(papers.select("person_id", disability_number="certificate"), on="person_id", how="left")


def children_support(county: County, day: date) -> pl.DataFrame:
    """Children paid the basic living allowance: orphans, and those whom nobody raises in fact."""
    spells = _receipts(county, "child_allowance").filter(within(day))
    spells = spells.unique("person_id", keep="last", maintain_order=True)
    children = county.persons.select("person_id", "sex", "born", "mother_id", "father_id")
    died = county.persons.filter(pl.col("died_on") <= day)["person_id"]
    rows = spells.join(children, on="person_id", how="left")
    gone = [
        pl.col(parent).is_null() | pl.col(parent).is_in(died.implode())
        for parent in ("mother_id", "father_id")
    ]
    alone = pl.when(gone[0] & gone[1]).then(pl.lit("orphan")).otherwise(pl.lit("unattended_child"))
    rows = rows.with_columns(
        scheme=pl.when(pl.col("kind").is_in(["orphan", "unattended_child"])).then("kind").otherwise(alone),
        since=pl.min_horizontal(pl.coalesce("since", pl.col("born").dt.offset_by("3y")), pl.lit(day)), day=pl.lit(day),
    )  # fmt: skip
    rows = rows.join(
        county.living_together(day).select("person_id", "household_id"), on="person_id", how="left"
    )
    rows = county.heads(rows, "day")
    return rows.with_columns(
        who_id_number="person_id", who_guardian_id=pl.when(pl.col("head") != pl.col("person_id")).then("head")
    )


def _receipts(county: County, *facts: str) -> pl.DataFrame:
    return (
        county.world["receipts"]
        .filter(pl.col("fact").is_in(facts))
        .sort("person_id", "since", nulls_last=False)
    )


def _months(county: County, spells: pl.DataFrame, *key: str) -> pl.DataFrame:
    """One row a month; sums of one kind in one month are paid together."""
    rows = county.monthly(spells)
    totals = [pl.col("amount").sum()] + [pl.col("central_basic").sum()] * ("central_basic" in rows.columns)
    rest = [
        name for name in rows.columns if name not in ("person_id", "month", *key, "amount", "central_basic")
    ]
    rows = rows.group_by("person_id", "month", *key, maintain_order=True).agg(*totals, pl.col(rest).first())
    if "central_basic" in rows.columns:
        rows = rows.with_columns(central_basic=pl.when(pl.col("central_basic") > 0).then("central_basic"))
    return rows.with_columns(who_id_number="person_id")


def _village(county: County) -> pl.DataFrame:
    spells = county.world["memberships"].sort("person_id", "since", nulls_last=False)
    last = spells.unique("person_id", keep="last", maintain_order=True)
    return last.join(county.homes, on="household_id", how="left").select("person_id", "village")
