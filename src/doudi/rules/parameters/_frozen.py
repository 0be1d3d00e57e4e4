"""Settled parameters as plain data, and back: what a frozen determination keeps of the law's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doudi.rules.documents import Documents
from doudi.rules.errors import DoudiError, Problem, Problems, ReplayError
from doudi.rules.parameters._days import as_day, iso
from doudi.rules.parameters._settle import Cells
from doudi.rules.parameters.model import (
    SET,
    Cell,
    CellKey,
    Floor,
    FloorFault,
    ParameterDefinition,
    Range,
    Region,
    Source,
)

Thawed = tuple[tuple[Region, ...], int, dict[str, Cells], tuple[FloorFault, ...]]


def freeze(
    chain: tuple[Region, ...],
    day: int,
    definitions: Mapping[str, ParameterDefinition],
    cells: Mapping[str, Cells],
    faults: tuple[FloorFault, ...],
    with_sources: bool,
) -> dict[str, Any]:
    """The settled parameters as plain data. Each source stands once; cells name it by its place in the list."""
    sources = _Sources() if with_sources else None
    data: dict[str, Any] = {
        "region": chain[-1].code,
        "date": iso(day),
        "parameters": {
            name: _freeze_parameter(definitions[name], cells[name], sources) for name in sorted(cells)
        },
    }
    if sources is not None:
        data["chain"] = [
            {"code": region.code, "en": region.en, "level": region.level, "zh": region.zh} for region in chain
        ]
        data["faults"] = [
            {
                "name": fault.name,
                "code": fault.code,
                "floor": fault.floor.parameter,
                "from": iso(fault.floor.start),
                "reference": str(fault.floor.reference),
                "given": _freeze_cell(fault.definition, fault.given, sources),
                "applied": _freeze_cell(fault.definition, fault.applied, sources),
            }
            for fault in faults
        ]
        data["sources"] = sources.found
    return data


def _freeze_parameter(
    definition: ParameterDefinition, cells: Cells, sources: _Sources | None
) -> dict[str, Any]:
    if definition.by is None:
        return _freeze_cell(definition, cells[None], sources)
    codes = {
        str(definition.code(key)): _freeze_cell(definition, cell, sources) for key, cell in cells.items()
    }
    return {"by": definition.by.name, "codes": dict(sorted(codes.items()))}


def _freeze_cell(definition: ParameterDefinition, cell: Cell, sources: _Sources | None) -> dict[str, Any]:
    data: dict[str, Any] = {"value": cell.value}
    if definition.choices is not None and cell.value is not None:
        data["value"] = definition.choices.code(cell.value)
    if cell.elastic is not None:
        data["elastic"] = list(cell.elastic)
    if sources is not None and cell.source is not None:
        data["source"] = sources.place(cell.source)
    if sources is not None and cell.taken_from is not None:
        data["taken_from"] = definition.code(cell.taken_from)
    return data


class _Sources:
    """Sources in the order they are first met; lines are not kept, so sources that differ in nothing else are one."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self._places: dict[Source, int] = {}

    def place(self, source: Source) -> int:
        source = replace(source, line=None)
        if source not in self._places:
            self._places[source] = len(self.found)
            self.found.append(
                {
                    "level": source.level,
                    "file": source.file,
                    "reference": str(source.reference),
                    "url": source.url,
                    "verified": source.verified,
                    "note": source.note,
                    "from": iso(source.start),
                    "until": None if source.until is None else iso(source.until),
                }
            )
        return self._places[source]


def thaw(
    data: Mapping[str, Any], definitions: Mapping[str, ParameterDefinition], documents: Documents
) -> Thawed:
    """The settled parameters from plain data; those that did not exist when it was frozen are unset.

    Raises:
        ReplayError: with everything that is no longer known.
    """
    problems = Problems()
    cells: dict[str, Cells] = {
        name: {key: Cell() for key in definition.cell_keys} for name, definition in definitions.items()
    }
    try:
        sources = [_thaw_source(item, documents, problems) for item in data.get("sources", [])]
        for name, item in data["parameters"].items():
            if name in definitions:
                with problems.gathering():
                    cells[name].update(_thaw_parameter(definitions[name], item, sources, problems))
            else:
                problems.add(_gone(f"参数 {name}", f"parameter {name}"))
        chain = tuple(_thaw_region(item) for item in data["chain"])
        _check_levels(chain, sources)
        faults = tuple(_thaw_fault(item, definitions, documents, sources) for item in data["faults"])
        day = as_day(data["date"])
    except DoudiError as error:
        problems.extend(error.problems)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        problems.add(
            Problem(
                "replay.form",
                "不是本程序冻结的参数",
                "not parameters frozen by this program",
                value=f"{type(error).__name__}: {error}",
            )
        )
    problems.raise_as(ReplayError)
    return chain, day, cells, faults


