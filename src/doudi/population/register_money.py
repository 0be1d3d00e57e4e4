"""Incomes, assets, expenses and holdings of a register at a day. Fen of the world become yuan with two decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from doudi.population.world import World, on

MONEY = pl.Decimal(18, 2)
AREA = pl.Decimal(12, 2)
_HUNDREDTH = Decimal("0.01")
_EMPLOYED = ("formal", "informal")
_WHOLE_MONTHS = 12
_SCHOOL_FEES_MONTH = 9
RECEIPTS = (
    "pension", "unemployment_benefit", "survivor_benefit", "compensation", "gifts", "alimony_received", "other_income",
    "property_gross", "property_cost", "transfers_paid", "entitled_compensation", "family_planning_award",
    "scholarship", "bravery_award", "disability_subsidy", "elder_allowance", "child_allowance",
    "conscript_family_payment",
)  # fmt: skip


def yuan(fen: pl.Expr) -> pl.Expr:
    """Fen as yuan with two decimals, exact."""
    return (fen.cast(MONEY) * pl.lit(_HUNDREDTH)).cast(MONEY)


def months_of(day: date) -> tuple[int, int]:
    """The first and the last of the twelve whole months that have ended by ``day``, as year times 12 plus month less 1."""
    after = pl.select(pl.lit(day).dt.offset_by("1d")).item()
    last = after.year * 12 + after.month - 2
    return last - _WHOLE_MONTHS + 1, last


def months_paid(day: date) -> pl.Expr:
    """Of those twelve months, the ones on whose first day the spell of a row lasts."""
    first, last = months_of(day)
    begin = _month(pl.col("since")) + (pl.col("since").dt.day() > 1).cast(pl.Int64)
    end = _month(pl.col("until").dt.offset_by("-1d"))
    paid = end.fill_null(last).clip(upper_bound=last) - begin.fill_null(first).clip(lower_bound=first) + 1
    return paid.clip(lower_bound=0)


def _month(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1


def incomes(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """Of each person with any, the income facts of twelve months in fen, as ``income:`` and their name."""
    paid = months_paid(day)
    jobs = (
        world["jobs"]
        .lazy()
        .select("person_id", "kind", gross=pl.col("monthly") * paid, cost=pl.col("cost") * paid)
    )
    employed = pl.col("kind").is_in(_EMPLOYED)
    earned = jobs.group_by("person_id").agg(
        pl.col("gross").filter(employed).sum().alias("income:wage"),
        pl.col("gross").filter(~employed).sum().alias("income:business_gross"),
        pl.col("cost").filter(~employed).sum().alias("income:business_cost"),
    )
    found = earned.join(_received(world, day), on="person_id", how="full", coalesce=True)
    first, last = months_of(day)
    single = (
        world["one_offs"].lazy().filter(_month(pl.col("day")).is_between(first, last))
        .group_by("person_id").agg(pl.col("amount").sum().alias("income:one_off_receipt"))
    )  # fmt: skip
    found = found.join(single, on="person_id", how="full", coalesce=True)
    return found.join(_aid(world, day, members), on="person_id", how="full", coalesce=True)


def _received(world: World, day: date) -> pl.LazyFrame:
    paid = months_paid(day)
    amounts = (
        world["receipts"]
        .lazy()
        .select("person_id", "fact", sum=pl.col("monthly") * paid, central=pl.col("central") * paid)
    )
    of_fact = [
        pl.col("sum").filter(pl.col("fact") == name).sum().alias(f"income:{name}") for name in RECEIPTS
    ]
    central = pl.col("central").sum().alias("income:basic_pension_central")
    return amounts.group_by("person_id").agg(*of_fact, central)


def _aid(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """What holdings paid, to the person named or else to the head."""
    heads = members.filter(pl.col("relation") == "head").select("household_id", head="person_id")
    return (
        world["holdings"].lazy().join(heads, on="household_id", how="left")
        .select(person_id=pl.coalesce("person_id", "head"), sum=pl.col("monthly") * months_paid(day))
        .filter(pl.col("person_id").is_not_null())
        .group_by("person_id").agg(pl.col("sum").sum().alias("income:social_aid"))
    )  # fmt: skip


def assets(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """What those who live here own, hidden or not."""
    return (
        world["owned"].lazy().filter(on(day))
        .join(members.select("person_id", "household_id"), on=["person_id", "household_id"], how="semi", maintain_order="left")
        .select(
            "household_id", "person_id", "kind", yuan(pl.col("value")).alias("value"),
            (pl.col("area").cast(AREA) * pl.lit(_HUNDREDTH)).cast(AREA).alias("area"), "purpose",
        )
    )  # fmt: skip


def expenses(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """What households paid in the year up to the day, also for members who have died."""
    spent = world["expenses"].lazy().select("household_id", "person_id", "kind", "amount", "paid_on")
    of_person = pl.concat([_medical(world), _school_fees(world, day)]).join(
        world["memberships"].lazy().select("person_id", "household_id").unique("person_id", keep="last", maintain_order=True),
        on="person_id", how="inner", maintain_order="left",
    )  # fmt: skip
    year = (pl.col("paid_on") <= day) & (pl.col("paid_on") > pl.lit(day).dt.offset_by("-1y"))
    everything = pl.concat([spent, of_person.select(spent.collect_schema().names())]).filter(year)
    here = members.select("household_id", "person_id", is_member=pl.lit(True))
    homes = members.select("household_id").unique()
    died = world["persons"].lazy().filter(pl.col("died_on") <= day).select("person_id", dead=pl.lit(True))
    whose = pl.col("person_id").is_null() | pl.col("is_member") | pl.col("dead")
    return (
        everything.join(homes, on="household_id", how="semi", maintain_order="left")
        .join(here, on=["household_id", "person_id"], how="left", maintain_order="left")
        .join(died, on="person_id", how="left", maintain_order="left")
        .filter(whose.fill_null(False))
        .select(
            "household_id",
            pl.when(pl.col("is_member")).then("person_id").alias("person_id"),
            "kind", yuan(pl.col("amount")).alias("amount"), "paid_on",
        )
    )  # fmt: skip


def _medical(world: World) -> pl.LazyFrame:
    own = world["bills"].lazy().filter(pl.col("own") > 0)
    return own.select(
        "person_id", pl.lit("medical").alias("kind"), pl.col("own").alias("amount"), paid_on="settled_on"
    )


def _school_fees(world: World, day: date) -> pl.LazyFrame:
    """Fees of a year, paid on 1 September by those who study then."""
    year = day.year if (day.month, day.day) >= (_SCHOOL_FEES_MONTH, 1) else day.year - 1
    term = date(year, _SCHOOL_FEES_MONTH, 1)
    studying = world["studies"].lazy().filter(on(term) & (pl.col("fees") > 0))
    return studying.select(
        "person_id",
        pl.lit("education").alias("kind"),
        pl.col("fees").alias("amount"),
        pl.lit(term).alias("paid_on"),
    )


def holdings(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """What is received on the day, since the day it was first granted."""
    granted = world["holdings"].lazy().group_by("holding_id").agg(granted=pl.col("since").min())
    return (
        world["holdings"].lazy().filter(on(day))
        .join(members.select("household_id").unique(), on="household_id", how="semi", maintain_order="left")
        .join(granted, on="holding_id", how="left", maintain_order="left")
        .select("household_id", "person_id", "programme", yuan(pl.col("monthly")).alias("monthly"), since="granted")
    )  # fmt: skip
