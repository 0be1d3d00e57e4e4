"""The law of a place on a day, ready to be applied: facts, formulas and parameters brought together once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from doudi.assessment.unknowns import covering
from doudi.facts.vocabulary import Vocabulary, engine_date
from doudi.law import library
from doudi.rules.errors import DoudiError, ParameterError, Problem, Problems
from doudi.rules.graph import Graph, Variable
from doudi.rules.kinds import BASIC_KINDS, Input, Schema
from doudi.rules.parameters import NATIONAL, Cell, ParameterDefinition, Parameters, Resolved
from doudi.rules.python_kernel import PythonKernel, Values
from doudi.rules.specialise import specialise
from doudi.rules.yaml_places import read_page

if TYPE_CHECKING:
    from doudi.rules.columns import Columns
    from doudi.rules.numpy_kernel import NumpyKernel

OWNED = ("asset", "expense", "holding")
KERNELS = 64
"""How many kernels a statute keeps."""

T = TypeVar("T")


@cache
def schema() -> Schema:
    """All that formulas may refer to: entities and facts of the vocabulary, parameters, code sets."""
    return schema_of(all_parameters().definitions)


def schema_of(definitions: Mapping[str, ParameterDefinition]) -> Schema:
    """The same with these parameters."""
    vocabulary = Vocabulary.load()
    inputs = dict(vocabulary.engine_inputs())
    inputs["today"] = Input("today", None, BASIC_KINDS["date"], 19000101, 20991231)
    for entity in OWNED:
        name = f"{entity}_has_owner"
        inputs[name] = Input(name, entity, BASIC_KINDS["flag"], 0, 1)
    slots = {name: definition.slot for name, definition in definitions.items()}
    return Schema(vocabulary.engine_entities(), inputs, slots, {**vocabulary.codes, **library.code_sets()})


@cache
def all_parameters() -> Parameters:
    """Every parameter that ships."""
    return library.parameters(Vocabulary.load().codes)


@cache
def graph_on(versions: tuple[int, ...], day: date) -> Graph:
    """The graph of the formulas in force; days with the same formulas share it (``versions`` identifies them)."""
    return Graph(schema(), library.formulas(), day)


def graph_of(day: date) -> Graph:
    """The graph of the law of a day."""
    in_force = tuple(number for number, formula in enumerate(library.formulas()) if formula.applies(day))
    first = _first_day.setdefault(in_force, day)
    return graph_on(in_force, first)


_first_day: dict[tuple[int, ...], date] = {}


@dataclass(frozen=True)
class Statute:
    """The law of a region on a day: formulas in force and parameters resolved.

    ``values`` holds the parameters as the kernels take them: an integer, a list by code, or None where unset.
    """

    region: str
    day: date
    resolved: Resolved
    graph: Graph
    values: Mapping[str, Any]
    unset: frozenset[str]
    specialised: bool = True
    _kernels: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _unknown: dict[int, list[frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def context(self) -> dict[str, int]:
        """What is the same for everybody: the day."""
        return {"today": engine_date(self.day)}

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out when it is first asked for under this key."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def with_resolved(self, resolved: Resolved) -> Statute:
        """The same formulas with other parameters: for a look aside, so no kernel is made for it alone."""
        return statute_of(self.region, self.day, resolved, self.graph, specialised=False)

    def python(
        self, outputs: Mapping[str, int], unknown: frozenset[str], explained: bool = True
    ) -> BoundKernel:
        """The kernel for one household, with the facts named in ``unknown`` possibly not known.

        ``explained``: it tells what uncertain values rest on.
        """
        unknown = covering(self._unknown.setdefault(id(outputs), []), unknown)
        key = ("python", id(outputs), unknown, explained)
        found: BoundKernel | None = self._kernels.get(key)
        if found is None:
            kernel = self._python_kernel(outputs, unknown | self.unset, explained)
            found = BoundKernel(kernel, kernel.bind(self.values, self.context), outputs, explained)
            for oldest in list(self._kernels)[: max(0, len(self._kernels) + 1 - KERNELS)]:
                self._kernels.pop(oldest, None)
            self._kernels[key] = found
        return found

    def _python_kernel(
        self, outputs: Mapping[str, int], unknown: frozenset[str], explained: bool
    ) -> PythonKernel:
        if self.specialised:
            program, places = specialise(self.graph, outputs, self.values, self.context)
            return PythonKernel(program, places, unknown, explained)
        asked = tuple(outputs.items())
        return compiled_python(
            self.graph, asked, covering(_unknown_of(self.graph, asked), unknown), explained
        )

    @cached_property
    def settled(self) -> frozenset[str]:
        """The names of variables that the place has settled for everybody, by a parameter and not by facts."""
        outputs = {name: variable.node for name, variable in self.graph.variables.items()}
        program, places = specialise(self.graph, outputs, self.values, self.context)
        spread = {name: program.nodes[number] for name, number in places.items()}
        return frozenset(
            name
            for name, node in spread.items()
            if node.op == "const" or (node.op == "spread" and program.nodes[node.args[0]].op == "const")
        )

    def for_columns(self, outputs: Mapping[str, int], columns: Columns) -> NumpyKernel:
        """The kernel for these very columns: what their bounds decide is not asked again."""
        from doudi.rules.narrow import narrowed
        from doudi.rules.numpy_kernel import NumpyKernel

        schema = narrowed(self.graph.schema, columns)
        program, places = specialise(self.graph, outputs, self.values, self.context, schema)
        return NumpyKernel(program, places, frozenset(columns.unknown) | self.unset)

    def variable(self, name: str) -> Variable:
        """A variable of the law by name."""
        return self.graph.variables[name]


@dataclass(frozen=True)
class BoundKernel:
    """A compiled kernel and the function it becomes with the parameters of a place.

    ``outputs`` is what it was asked for; holding it keeps the kernel's key in the cache its own. ``explained``: it tells
    what uncertain values rest on.
    """

    kernel: PythonKernel
    call: Callable[[Any], Values]
    outputs: Mapping[str, int]
    explained: bool


@cache
def _unknown_of(graph: Graph, outputs: tuple[tuple[str, int], ...]) -> list[frozenset[str]]:
    """For which unknown facts there are kernels that do not depend on a place."""
    return []


@lru_cache(maxsize=4 * KERNELS)
def compiled_python(
    graph: Graph, outputs: tuple[tuple[str, int], ...], unknown: frozenset[str], explained: bool
) -> PythonKernel:
    """A kernel compiled once for a graph, its outputs and what may be unknown."""
    return PythonKernel(graph, dict(outputs), unknown, explained)


def law_of(
    region: str,
    day: date,
    *,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
) -> Statute:
    """The law of ``region`` (code or name) on ``day``, with parameters replaced by ``settings`` and an ``overlay`` file.

    Raises:
        RegionError: the region is not known.
        ParameterError: a setting or the overlay is at fault.
    """
    resolved = resolved_of(all_parameters(), region, day, settings, overlay)
    return statute_of(resolved.region.code, day, resolved, graph_of(day))


def resolved_of(
    parameters: Parameters, region: str, day: date, settings: Mapping[str, str] | None, overlay: Path | None
) -> Resolved:
    """The parameters of a region on a day, some replaced by ``settings`` and by an ``overlay`` file.

    Raises:
        RegionError: the region is not known.
        ParameterError: a setting or the overlay is at fault, or the overlay is for another region; also all faults of region,
            day, settings and overlay together.
    """
    errors: list[DoudiError] = []
    every, resolved = parameters, None
    try:
        every = parameters.with_overlay(overlay) if overlay is not None else parameters
    except DoudiError as error:
        errors.append(error)
    try:
        resolved = every.resolve(region, day)
    except DoudiError as error:
        if not (errors and overlay is not None and region in names_in(overlay)):
            errors.append(error)
    try:
        if settings:
            replaced = (resolved or _without_values(every, day)).replace(dict(settings))
            resolved = resolved and replaced
    except DoudiError as error:
        errors.append(error)
    if resolved is not None and overlay is not None:
        errors.extend(_overlay_elsewhere(overlay, resolved))
    if len(errors) > 1:
        raise ParameterError([problem for error in errors for problem in error.problems])
    if errors:
        raise errors[0]
    assert resolved is not None
    return resolved


def names_in(overlay: Path) -> tuple[str, ...]:
    """The code and the names of the region that an overlay is for, as far as it says them, the code first."""
    page, root = read_page(overlay, Problems())
    fields = page.mapping(root, "", "") if root is not None else {}
    texts = (page.text(fields[key], "", "") for key in ("region", "zh", "en") if key in fields)
    return tuple(text for text in texts if text)


def _without_values(parameters: Parameters, day: date) -> Resolved:
    """No place and no values: enough to tell what is wrong with values given by the user."""
    cells = {
        name: {key: Cell() for key in definition.cell_keys}
        for name, definition in parameters.definitions.items()
    }
    chain = parameters.chain(NATIONAL)
    return Resolved(chain[-1], chain, engine_date(day), parameters.definitions, cells)


def _overlay_elsewhere(overlay: Path, resolved: Resolved) -> Iterator[ParameterError]:
    """The fault that an overlay changes nothing, because its region is not on the chain of the place."""
    code, place = next(iter(names_in(overlay)), ""), resolved.region
    if not code or code in {region.code for region in resolved.chain}:
        return
    yield ParameterError(
        [
            Problem(
                "overlay.elsewhere",
                f"地区参数文件是别处的，不影响 {place.code} {place.zh}",
                f"the overlay is for another region and changes nothing in {place.code} {place.en}",
                f"用 --region {code}，或改用 {place.code} 或其上级的参数文件",
                f"use --region {code}, or an overlay of {place.code} or a region above it",
                file=str(overlay),
                value=code,
            )
        ]
    )


def statute_of(region: str, day: date, resolved: Resolved, graph: Graph, specialised: bool = True) -> Statute:
    """The law of these parameters and formulas. ``specialised``: kernels are made for this place and day alone."""
    values: dict[str, Any] = {}
    unset = set()
    for name, slot in graph.schema.parameters.items():
        value = resolved.value(name)
        if slot.by is None:
            values[name] = value
            missing = value is None
        else:
            table = value if isinstance(value, dict) else {}
            values[name] = [table.get(place) for place in range(len(slot.by.entries))]
            missing = None in values[name]
        if missing:
            unset.add(name)
    return Statute(region, day, resolved, graph, values, frozenset(unset), specialised)