def _texts(item: Mapping[str, Any], *keys: str) -> list[str]:
    """The texts under some keys; a ValueError when one is none."""
    texts = [item[key] for key in keys]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(", ".join(keys))
    return texts


def _thaw_region(item: Mapping[str, Any]) -> Region:
    code, zh, en, level = _texts(item, "code", "zh", "en", "level")
    return Region(code, zh, en, level)


def _check_levels(chain: tuple[Region, ...], sources: list[Source | None]) -> None:
    """A chain leads from the nation to a region, and each source is one of its levels; a ValueError otherwise."""
    levels = {SET, *(region.code for region in chain)}
    if not chain or any(source is not None and source.level not in levels for source in sources):
        raise ValueError("chain")


def _thaw_source(item: Mapping[str, Any], documents: Documents, problems: Problems) -> Source | None:
    try:
        reference = documents.resolve(item["reference"])
    except DoudiError as error:
        problems.extend(error.problems)
        return None
    level, file, url, note = _texts(item, "level", "file", "url", "note")
    return Source(
        level,
        file,
        None,
        reference,
        url,
        bool(item["verified"]),
        note,
        as_day(item["from"]),
        None if item["until"] is None else as_day(item["until"]),
    )


def _thaw_parameter(
    definition: ParameterDefinition, item: Mapping[str, Any], sources: list[Source | None], problems: Problems
) -> Cells:
    if definition.by is None and "codes" not in item:
        return {None: _thaw_cell(definition, item, sources)}
    if definition.by is None or definition.by.name != item.get("by"):
        problems.add(_gone(f"参数 {definition.name} 的分类", f"the table of {definition.name}"))
        return {}
    found: dict[CellKey, Cell] = {}
    for code, cell in item["codes"].items():
        key = definition.by.find(code)
        if key is None:
            problems.add(_gone(f"代码 {definition.by.name}.{code}", f"code {definition.by.name}.{code}"))
        else:
            found[key] = _thaw_cell(definition, cell, sources)
    return found


def _thaw_cell(
    definition: ParameterDefinition, item: Mapping[str, Any], sources: list[Source | None]
) -> Cell:
    value = item["value"]
    if definition.choices is not None and value is not None:
        value = definition.choices.index(str(value))
    place, code = item.get("source"), item.get("taken_from")
    if place is not None and (type(place) is not int or not 0 <= place < len(sources)):
        raise ValueError(f"{definition.name}: source {place}")
    return Cell(
        _in_range(definition, value),
        _thaw_elastic(definition, item.get("elastic")),
        None if place is None else sources[place],
        None if code is None else definition.key(str(code)),
    )


def _thaw_elastic(definition: ParameterDefinition, elastic: Any) -> Range | None:
    if elastic is None:
        return None
    low, high = (_in_range(definition, end) for end in elastic)
    if low is None or high is None or low > high:
        raise ValueError(f"{definition.name}: {elastic}")
    return low, high


def _in_range(definition: ParameterDefinition, value: Any) -> int | None:
    """A value that the parameter may have: no proof that results stay within 64 bits holds for another."""
    low, high = definition.range
    if value is None or (type(value) is int and low <= value <= high):
        return value
    raise ReplayError(
        [
            Problem(
                "replay.parameter",
                f"{definition.name} 的值超出范围",
                f"a value of {definition.name} outside its range",
                value=str(value)[:40],
            )
        ]
    )


def _thaw_fault(
    item: Mapping[str, Any],
    definitions: Mapping[str, ParameterDefinition],
    documents: Documents,
    sources: list[Source | None],
) -> FloorFault:
    definition = definitions[item["name"]]
    return FloorFault(
        definition,
        Floor(item["floor"], as_day(item["from"]), documents.resolve(item["reference"])),
        definition.key(item["code"]),
        _thaw_cell(definition, item["given"], sources),
        _thaw_cell(definition, item["applied"], sources),
    )


def _gone(zh: str, en: str) -> Problem:
    return Problem(
        "replay.gone",
        f"现行规则中已没有{zh}",
        f"the present law no longer has {en}",
        "用冻结时的版本重放",
        "replay it with the version that froze it",
    )
