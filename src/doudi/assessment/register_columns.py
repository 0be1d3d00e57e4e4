"""A register as the NumPy kernel takes it: the same facts, and the same doubts, that one household alone would bring."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.determination import STATED
from doudi.assessment.statute import OWNED, Statute
from doudi.facts.register import Register
from doudi.rules.columns import Columns, Indices

Mask = NDArray[np.bool_]
DECLARED_BY_SUPPORTERS = ("supporter_family_income", "supporter_own_income")


def columns_of(register: Register, statute: Statute) -> Columns:
    """All facts of all accepted households, prepared like :func:`doudi.assessment.determination.prepared` does for one.

    Marks what has an owner, takes what was not declared as unknown, and veils the declared income of supporters who
    refuse the check where the place leaves their fee open.
    """
    found = register.columns()
    values, unknown = dict(found.values), dict(found.unknown)
    for entity in OWNED:
        values[f"{entity}_has_owner"] = found.links[entity, "owner"] >= 0
    for name in STATED:
        _doubt(unknown, name, ~values[name].astype(np.bool_))
    if leaves_refusal_open(statute):
        refused = ~values["supporter_consents"].astype(np.bool_)
        if "supporter_consents" in unknown:
            refused &= ~unknown["supporter_consents"]
        for name in DECLARED_BY_SUPPORTERS:
            _doubt(unknown, name, refused)
    return replace(found, values=values, unknown=unknown)


def leaves_refusal_open(statute: Statute) -> bool:
    """Whether the fee of a supporter who refuses the check is undetermined there (law art. 41)."""
    codes = statute.graph.schema.parameters["support_fee.without_consent"].kind.codes
    assert codes is not None
    return bool(statute.values["support_fee.without_consent"] == codes.index("undetermined"))


def _doubt(unknown: dict[str, Mask], name: str, more: Mask) -> None:
    mask = more | unknown[name] if name in unknown else more
    if mask.any():
        unknown[name] = mask


def only(columns: Columns, facts: Collection[str]) -> Columns:
    """The same rows with these facts alone."""
    values = {name: column for name, column in columns.values.items() if name in facts}
    unknown = {name: mask for name, mask in columns.unknown.items() if name in facts}
    return replace(columns, values=values, unknown=unknown)


def household_of(columns: Columns, entity: str) -> Indices:
    """The household of each row of an entity."""
    if entity == "household":
        return np.arange(columns.counts["household"])
    parent = columns.parents[entity]
    return columns.parents["person"][parent] if entity == "supporter" else parent


def part(columns: Columns, households: Mask, entity_of: dict[str, str]) -> tuple[Columns, dict[str, Indices]]:
    """The chosen households with all that belongs to them, renumbered, and the rows that were taken of each entity.

    ``entity_of`` names the entity of each fact. Facts known for all chosen rows leave no mask.
    """
    rows = {entity: np.flatnonzero(households[household_of(columns, entity)]) for entity in columns.counts}
    place = {entity: _places(rows[entity], columns.counts[entity]) for entity in ("household", "person")}
    above = {entity: "person" if entity == "supporter" else "household" for entity in columns.parents}
    unknown = {name: mask[rows[entity_of[name]]] for name, mask in columns.unknown.items()}
    taken = Columns(
        counts={entity: len(found) for entity, found in rows.items()},
        values={name: column.take(rows[entity_of[name]]) for name, column in columns.values.items()},
        parents={name: place[above[name]][parent[rows[name]]] for name, parent in columns.parents.items()},
        unknown={name: mask for name, mask in unknown.items() if mask.any()},
        links={key: _led(link[rows[key[0]]], place["person"]) for key, link in columns.links.items()},
    )
    return taken, rows


def _places(rows: Indices, size: int) -> Indices:
    places = np.full(size, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return places


def _led(link: Indices, places: Indices) -> Indices:
    return np.where(link >= 0, places[link], -1) if len(places) else link
