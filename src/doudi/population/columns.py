"""Tables as dataclasses of arrays of one length: joined, and rows taken from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from doudi.population.draw import Ints

Table = TypeVar("Table")


def joined(parts: Sequence[Table]) -> Table:
    """One table of the rows of all parts, in their order."""
    return _built(parts[0], lambda name: np.concatenate([getattr(part, name) for part in parts]))


def taken(table: Table, rows: Ints) -> Table:
    """The table with these rows, in this order."""
    return _built(table, lambda name: getattr(table, name)[rows])


def _built(like: Table, column: Any) -> Table:
    names = [field.name for field in fields(like)]  # type: ignore[arg-type]
    return type(like)(*(column(name) for name in names))
