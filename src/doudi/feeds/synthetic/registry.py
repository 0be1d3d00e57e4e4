"""What civil affairs holds itself: the people of the last survey, and what households in its care have declared.

Both are as old as they are in life: the newborn of the last months are missing, some who died or left are still there,
and what a household declared is what was true on the day of its declaration, less what it hides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from doudi.feeds.synthetic.civil_affairs import PAID_WRONGLY, aid_roll
from doudi.feeds.synthetic.county import County, months_before, require_day, within
from doudi.population import World, register_at
from doudi.population.made_up import MADE_UP

SURVEY_AGE = timedelta(days=150)
"""How long before the day the population was last surveyed."""
REVIEWS = (11, 8, 5, 2)
"""Months before the day on which households declare anew; each does so at one of them."""
REFUSED = 0.01
"""The share of households that applied in vain, of those which never received anything and are not silent."""


def write_registry(world: World, folder: Path, on: date, seed: int = 2026) -> list[Path]:
    """Write ``identities.parquet``, ``households.parquet`` and ``declared/`` as civil affairs holds them on a day.

    ``identities``: person_id, household_id, relation, id_number, name, sex, born, village, since, until (of the spell in
    the household as civil affairs knows it; nobody's has ended), of those surveyed and of those paid. ``households``:
    household_id, area, village, address. ``declared``: the register tables of ``docs/facts.md`` for households that hold
    aid or applied, with ``declared_on`` in ``households``; its ``holdings`` are what is paid on the day, to the dead and
    to those who left as well.

    Raises:
        FeedError: the day lies outside the history, or so early in it that no survey came before.
    """
    survey = on - SURVEY_AGE
    require_day(world, on, world.begins + SURVEY_AGE)
    county = County(world, on, on, seed)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"identities": _identities(county, survey, on), "households": county.homes.drop("booklet")}
    tables |= {f"declared/{name}": table for name, table in declared(county, on).items()}
    paths = []
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        path.parent.mkdir(exist_ok=True)
        table.write_parquet(path, metadata=MADE_UP)
        paths.append(path)
    return paths


def _identities(county: County, survey: date, on: date) -> pl.DataFrame:
    """The standing population: who lived where on the day of the survey, and those for whom aid is paid."""
    spells = county.world["memberships"].sort("person_id", "since", nulls_last=False)
    on_roll = aid_roll(county, on).select("household_id", "person_id")
    paid = spells.join(on_roll, on=["household_id", "person_id"], how="semi", maintain_order="left")
    surveyed = spells.filter(within(survey))
    found = pl.concat([surveyed, paid.join(surveyed, on="person_id", how="anti", maintain_order="left")])
    found = found.unique("person_id", keep="last", maintain_order=True).sort("household_id", "person_id")
    people = county.persons.select("person_id", "id_number", "name", "sex", "born")
    rows = found.join(people, on="person_id", how="left", maintain_order="left")
    rows = rows.join(county.homes, on="household_id", how="left", maintain_order="left")
    return rows.select(
        "person_id", "household_id", "relation", "id_number", "name", "sex", "born", "village", "since",
        until=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip


def declared(county: County, on: date) -> Mapping[str, pl.DataFrame]:
    """The register tables of the households in the care of civil affairs, each as it declared itself."""
    days = _declared_on(county, on)
    told = _told(county.world, days)
    parts = {name: [table] for name, table in _of_homes(register_at(told, on), days.clear()).items()}
    for (day,), homes in sorted(days.group_by("declared_on")):
        assert isinstance(day, date)
        for name, table in _of_homes(register_at(told, day), homes).items():
            parts[name].append(table)
    tables = {name: _in_order(pl.concat(found)) for name, found in parts.items()}
    return tables | {"holdings": _paid(county.world, on)}


def _in_order(table: pl.DataFrame) -> pl.DataFrame:
    return table.sort("household_id" if "household_id" in table.columns else "person_id", maintain_order=True)


def _of_homes(register: Mapping[str, pl.DataFrame], homes: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rows of these households, in which someone lived on the day."""
    chosen = {
        name: table.join(homes, on="household_id", how="semi", maintain_order="left")
        for name, table in register.items()
        if name not in ("supporters", "holdings")
    }
    supporters = register["supporters"].join(
        chosen["persons"], on="person_id", how="semi", maintain_order="left"
    )
    dated = (
        chosen["households"]
        .join(homes, on="household_id", maintain_order="left")
        .with_columns(ever_applied=pl.lit(True), applied_on=pl.coalesce("applied_on", "declared_on"))
    )
    return chosen | {"households": dated, "supporters": supporters}


def _told(world: World, homes: pl.DataFrame) -> World:
    """What these households tell of the world: nothing of others, nothing of what they hide."""
    persons = world["memberships"].join(homes, on="household_id", how="semi").select("person_id").unique()
    tables = {}
    for name, table in world.tables.items():
        key, whose = ("household_id", homes) if "household_id" in table.columns else ("person_id", persons)
        tables[name] = table.join(whose, on=key, how="semi", maintain_order="left")
    return replace(world, tables=tables | {"owned": tables["owned"].filter(~pl.col("hidden"))})


def _declared_on(county: County, on: date) -> pl.DataFrame:
    """``household_id`` and ``declared_on``: a day of review, or the end of the month of the first aid if that came after all
    of them; in any case before the day on which payment should have ended."""
    world = county.world
    held = world["holdings"].filter(pl.col("since").fill_null(world.begins) <= on)
    aided = world["temporary_aid"].filter(pl.col("granted_on") <= on)
    first = pl.concat([
        held.select("household_id", _first=pl.col("since").fill_null(world.begins)),
        aided.select("household_id", _first="granted_on"), _refused(county).select("household_id", _first=pl.lit(world.begins)),
    ]).group_by("household_id").agg(pl.col("_first").min()).sort("household_id")  # fmt: skip
    reviews = sorted(max(months_before(on, months), world.begins) for months in REVIEWS)
    drawn = pl.Series(reviews).gather(county.stream("review").integers(0, len(reviews), first.height))
    later = pl.lit(None, dtype=pl.Date)
    for review in reversed(reviews):
        later = pl.when(pl.col("_first") <= review).then(pl.lit(review)).otherwise(later)
    soonest = later.fill_null(pl.min_horizontal(pl.col("_first").dt.month_end(), pl.lit(on)))
    wrong = (
        world["planted"]
        .filter(pl.col("kind").is_in(PAID_WRONGLY))
        .group_by("household_id")
        .agg(pl.col("day").min())
    )
    first = first.join(wrong, on="household_id", how="left", maintain_order="left")
    before = pl.max_horizontal(pl.col("day").dt.offset_by("-1mo").dt.month_start(), pl.lit(world.begins))
    last = pl.when(pl.col("day").is_not_null()).then(before)
    return first.select(
        "household_id", declared_on=pl.min_horizontal(pl.max_horizontal(pl.lit(drawn), soonest), last)
    )


def _refused(county: County) -> pl.DataFrame:
    """Households that applied once and received nothing."""
    silent = county.world["planted"].filter(pl.col("kind") == "silent")
    homes = county.homes.join(silent, on="household_id", how="anti").sort("household_id")
    return homes.filter(pl.Series(county.stream("refused").random(homes.height) < REFUSED))


def _paid(world: World, on: date) -> pl.DataFrame:
    """What is paid on the day."""
    begun = pl.col("since").min().over("holding_id")
    rows = world["holdings"].with_columns(begun=begun).filter(within(on)).sort("holding_id")
    yuan = (pl.col("monthly").cast(pl.Decimal(18, 2)) * pl.lit(0.01, dtype=pl.Decimal(18, 2))).cast(
        pl.Decimal(18, 2)
    )
    return rows.select("household_id", "person_id", "programme", monthly=yuan, since="begun")
