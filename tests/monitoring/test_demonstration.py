"""A small synthetic county, from its departments' files to the warnings of a night: noisy data, many unknown facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from bench import watch_county

from doudi.evidence import build
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.ground import ground_of
from doudi.monitoring.night import judge
from doudi.monitoring.one import Homes
from doudi.monitoring.opening import read_night
from doudi.monitoring.prepare import prepare
from doudi.monitoring.proof import county
from doudi.monitoring.proof.events import urgent
from doudi.monitoring.proof.planted import paid_dead, silent
from doudi.monitoring.proof.precision import precision
from doudi.monitoring.proof.watching import Watched
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from doudi.monitoring.warnings import Warnings
from doudi.population import World
from doudi.programmes.reading import EVERYWHERE

PERSONS, BEFORE, TODAY = 600, date(2026, 7, 14), date(2026, 7, 16)
WRITTEN = [
    one
    for one in catalogue().indicators.values()
    if one.rule and not one.family and one.region in (EVERYWHERE, county.REGION)
]
EVERY = 12
"""Of so many households one is looked at alone, and all that are warned of."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    folder = tmp_path_factory.mktemp("county")
    return folder, county.make(folder, PERSONS)[0]


@pytest.fixture(scope="module")
def home(made: tuple[Path, World]) -> Path:
    folder = made[0]
    for day in (BEFORE, TODAY):
        build(folder / "registry", folder / "store", day, folder / day.isoformat(), region=county.REGION)
    return folder


@pytest.fixture(scope="module")
def prepared(home: Path) -> dict[date, Path]:
    return {
        day: prepare(home / day.isoformat(), home / "store", county.REGION, home / "nights" / day.isoformat())
        for day in (BEFORE, TODAY)
    }  # fmt: skip


@pytest.fixture(scope="module")
def pair(prepared: dict[date, Path]) -> tuple[Tables, Tables]:
    return read_night(prepared[BEFORE]), read_night(prepared[TODAY])


@pytest.fixture(scope="module")
def found(pair: tuple[Tables, Tables]) -> Warnings:
    return sweep(pair[1], pair[0])


def test_the_county_says_what_households_say_alone(home: Path, found: Warnings) -> None:
    homes = Homes(
        *(ground_of(home / day.isoformat(), home / "store") for day in (TODAY, BEFORE)), county.REGION
    )
    outputs = {one.rule: homes.watch.variable(one.rule).node for one in WRITTEN}
    warned = found.table.filter(pl.col("indicator").is_in([one.id for one in WRITTEN]))
    ids = homes.today.register.ids["household"]
    chosen = [*ids.gather_every(EVERY), *warned["household_id"].unique().sort().head(6)]
    for household in dict.fromkeys(chosen):
        night = homes.night(household)
        trace = judge(night, homes.watch, outputs).trace
        subjects = {
            "household": [household], "person": night.today.ids["person"], "departed": [row["id"] for row in night.departed],
        }  # fmt: skip
        for one in WRITTEN:
            for place, subject in enumerate(subjects[one.subject]):
                alone = trace.finding(one.rule, None if one.subject == "household" else place).value
                (is_open,) = found.open_among(one.id, pl.Series([subject], dtype=pl.String))
                raised = (
                    warned.filter(pl.col("indicator") == one.id, pl.col("subject_id") == subject).height == 1
                )
                assert (None if alone is None else bool(alone)) == (None if is_open else raised), one.id


def test_copies_of_a_county_are_warned_of_alike(
    prepared: dict[date, Path], found: Warnings, tmp_path: Path
) -> None:
    for day, night in prepared.items():
        watch_county.multiply(night, tmp_path / day.isoformat(), 3)
    before, today = (read_night(tmp_path / day.isoformat()) for day in (BEFORE, TODAY))
    table = sweep(today, before).table
    assert table.height == 3 * found.table.height
    copied = table.with_columns(pl.col("subject_id").str.slice(6), pl.col("household_id").str.slice(6))
    assert copied.unique().sort(pl.all()).equals(found.table.sort(pl.all()))


def test_unknown_is_told_and_never_counted_as_nothing(found: Warnings) -> None:
    summary = found.summary()["indicators"]["missed_dibao"]
    assert summary["open"] > found.looked_at / 2
    assert summary["missing"] == {"due_in_year_dibao": summary["open"]}


def test_what_was_found_is_held_against_what_is_true(
    made: tuple[Path, World], pair: tuple[Tables, Tables], found: Warnings, home: Path, tmp_path: Path
) -> None:
    world = made[1]
    holding = set(found.table.select("household_id", "indicator").iter_rows())
    watched = Watched({BEFORE: sweep(pair[0], None), TODAY: found}, {pair: [TODAY] for pair in holding})
    events = urgent(ground_of(home / TODAY.isoformat(), home / "store"), watched, world["incidents"])
    assert sum(one["happened"] for one in events.values()) > 0
    assert all(one["on_the_night"] + one["later"] <= one["visible"] for one in events.values())
    hidden = silent(watched, world["planted"])
    assert hidden["planted"] == hidden["warned"] + hidden["open"] + hidden["lost"] > 0
    assert paid_dead(watched, world["planted"])["planted"] >= 0
    shares = precision(watched, world, tmp_path)
    warned = dict(found.table.group_by("indicator").len().iter_rows())
    assert shares
    assert all(one["right"] <= one["warnings"] == warned[name] for name, one in shares.items())
