"""All parameters settled for one region and one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from doudi.rules.documents import Documents
from doudi.rules.errors import LawError, ParameterError, Problem, Problems, nearest
from doudi.rules.parameters._frozen import freeze, thaw
from doudi.rules.parameters._settle import Cells, apply_floors, take_cells
from doudi.rules.parameters.model import (
    SET,
    Cell,
    CellKey,
    ElasticValue,
    FloorFault,
    ParameterDefinition,
    Range,
    Region,
    Source,
    Value,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The parameters in force on ``day`` (yyyymmdd) in ``region``; ``chain`` runs from the nation to the region.

    ``faults`` are local values that lie below a floor of the law: the floor has been applied instead.
    """

    region: Region
    chain: tuple[Region, ...]
    day: int
    definitions: Mapping[str, ParameterDefinition]
    cells: Mapping[str, Cells]
    faults: tuple[FloorFault, ...] = ()

    def value(self, name: str) -> Value:
        """The engine value; for a table a value for each code of its set. None is unset.

        Raises:
            LawError: no such parameter.
        """
        cells = self._cells(name)
        if self.definitions[name].by is None:
            return cells[None].value
        return {key: cell.value for key, cell in cells.items() if key is not None}

    def at(self, name: str, code: int | str | None = None) -> int | None:
        """One engine value: of a single value without ``code``, of a table for a code (text or engine value)."""
        return self._cell(name, code).value

    def source(self, name: str, code: int | str | None = None) -> Source | None:
        """Where a value comes from (an unset one too, when a level says so); None where no level says anything.

        Of a table without ``code``: the source of its most specific level.
        """
        if code is not None or self.definition(name).by is None:
            return self._cell(name, code).source
        sources = [cell.source for cell in self._cells(name).values() if cell.source is not None]
        return max(sources, key=self._depth, default=None)

    def elastic(self, name: str, code: int | str | None = None) -> Range | None:
        """The bounds of a value that may be chosen locally, or None. A table needs a code."""
        return self._cell(name, code).elastic

    def elastic_values(self) -> tuple[ElasticValue, ...]:
        """Every value that has an elastic range, by name and code."""
        return tuple(
            ElasticValue(name, self.definitions[name].code(key), cell.value, *cell.elastic)
            for name in sorted(self.cells)
            for key, cell in self.cells[name].items()
            if cell.elastic is not None and cell.value is not None
        )

    def definition(self, name: str) -> ParameterDefinition:
        """The definition of a parameter.

        Raises:
            LawError: no such parameter; the problem names the nearest.
        """
        if name not in self.definitions:
            raise LawError([_unknown(name, self.definitions)])
        return self.definitions[name]

    def format(self, name: str, code: int | str | None = None, lang: str = "zh") -> str:
        """One value with its unit, for the screen."""
        return self.definition(name).format(self._cell(name, code).value, lang)

    def replace(self, values: Mapping[str, str]) -> Resolved:
        """The same with some values given by the user, as text in file units and checked like a file.

        A key is a parameter or a parameter and a code (``dibao.standard.rural``); a table without a code is set
        for every code; ``null`` unsets. A cell taken from another one changes with it.

        Raises:
            ParameterError: every unknown name, unknown code and bad value.
        """
        problems = Problems()
        cells = {name: dict(found) for name, found in self.cells.items()}
        for fault in self.faults:
            cells[fault.name][fault.key] = fault.given
        for path, text in values.items():
            try:
                definition, keys = self._find(path)
                value = None if text == "null" else definition.parse(text)
            except LawError as error:
                problems.extend(replace(problem, column=path) for problem in error.problems)
                continue
            source = Source(SET, "", None, definition.reference, "", False, f"{path}={text}", self.day)
            cells[definition.name].update({key: Cell(value, None, source) for key in keys})
            take_cells(definition, cells[definition.name])
        problems.raise_as(ParameterError)
        faults = apply_floors(self.definitions, cells, self.day, sorted(cells))
        return replace(self, cells=cells, faults=tuple(faults))

    def canonical(self, sources: bool = True) -> dict[str, Any]:
        """Plain data in sorted order for hashing and freezing; codes and choices as text, no lines, no machine paths.

        Without ``sources`` only what a computation can depend on: region, day, values, elastic ranges.
        """
        return freeze(self.chain, self.day, self.definitions, self.cells, self.faults, sources)

    @classmethod
    def from_canonical(
        cls, data: Mapping[str, Any], definitions: Mapping[str, ParameterDefinition], documents: Documents
    ) -> Resolved:
        """Restore what ``canonical()`` wrote.

        Raises:
            ReplayError: parameters, codes or documents that are no longer known, or data of another form.
        """
        chain, day, cells, faults = thaw(data, definitions, documents)
        return cls(chain[-1], chain, day, definitions, cells, faults)

    def _cells(self, name: str) -> Cells:
        self.definition(name)
        return self.cells[name]

    def _cell(self, name: str, code: int | str | None) -> Cell:
        return self._cells(name)[self.definitions[name].key(code)]

    def _depth(self, source: Source) -> int:
        order = [*(region.code for region in self.chain), SET]
        return order.index(source.level)

    def _find(self, path: str) -> tuple[ParameterDefinition, tuple[CellKey, ...]]:
        if path in self.definitions:
            return self.definitions[path], self.definitions[path].cell_keys
        name, _, code = path.rpartition(".")
        definition = self.definitions.get(name)
        if definition is None or definition.by is None:
            raise LawError([_unknown(path, self.definitions)])
        return definition, (definition.by.index(code),)


def _unknown(name: str, definitions: Mapping[str, ParameterDefinition]) -> Problem:
    near = nearest(name, definitions)
    return Problem(
        "parameter.unknown",
        "没有这个参数",
        "no such parameter",
        f"相近的：{near}" if near else "见 doudi law docs",
        f"did you mean {near}" if near else "see doudi law docs",
        value=name,
    )
