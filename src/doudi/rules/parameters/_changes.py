"""What is unset somewhere, and what differs between two places or days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from doudi.rules.parameters._days import shift
from doudi.rules.parameters._settle import Cells, Layers
from doudi.rules.parameters.model import Cell, CellKey, ParameterDefinition, Source
from doudi.rules.parameters.resolved import Resolved


@dataclass(frozen=True, slots=True)
class Gap:
    """A parameter without a value, or the ``codes`` of its table that have none (empty for a single value).

    ``since`` is the first day without a value, None when there never was one; ``last`` is the last known value
    in engine units and ``last_source`` where it stood. ``source`` says so explicitly (a null), if any does.
    """

    definition: ParameterDefinition
    codes: tuple[str, ...]
    since: int | None
    last: int | None
    last_source: Source | None
    source: Source | None

    @property
    def name(self) -> str:
        """The parameter."""
        return self.definition.name


@dataclass(frozen=True, slots=True)
class Change:
    """A value that differs: engine values, elastic ranges and sources on both sides. ``code`` None: a single value."""

    definition: ParameterDefinition
    code: str | None
    before: Cell
    after: Cell

    @property
    def name(self) -> str:
        """The parameter."""
        return self.definition.name


def find_gaps(definition: ParameterDefinition, cells: Cells, layers: Layers, day: int) -> list[Gap]:
    """The gaps of one parameter; codes with the same history stand together."""
    groups: dict[tuple[Source | None, int | None, int | None, Source | None], list[str]] = {}
    for key, cell in cells.items():
        if cell.value is None:
            since, last, last_source = _history(key, cell, layers, day)
            codes = groups.setdefault((cell.source, since, last, last_source), [])
            codes.extend(code for code in [definition.code(key)] if code is not None)
    return [
        Gap(definition, tuple(codes), since, last, last_source, source)
        for (source, since, last, last_source), codes in groups.items()
    ]


def _history(
    key: CellKey, cell: Cell, layers: Layers, day: int
) -> tuple[int | None, int | None, Source | None]:
    keys = (key,) if cell.taken_from is None else (key, cell.taken_from)
    earlier = [
        (entry.source, value)
        for values in layers
        for entry in values
        for value in map(entry.values.get, keys)
        if entry.source.start <= day and value is not None
    ]
    if not earlier:
        return (cell.source.start if cell.source is not None else None), None, None
    source, last = max(earlier, key=lambda pair: pair[0].start)
    if cell.source is not None:
        return cell.source.start, last, source
    return (None if source.until is None else shift(source.until, 1)), last, source


def find_changes(before: Resolved, after: Resolved) -> list[Change]:
    """The cells whose value or elastic range differs, by name and code."""
    definitions: Mapping[str, ParameterDefinition] = before.definitions
    return [
        Change(definitions[name], definitions[name].code(key), cell, after.cells[name][key])
        for name in sorted(definitions)
        for key, cell in before.cells[name].items()
        if (cell.value, cell.elastic) != (after.cells[name][key].value, after.cells[name][key].elastic)
    ]
