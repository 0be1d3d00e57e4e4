"""What the columns of a whole table mean once those it does not have are filled in, for all rows at once.

The same rules as :func:`doudi.facts.household.complete`, which the tests hold equal to these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.vocabulary import EntityFacts, Fact

Array = NDArray[Any]
Mask = NDArray[np.bool_]
_TAKING = Lock()
_FEW = 0.05


@dataclass(slots=True)
class Filled:
    """Values by engine name (money, counts, areas and dates int64, codes int8, flags bool) and, only where something
    is not known, which rows are not. Masked values lie within the fact's range."""

    values: dict[str, Array] = field(default_factory=dict)
    unknown: dict[str, Mask] = field(default_factory=dict)


def fill(
    entity: EntityFacts,
    frame: pl.DataFrame,
    columns: Collection[str],
    stated: Mapping[str, int | None],
    on: int,
    threads: ThreadPoolExecutor,
) -> Filled:
    """Every fact of the entity for each row of ``frame``, which has the facts of ``columns`` under engine names.

    The facts are taken out of ``frame`` one by one, so that the memory of one serves for the next.
    ``stated`` gives facts that are the same for all rows; ``on`` is the day of evaluation, ``yyyymmdd``.
    """
    filled = Filled()
    groups = {entity.facts[column].group for column in columns}
    given = [fact for fact in entity.engine_facts() if fact.column in columns]
    list(threads.map(lambda fact: _given(filled, fact, frame), given))
    for fact in entity.engine_facts():
        if fact.column in columns:
            continue
        if fact.column in stated:
            _constant(filled, fact, frame.height, stated[fact.column])
        elif fact.group is not None:
            unknown = (
                None if fact.group in groups else ~_children(filled, entity.groups[fact.group].child_age, on)
            )
            _constant(filled, fact, frame.height, 0, unknown)
        elif fact.companion is not None:
            _constant(filled, fact, frame.height, fact.default, _called_for(filled, fact))
        else:
            _constant(filled, fact, frame.height, fact.default if fact.absent == "none" else None)
    return filled


def _given(filled: Filled, fact: Fact, frame: pl.DataFrame) -> None:
    with _TAKING:
        series = frame.drop_in_place(fact.name)
    if series.null_count():
        filled.unknown[fact.name] = _nulls(series)
        series = series.fill_null(fact.filler)
    array: Array = series.to_numpy()
    filled.values[fact.name] = array.view(np.bool_) if fact.kind == "flag" else array


def _nulls(series: pl.Series) -> Mask:
    """Where the series has nulls: a few are marked one by one."""
    nulls = series.is_null()
    if series.null_count() > _FEW * len(series):
        return nulls.to_numpy()
    mask = np.zeros(len(series), dtype=np.bool_)
    mask[nulls.arg_true().to_numpy()] = True
    return mask


def _constant(
    filled: Filled, fact: Fact, height: int, value: int | None, unknown: Mask | None = None
) -> None:
    kind = {"flag": np.bool_, "code": np.int8}.get(fact.kind, np.int64)
    if value is None:
        unknown = np.ones(height, dtype=np.bool_)
    same: Array = np.broadcast_to(np.array(fact.filler if value is None else value, dtype=kind), height)
    filled.values[fact.name] = same
    if unknown is not None and unknown.any():
        filled.unknown[fact.name] = unknown
        filled.values[fact.name] = np.where(unknown, np.array(fact.filler, dtype=kind), same)


def _children(filled: Filled, age: int, on: int) -> Mask:
    """Rows known to be younger than ``age`` on the day ``on``."""
    children: Mask = filled.values["born"] + age * 10_000 > on
    return children & ~filled.unknown["born"] if "born" in filled.unknown else children


def _called_for(filled: Filled, fact: Fact) -> Mask:
    assert fact.companion is not None
    name = fact.companion.fact
    wanted: Mask = np.isin(filled.values[name], list(fact.companion.codes))
    return wanted | filled.unknown[name] if name in filled.unknown else wanted
