"""What a parameter is, what values it has and from when, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from doudi.rules.codes import CodeSet
from doudi.rules.documents import Reference
from doudi.rules.errors import LawError, ParameterError, Problem
from doudi.rules.kinds import BASIC_KINDS, ParameterSlot, code
from doudi.rules.units import KindName, Unit

NATIONAL = "000000"
"""The code of the national level."""

CellKey = int | None
"""One value of a parameter: None for a single value, the engine value of the code in a table."""

Value = int | None | dict[int, int | None]
"""A single value, or one for each code of the table's set; None is unset."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from.

    ``level`` is the code of the region that gives it (``000000``: national; ``set``: given by the user).
    ``start`` and ``until`` are the first and the last day it applies (``until`` None: no end known).
    ``file`` is relative to the folder of the law; ``url`` is where the text was read.
    """

    level: str
    file: str
    line: int | None
    reference: Reference
    url: str
    verified: bool
    note: str
    start: int
    until: int | None = None

    def covers(self, day: int) -> bool:
        """Whether the value applies on ``day`` (yyyymmdd)."""
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What one dated entry says: a value for each cell it names (None: known to be unset), and elastic ranges."""

    values: Mapping[CellKey, int | None]
    elastic: Mapping[CellKey, Range]
    source: Source


@dataclass(frozen=True, slots=True)
class Floor:
    """A rule that a parameter may not lie below another one, from a day on, with its reference."""

    parameter: str
    start: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class SetBy:
    """A rule that only regions of ``level`` or above may set a parameter, from a day on, with its reference."""

    level: str
    start: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class ParameterDefinition:
    """One parameter as its definition file describes it; ``values`` are those of the national level.

    ``by`` is the code set of a table, None for a single value. ``choices`` is the code set, named after the
    parameter, of a choice. ``range`` holds the least and the greatest permitted value in engine units. ``cells_from``
    names, for cells of a table that no level mentions, the cell whose value they take. ``set_by`` is None where any
    level may set it.
    """

    name: str
    zh: str
    en: str
    description: str
    unit: Unit
    by: CodeSet | None
    choices: CodeSet | None
    range: Range
    reference: Reference
    yearly: bool
    floor: Floor | None
    file: str
    line: int
    values: tuple[DatedValue, ...] = ()
    cells_from: tuple[tuple[int, int], ...] = ()
    set_by: SetBy | None = None

    @property
    def kind(self) -> KindName:
        """The engine kind: money, rate, count, area, flag or choice."""
        return self.unit.kind

    @property
    def slot(self) -> ParameterSlot:
        """The parameter as the engine's schema sees it."""
        kind = BASIC_KINDS[self.kind] if self.choices is None else code(self.choices)
        return ParameterSlot(self.name, kind, *self.range, self.by)

    @property
    def cell_keys(self) -> tuple[CellKey, ...]:
        """The cells of the parameter: None alone, or the engine value of each code."""
        return (None,) if self.by is None else tuple(range(len(self.by)))

    def key(self, code: int | str | None) -> CellKey:
        """The cell of a code (text or engine value), None for a single value.

        Raises:
            LawError: a table asked without a code, a single value asked with one, or an unknown code.
        """
        if self.by is None or code is None:
            if (self.by is None) != (code is None):
                raise LawError([self._wrong_shape(code)])
            return None
        return self.by.index(code if isinstance(code, str) else self.by.code(code))

    def _wrong_shape(self, code: int | str | None) -> Problem:
        if self.by is None:
            return Problem(
                "parameter.no_table",
                f"{self.name} 只有一个值",
                f"{self.name} is a single value",
                "不要写代码",
                "leave out the code",
                value=str(code),
            )
        codes = ", ".join(self.by.codes)
        return Problem(
            "parameter.table",
            f"{self.name} 按 {self.by.name} 分别取值",
            f"{self.name} has a value for each {self.by.name}",
            f"写明代码：{codes}",
            f"name a code: {codes}",
        )

    def code(self, key: CellKey) -> str | None:
        """The code of a cell, None for a single value."""
        return None if self.by is None or key is None else self.by.code(key)

    def parse(self, text: str) -> int:
        """The engine value of a value as written in a file, checked against unit, choices and range.

        Raises:
            ParameterError: without a place.
        """
        value = self.unit.parse(text, self.choices)
        low, high = self.range
        if low <= value <= high:
            return value
        limits = f"{self.unit.number(low)}–{self.unit.number(high)}"
        raise ParameterError(
            [
                Problem(
                    "parameter.out_of_range",
                    f"{self.name} 的值超出范围",
                    f"value of {self.name} outside its range",
                    f"应在 {limits} 之间",
                    f"must be within {limits}",
                    value=text,
                )
            ]
        )

    def format(self, value: int | None, lang: str = "zh") -> str:
        """An engine value with its unit, for the screen."""
        return self.unit.format(value, lang, self.choices)


@dataclass(frozen=True, slots=True)
class Cell:
    """One settled value with its elastic range and its source; ``source`` is None where no level says anything.

    ``taken_from`` is the cell of the same table that all three come from, where no level mentions this one.
    """

    value: int | None = None
    elastic: Range | None = None
    source: Source | None = None
    taken_from: int | None = None


@dataclass(frozen=True, slots=True)
class ElasticValue:
    """A value that the local choice may move between ``low`` and ``high``; ``code`` is None for a single value."""

    name: str
    code: str | None
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FloorFault:
    """A local value below the one that the law sets as its floor: invalid, the floor applies instead."""

    definition: ParameterDefinition
    floor: Floor
    key: CellKey
    given: Cell
    applied: Cell

    @property
    def name(self) -> str:
        """The parameter at fault."""
        return self.definition.name

    @property
    def code(self) -> str | None:
        """The code of the table, None for a single value."""
        return self.definition.code(self.key)

    def sentence(self, lang: str = "zh") -> str:
        """The finding in one sentence, with the article."""
        given, applied = (self.definition.format(cell.value, lang) for cell in (self.given, self.applied))
        code = (
            ""
            if self.code is None or self.definition.by is None
            else self.definition.by.label(self.code, lang)
        )
        article = self.floor.reference.sentence(lang)
        if lang == "zh":
            suffix = f"（{code}）" if code else ""
            return f"{self.definition.zh}{suffix} {given} 低于 {applied}，按 {applied} 执行：{article}"
        suffix = f" ({code})" if code else ""
        return f"{self.definition.en}{suffix} {given} is below {applied}; {applied} applies: {article}"


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its own file: GB/T 2260 code, names, and level (national, province, prefecture or county)."""

    code: str
    zh: str
    en: str
    level: str
    parent: str | None = None
    children: tuple[Region, ...] = field(default=(), compare=False)

    def walk(self) -> Iterator[Region]:
        """This region and all below it, in the order of their codes."""
        yield self
        for child in self.children:
            yield from child.walk()

    def alone(self) -> Region:
        """The same region without its children."""
        return replace(self, children=())


THE_NATION = Region(NATIONAL, "全国", "National", "national")
