"""A night prepared: what the indicators ask of a county on a day, worked out once from the evidence of that day.

    household.parquet    household_id, village, digest, wakes, and the facts and rules that the indicators ask of households
    person.parquet       household (place), person_id, and what they ask of persons
    <entity>.parquet     parent, owner (places), and what they ask of holdings, assets, expenses, supporters, if anything
    departed.parquet     who has died or left: household, person_id, departed_state, departed_on, departed_born
    rows/<entity>.parquet   the rows of a feed: household, received_on, whom they name, and the fields asked for
    standing.parquet     programmes missed, too little, or beyond what is due
    open.parquet         households for which what is due of a programme is not known, a column for each programme
    night.json           of what it was made; how far the feeds answer; counts; on what unknown values rest

Places are row numbers. Households in which nobody is present any more come last; they are judged by rows and departures alone.
The ``digest`` of a household changes when anything of it that is kept changes; ``wakes`` says whether a day more alone changes what is
found of it (:mod:`doudi.monitoring.waking`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from doudi.assessment.frozen import law_version
from doudi.assessment.register_columns import columns_of
from doudi.assessment.statute import Statute
from doudi.evidence.placing import replacing
from doudi.law import library
from doudi.monitoring.digest import digests
from doudi.monitoring.ground import Ground, ground_of
from doudi.monitoring.held import tellings, with_held
from doudi.monitoring.in_force import law_in_force
from doudi.monitoring.kept import kept_of
from doudi.monitoring.law import Rules, law_of_programmes, rules_of
from doudi.monitoring.opening import ITEMS, NIGHT
from doudi.monitoring.reach import told_until
from doudi.monitoring.rows import entity_of, rows_of_feeds
from doudi.monitoring.standings import dense, opened, standing_rows
from doudi.monitoring.tables import Tables
from doudi.monitoring.waking import wakes
from doudi.programmes.catalogue import catalogue
from doudi.programmes.law import Offer
from doudi.programmes.register import standings_of
from doudi.rules.columns import Columns

_COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 1}


def prepare(evidence: Path, store: Path, region: str, out: Path) -> Path:
    """Prepare the night of a folder of evidence into ``out``; one that is there already, of the same evidence and law, is kept.

    ``store``: where the feeds were landed.

    Raises:
        MonitoringError: the folder holds no evidence.
        FactError, FeedError, RegionError: register, store or region are at fault.
    """
    ground = ground_of(evidence, store)
    rules = rules_of(ground.day)
    statute = law_of_programmes(region, ground.day)
    stamp = _stamp(ground, statute, rules)
    if _stamp_of(out) != stamp:
        with replacing(out) as making:
            _Preparation(ground, statute, rules, making).write(stamp)
    return out


def _stamp(ground: Ground, statute: Statute, rules: Rules) -> dict[str, Any]:
    """What a night is made of: the evidence as it lies there, the law, and what is kept."""
    file = ground.folder / "people.parquet"
    return {
        "evidence": str(ground.folder.resolve()), "built": file.stat().st_mtime_ns, "region": statute.region,
        "day": statute.day.isoformat(), "law": law_version(statute), "asked": sorted({*rules.kept, *rules.asked}),
        "watched_by": law_in_force(statute.region, statute.day),
    }  # fmt: skip


def _stamp_of(out: Path) -> Any:
    try:
        return json.loads((out / NIGHT).read_text("utf-8"))["stamp"]
    except (OSError, ValueError, KeyError):
        return None


def _dense(rules: Rules) -> list[str]:
    """Standings that rules other than those of families ask for."""
    names = {node.attribute for node in rules.night.nodes if node.op == "input"}
    return [name for name in rules.words if name in names and rules.words[name].of in _programmes()]


def _programmes() -> Mapping[str, Any]:
    return catalogue().programmes


@dataclass
class _Preparation:
    ground: Ground
    statute: Statute
    rules: Rules
    making: Path

    def write(self, stamp: Mapping[str, Any]) -> None:
        """Every table, and ``night.json`` last."""
        register, homes = self.ground.register, self.ground.homes
        columns = columns_of(register, self.statute)
        told_of = kept_of(columns, self.statute, self.rules.kept)
        causes = told_of.causes
        tables = {entity: self._placed(entity, table, columns) for entity, table in told_of.tables.items()}
        rows = self._rows()
        departed = self._departed()
        offer = Offer(law_of_programmes(self.statute.region, told_until(self.ground.reach, self.ground.day)))
        found = standings_of(with_held(columns, rows), offer)
        standing, told = standing_rows(found, offer, self.ground.reach)
        words = {name: self.rules.words[name] for name in _dense(self.rules)}
        tables["household"] = tables["household"].with_columns(dense(found, told, words, homes.height))
        tables |= {"departed": departed, "standing": standing, "open": opened(found, told, homes.height)}
        kept = {name: self._asked(name, table) for name, table in rows.items() if name in self.rules.rows}
        page = {
            "stamp": stamp, "day": stamp["day"], "region": stamp["region"],
            "counts": {name: table.height for name, table in tables.items()},
            "rows": {name: table.height for name, table in kept.items()},
            "held_on": offer.statute.day.isoformat(),
            "set_aside": sum(table.height for table in register.set_aside.values()),
            "reach": {name: asdict(one) for name, one in self.ground.reach.items()},
            "programmes": {id: asdict(one) for id, one in told.items()}, "causes": causes,
        }  # fmt: skip
        self._lay_down(_night(page, tables, kept), self.ground.people)

    def _lay_down(self, night: Tables, people: pl.DataFrame) -> None:
        """Write a night, each household with what says when it has to be looked at again."""
        moving = night.household.with_columns(digests(night, people), wakes(night))
        tables = {
            "household": moving, "person": night.person, "departed": night.departed, "standing": night.standing,
            "open": night.opened, **night.items,
        }  # fmt: skip
        for name, table in tables.items():
            table.write_parquet(self.making / f"{name}.parquet", **_COMPRESSION)
        (self.making / "rows").mkdir()
        for name, table in night.rows.items():
            table.write_parquet(self.making / "rows" / f"{name}.parquet", **_COMPRESSION)
        (self.making / NIGHT).write_text(json.dumps(night.page, ensure_ascii=False, indent=1) + "\n", "utf-8")

    def _asked(self, entity: str, table: pl.DataFrame) -> pl.DataFrame:
        """The rows of a feed without what no indicator asks for."""
        kind = rows_of_feeds()[entity]
        asked = self.rules.asked
        dropped = [
            f"{part}_{what}"
            for part in kind.parts
            for what in ("state", "ended_on")
            if f"{entity}_{part}_{what}" not in asked
        ]
        if asked.isdisjoint({f"{entity}_received_on", f"{entity}_is_new"}):
            dropped.append("received_on")
        dropped += [name for name in kind.told if name in table.columns and name not in asked]
        return table.drop(dropped)

    def _placed(self, entity: str, table: pl.DataFrame, columns: Columns) -> pl.DataFrame:
        """A table of kept values with ids and places."""
        if entity == "household":
            return _with_the_gone(table, self.ground.homes)
        parent = pl.Series("parent", columns.parents[entity], pl.Int32)
        if entity == "person":
            ids = self.ground.register.ids["person"].alias("person_id")
            return pl.DataFrame([parent.alias("household"), ids, *table.get_columns()])
        links = [
            pl.Series(link, places, pl.Int32) for (of, link), places in columns.links.items() if of == entity
        ]
        return pl.DataFrame([parent, *links, *table.get_columns()])

    def _rows(self) -> dict[str, pl.DataFrame]:
        """The rows of each feed that indicators or holdings ask for, by entity; feeds that were not read are left out."""
        asked = {entity: dict.fromkeys(fields) for entity, fields in self.rules.rows.items()}
        for one in tellings():
            asked.setdefault(entity_of(one.feed), {}).update(dict.fromkeys(one.fields))
        found = {entity: self.ground.rows(entity, tuple(fields)) for entity, fields in asked.items()}
        return {entity: table for entity, table in found.items() if table is not None}

    def _departed(self) -> pl.DataFrame:
        """Who has died or left."""
        presence = library.indicator_code_sets()["presence"]
        gone = pl.col("state").is_in([presence.index("died"), presence.index("left")])
        people = self.ground.people.filter(gone, pl.col("home").is_not_null()).sort("home", "person_id")
        return people.select(
            household="home",
            person_id="person_id",
            departed_state="state",
            departed_on="ended_on",
            departed_born="born",
        )


def _night(
    page: Mapping[str, Any], tables: Mapping[str, pl.DataFrame], rows: Mapping[str, pl.DataFrame]
) -> Tables:
    items = {name: table for name, table in tables.items() if name in ITEMS}
    return Tables(
        page, tables["household"], tables["person"], tables["departed"], items, rows, tables["standing"], tables["open"]
    )  # fmt: skip


def _with_the_gone(table: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Ids beside the kept values; of households in which nobody is left nothing is kept but zeros."""
    more = homes.height - table.height if table.width else 0
    columns = [
        column.extend_constant(False if column.dtype == pl.Boolean else 0, more) if more else column
        for column in table.get_columns()
    ]
    return pl.DataFrame([*homes.get_columns(), *columns])
