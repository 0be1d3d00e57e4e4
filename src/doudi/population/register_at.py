"""The register that a world gives for a day: the six tables of the vocabulary of facts, true and complete."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.population.register_money import assets, expenses, holdings, incomes, yuan
from doudi.population.world import World, on

_ALWAYS = 1_200
_URGENT_DAYS = 90
_JOINED = ("move_in", "marriage")
_WORKING_AGE = (16, 60)


def register_at(world: World, day: date) -> dict[str, pl.DataFrame]:
    """The tables of a register at the end of ``day``, with incomes and expenses of the 12 months before it.

    Income is that of the twelve whole months that have ended by ``day``; expenses are those paid in the year up to it.
    Everything is known: what the world does not tell is what the vocabulary takes it to be. Bills and expenses from before
    the history are not in it, so that they are complete from a year after its first day. Raises ``ValueError`` for a day
    outside the history.
    """
    if not world.begins <= day <= world.ends:
        raise ValueError(f"the history goes from {world.begins} to {world.ends}; {day} is not in it")
    members = _members(world, day).collect()
    tables = {
        "persons": _persons(world, day, members.lazy()),
        "households": _households(world, day, members.lazy()),
        "supporters": _supporters(world, members.lazy()),
        "assets": assets(world, day, members.lazy()),
        "expenses": expenses(world, day, members.lazy()),
        "holdings": holdings(world, day, members.lazy()),
    }
    return dict(zip(tables, pl.collect_all(tables.values()), strict=True))


def _members(world: World, day: date) -> pl.LazyFrame:
    """Who lives where, and since when with the others, empty where they always did."""
    together = pl.col("since") > pl.col("since").min().over("household_id")
    came_later = pl.col("began").is_in(_JOINED) & (
        together | (pl.col("since").null_count() > 0).over("household_id")
    )
    return (
        world["memberships"].lazy().filter(on(day))
        .with_columns(since=pl.when(came_later).then("since")).select(pl.exclude("until", "began", "ended"))
    )  # fmt: skip


def _persons(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """Everyone who lives in the county on the day."""
    joined = members.join(world["persons"].lazy(), on="person_id", how="left", maintain_order="left")
    for spells in (_marital(world, day), _study(world, day), _disability(world, day), _illness(world, day),
                   _absence(world, day), _working(world, day), _scheme(world, day), _tekun(world, day),
                   world["abilities"].lazy(), incomes(world, day, members)):  # fmt: skip
        joined = joined.join(spells, on="person_id", how="left", maintain_order="left")
    return joined.with_columns(_age=_age(day)).select(
        *_identity(), *_condition(), *_membership(day), *_work(), *_care(), *_sums()
    )


def _age(day: date) -> pl.Expr:
    born = pl.col("born")
    before = (born.dt.month() * 100 + born.dt.day()).cast(pl.Int32) > day.month * 100 + day.day
    return day.year - born.dt.year().cast(pl.Int32) - before.cast(pl.Int32)


def _marital(world: World, day: date) -> pl.LazyFrame:
    return world["marriages"].lazy().filter(on(day)).select("person_id", "marital")


def _study(world: World, day: date) -> pl.LazyFrame:
    return world["studies"].lazy().filter(on(day)).select("person_id", "study", "full_time")


def _disability(world: World, day: date) -> pl.LazyFrame:
    return world["disabilities"].lazy().filter(on(day)).select(
        "person_id", "disability", disability_grade="grade", gravest_component="component",
        gravest_component_grade="component_grade",
    )  # fmt: skip


def _illness(world: World, day: date) -> pl.LazyFrame:
    return world["illnesses"].lazy().filter(on(day)).select("person_id", "illness")


def _absence(world: World, day: date) -> pl.LazyFrame:
    return (
        world["absences"].lazy().filter(on(day))
        .select("person_id", "absence", absence_months=_months_between("since", day))
    )  # fmt: skip


def _months_between(column: str, day: date) -> pl.Expr:
    """Whole months from a day to ``day``."""
    since = pl.col(column)
    months = (day.year - since.dt.year().cast(pl.Int64)) * 12 + day.month - since.dt.month().cast(pl.Int64)
    return months - (since.dt.day().cast(pl.Int64) > day.day).cast(pl.Int64)


def _working(world: World, day: date) -> pl.LazyFrame:
    jobs = world["jobs"].lazy().filter(on(day))
    return jobs.group_by("person_id").agg(works=pl.lit(True), started_work_on=pl.col("since").max())


def _scheme(world: World, day: date) -> pl.LazyFrame:
    allowance = world["receipts"].lazy().filter(on(day) & (pl.col("fact") == "child_allowance"))
    return allowance.select("person_id", other_scheme="kind").unique(
        "person_id", keep="first", maintain_order=True
    )


def _tekun(world: World, day: date) -> pl.LazyFrame:
    held = world["holdings"].lazy().filter(on(day) & (pl.col("programme") == "tekun"))
    return held.group_by("person_id").agg(already_tekun=pl.lit(True), tekun_since=pl.col("since").min())


def _identity() -> list[pl.Expr]:
    return [
        pl.col(name) for name in ("person_id", "household_id", "name", "relation", "born", "sex", "marital")
    ]


def _condition() -> list[pl.Expr]:
    codes = [
        pl.col(name).fill_null("none")
        for name in ("study", "disability", "gravest_component", "illness", "absence")
    ]
    counts = [
        pl.col(name).fill_null(0).cast(pl.Int64)
        for name in ("disability_grade", "gravest_component_grade", "absence_months")
    ]
    return [*codes, *counts, pl.col("full_time").fill_null(True)]


def _membership(day: date) -> list[pl.Expr]:
    clergy = (pl.col("absence") == "clergy").fill_null(False)
    dependent = (pl.col("relation") == "child") & (pl.col("_age") >= 18) & ~pl.col("can_work")
    dependent &= (pl.col("disability_grade") <= 2).fill_null(False)
    return [
        clergy.alias("lives_in_religious_place"),
        pl.when(_studies_away())
        .then(0)
        .otherwise(_months_between("since", day).fill_null(_ALWAYS))
        .alias("coresidence_months"),
        pl.lit(True).alias("duty_of_support"),
        dependent.alias("cannot_live_independently"),
        pl.col("shares_means"),
    ]


def _studies_away() -> pl.Expr:
    """Postgraduates live at their university; of other students it does not matter where they live."""
    return (pl.col("study") == "postgraduate").fill_null(False)


def _work() -> list[pl.Expr]:
    works = pl.col("works").fill_null(False)
    of_age = pl.col("_age").is_between(*_WORKING_AGE, closed="left")
    idle = ~works & pl.col("study").is_null() & pl.col("absence").is_null()
    return [
        pl.col("can_work"),
        works.alias("works"),
        pl.col("started_work_on"),
        (of_age & pl.col("can_work") & idle).alias("jobless"),
        pl.lit(0, pl.Int64).alias("job_refusals"),
    ]


def _care() -> list[pl.Expr]:
    abilities = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")
    return [
        pl.col("other_scheme").fill_null("none"),
        pl.lit(False).alias("special_hardship"),
        pl.col("no_civil_capacity"),
        *(pl.col(name) for name in abilities),
        pl.col("already_tekun").fill_null(False),
        (pl.col("tekun_since") < pl.col("born").dt.offset_by("18y")).fill_null(False).alias("tekun_as_minor"),
        pl.lit("none").alias("land_tie"),
        pl.lit(False).alias("support_waived"),
    ]


def _sums() -> list[pl.Expr]:
    none = yuan(pl.lit(0, pl.Int64))
    return [
        none.alias("family_support_income"),
        yuan(pl.col("^income:.*$").fill_null(0)).name.map(lambda name: name.removeprefix("income:")),
        none.alias("imputed_income"),
        pl.lit(False).alias("imputed_reason"),
    ]


def _households(world: World, day: date, members: pl.LazyFrame) -> pl.LazyFrame:
    """Every household in which someone lives on the day."""
    living = members.group_by("household_id").agg(has_residence_registration=pl.col("on_booklet").any())
    held = world["holdings"].lazy()
    began = (
        held.filter(pl.col("since") <= day)
        .group_by("household_id")
        .agg(applied_on=pl.col("since").min().dt.offset_by("-1mo"))
    )
    now = held.filter(on(day))
    banded = now.filter(pl.col("programme") == "dibao").select("household_id", dibao_class="band")
    low = now.filter(pl.col("programme") == "low_margin").select(
        "household_id", low_margin_recognised=pl.lit(True)
    )
    marks = world["monitored"].lazy().filter(on(day)).select("household_id", monitored_mark="monitored")
    recent = (pl.col("day") <= day) & (pl.col("day") > pl.lit(day).dt.offset_by(f"-{_URGENT_DAYS}d"))
    events = (
        world["incidents"].lazy().filter(recent)
        .group_by("household_id").agg(urgent_event=pl.col("kind").sort_by("day").last())
    )  # fmt: skip
    joined = world["households"].lazy().join(living, on="household_id", how="inner", maintain_order="left")
    for facts in (
        began,
        banded.unique("household_id", maintain_order=True),
        low.unique("household_id"),
        marks,
        events,
    ):
        joined = joined.join(facts, on="household_id", how="left", maintain_order="left")
    return joined.select(
        "household_id", "village", "area", "applied_on", "safe_housing", "safe_water",
        *(pl.lit(True).alias(name) for name in ("assets_stated", "expenses_stated", "supporters_stated")),
        pl.col("dibao_class").fill_null("none"), pl.col("monitored_mark").fill_null("none"),
        pl.col("urgent_event").fill_null("none"), pl.col("applied_on").is_not_null().alias("ever_applied"),
        pl.lit(False).alias("needs_unmet"), "has_residence_registration", pl.col("low_margin_recognised").fill_null(False),
        pl.lit(None, pl.Date).alias("grace_from"), pl.lit(True).alias("household_means_shared"),
        pl.lit(False).alias("local_hardship"),
    )  # fmt: skip


def _supporters(world: World, members: pl.LazyFrame) -> pl.LazyFrame:
    """Those who must support somebody who lives here."""
    money = ("family_income", "own_income", "agreed_fee")
    return (
        world["supporters"].lazy().join(members.select("person_id"), on="person_id", how="semi", maintain_order="left")
        .with_columns(yuan(pl.col(name)).alias(name) for name in money)
    )  # fmt: skip
