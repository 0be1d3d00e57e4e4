"""Settling a parameter at a place and a day: the most specific level that says something wins, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from doudi.rules.parameters.model import (
    Cell,
    CellKey,
    DatedValue,
    FloorFault,
    ParameterDefinition,
)

Cells = dict[CellKey, Cell]
Layers = Sequence[Sequence[DatedValue]]
"""The dated values of one parameter, from the national level to the most specific one."""


def settle(definition: ParameterDefinition, layers: Layers, day: int) -> Cells:
    """The cells of a parameter on ``day``. An explicit null of a specific level hides the levels above it."""
    cells: Cells = {key: Cell() for key in definition.cell_keys}
    for values in layers:
        for entry in values:
            if entry.source.covers(day):
                for key, value in entry.values.items():
                    cells[key] = Cell(value, entry.elastic.get(key), entry.source)
    take_cells(definition, cells)
    return cells


def take_cells(definition: ParameterDefinition, cells: Cells) -> None:
    """Fill the cells that no level mentions from those named by ``cells_from``, in place."""
    for key, other in definition.cells_from:
        if cells[key].source is None or cells[key].taken_from is not None:
            cells[key] = replace(cells[other], taken_from=other)


def apply_floors(
    definitions: Mapping[str, ParameterDefinition], cells: dict[str, Cells], day: int, names: Iterable[str]
) -> list[FloorFault]:
    """Lift values below their floor to it, in place, and tell which; the lower end of an elastic range is lifted too."""
    faults: list[FloorFault] = []
    for name in names:
        definition = definitions[name]
        floor = definition.floor
        if floor is None or day < floor.start:
            continue
        for key, given in cells[name].items():
            least = cells[floor.parameter][key]
            if given.value is None or least.value is None:
                continue
            if given.value < least.value:
                cells[name][key] = least
                faults.append(FloorFault(definition, floor, key, given, least))
            elif given.elastic is not None and given.elastic[0] < least.value:
                cells[name][key] = replace(given, elastic=(least.value, given.elastic[1]))
    return faults
