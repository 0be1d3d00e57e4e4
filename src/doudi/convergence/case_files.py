"""A household file for the case of each household that newly qualifies, filled in with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.files import put_text

HEAD = """\
# 由两项政策衔接并轨预填，请入户核实；null 表示不清楚。Filled in from what is known; to be checked at home. null: not known.
# doudi assess {name}
"""
_OWNED = ("asset", "expense", "holding")


class _Dumper(yaml.SafeDumper):
    """Writes amounts as they stand, with their decimals."""


_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")
)


def write_case_files(
    register: Path, households: Iterable[str], folder: Path, region: str, day: date
) -> list[Path]:
    """Write ``<household>.yaml`` into ``folder`` for each household; what an earlier run left there is removed.

    ``register`` is a folder of Parquet tables as :mod:`doudi.evidence` writes it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        path.unlink()
    wanted = sorted(set(households))
    tables = _tables(register, wanted)
    return [_write(tables, id, folder, region, day) for id in wanted]


def is_case_file(path: Path) -> bool:
    """Whether a file was written by an earlier run, by its first line."""
    with path.open("rb") as file:
        return file.readline().decode("utf-8", "replace") == HEAD.partition("\n")[0] + "\n"


def _tables(register: Path, households: list[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The rows of each entity by household."""
    chosen = pl.LazyFrame({"household_id": households}, schema={"household_id": pl.String()})
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    persons = pl.scan_parquet(register / "persons.parquet").select("person_id", "household_id")
    for entity in Vocabulary.load().entities.values():
        path = register / f"{entity.table}.parquet"
        if not path.exists():
            continue
        table = pl.scan_parquet(path)
        if "household_id" not in table.collect_schema():
            table = table.join(persons, on="person_id")
        rows = table.join(chosen, on="household_id", how="semi", maintain_order="left").collect()
        parts = rows.partition_by("household_id", as_dict=True, maintain_order=True)
        found[entity.name] = {str(key[0]): part.to_dicts() for key, part in parts.items()}
    return found


def _write(
    tables: Mapping[str, Mapping[str, list[dict[str, Any]]]], id: str, folder: Path, region: str, day: date
) -> Path:
    entities = Vocabulary.load().entities
    home = tables["household"][id][0]
    data: dict[str, Any] = {"region": region, "date": day}
    data["household"] = {"id": id, **_facts(entities["household"], home)}
    data["persons"] = [_person(entities["person"], row) for row in tables["person"].get(id, [])]
    for name in ("supporter", *_OWNED):
        if name in tables:
            rows = tables[name].get(id, [])
            data[entities[name].table] = [_owned(entities[name], row) for row in rows]
    path = folder / f"{id}.yaml"
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=140)
    put_text(path, HEAD.format(name=path.name) + text)
    return path


def _facts(entity: EntityFacts, row: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a row that are no link, no id and of no group."""
    facts = entity.facts
    return {
        name: value
        for name, value in row.items()
        if name in facts and facts[name].kind not in ("id", "link") and facts[name].group is None
        and not (facts[name].kind == "text" and value is None)
    }  # fmt: skip


def _person(entity: EntityFacts, row: Mapping[str, Any]) -> dict[str, Any]:
    found = {"id": row["person_id"], **_facts(entity, row)}
    for group in entity.groups:
        members = {name: row[name] for name in entity.groups[group].facts if name in row}
        if members:
            unknown = all(value is None for value in members.values())
            found[group] = None if unknown else members
    return found


def _owned(entity: EntityFacts, row: Mapping[str, Any]) -> dict[str, Any]:
    owner = row.get("person_id")
    return {**({} if owner is None else {"person": owner}), **_facts(entity, row)}
