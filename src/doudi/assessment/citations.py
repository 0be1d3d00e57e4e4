"""What a result rests on: the articles of a rule on a day, and the parameters that decided a determination.

A reference of a formula may say how long it is cited (``order-649:9 until 2026-06-30``, that day included), and a document
is cited only while it is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from doudi.assessment.conditions import TIERS
from doudi.assessment.determination import Determination, Finding, trace_of
from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.documents import Document, Documents, Reference
from doudi.rules.graph import Graph
from doudi.rules.parameters import SET, Resolved, iso

UNTIL = " until "
DECIDING = ("tier", "monthly_total", "dibao_standard", "low_margin_line")

Cell = tuple[str, str | None]
"""A parameter, and the code of its table (None for a single value)."""


def citations(formula: Formula, day: date) -> list[Reference]:
    """The references of ``formula`` that are in force on ``day``, in the order in which the rule names them.

    Raises:
        LawError: the rule names a document or an article that is not registered.
    """
    documents = library.documents()
    found = (_cited(written, day, documents) for written in formula.references)
    return [reference for reference in found if reference is not None]


def _cited(written: str, day: date, documents: Documents) -> Reference | None:
    text, _, last = written.partition(UNTIL)
    reference = documents.resolve(text)
    if last and date.fromisoformat(last) < day:
        return None
    return reference if _in_force(reference.document, day) else None


def _in_force(document: Document, day: date) -> bool:
    """ISO dates compare as text; an empty one means that nothing is known."""
    on = day.isoformat()
    begun = not document.in_force_from or document.in_force_from <= on
    return begun and (not document.in_force_until or on <= document.in_force_until)


def tier_articles(determination: Determination, language: str = "zh") -> list[str]:
    """The articles of the tier that is proposed, each once, in the order in which its rule names them; none without a tier.

    Raises:
        LawError: the rule names a document or an article that is not registered.
    """
    name = TIERS.get(determination.tier or "")
    if name is None:
        return []
    trace, statute = determination.trace, determination.statute
    if not any(trace.value(name, row) for row in trace.rows(name)):
        return []
    return [each.sentence(language) for each in citations(statute.variable(name).formula, statute.day)]


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """A parameter that decided: its value, which place set it since when, by which document, and whether that was checked.

    ``level`` is the code of the region that gives the value, ``set`` for one given by the user, None where nobody does.
    """

    name: str
    code: str | None
    label: str
    value: int | None
    text: str
    level: str | None
    place: str
    since: str | None
    reference: str
    url: str
    note: str
    verified: bool
    status: str


def parameters_used(determination: Determination, language: str = "zh") -> list[ParameterUse]:
    """The parameters that decided, with where each comes from; what nobody checked says so (未核实)."""
    resolved = determination.statute.resolved
    return [parameter_use(resolved, name, code, language) for name, code in cells_used(determination)]


def parameter_use(resolved: Resolved, name: str, code: str | None, language: str = "zh") -> ParameterUse:
    """A parameter at a place and day, with where it comes from; ``code``: of its table, None for a single value."""
    definition, value, source = (
        resolved.definition(name),
        resolved.at(name, code),
        resolved.source(name, code),
    )
    zh = language == "zh"
    label = definition.zh if zh else definition.en
    if code is not None and definition.by is not None:
        label += f"（{definition.by.label(code)}）" if zh else f" ({definition.by.label(code, 'en')})"
    names = {region.code: region.zh if zh else region.en for region in resolved.chain}
    names[SET] = "使用者给定" if zh else "given by the user"
    return ParameterUse(
        name=name,
        code=code,
        label=label,
        value=value,
        text=definition.format(value, language),
        level=source.level if source else None,
        place=names[source.level] if source else ("未规定" if zh else "nobody"),
        since=iso(source.start) if source else None,
        reference=source.reference.sentence(language) if source else "",
        url=source.url if source else "",
        note=source.note if source else "",
        verified=bool(source and source.verified),
        status=_STATUS[language][bool(source and source.verified)],
    )


_STATUS = {"zh": ("未核实", "已核实"), "en": ("not verified", "verified")}


def cells_used(determination: Determination, names: tuple[str, ...] = DECIDING) -> list[Cell]:
    """The parameters that decided the named variables of the household, each with the code of its table that was read.

    Branches that were not taken do not count, nor what stood beside a condition that alone decided, nor a choice between
    equal values, nor what is multiplied by nothing.
    """
    walk = _Walk(determination, names)
    walk.run()
    order = {name: place for place, name in enumerate(determination.statute.resolved.definitions)}
    return sorted(walk.cells, key=lambda cell: (order[cell[0]], cell[1] or ""))


def facts_asked(determination: Determination, name: str = "tier") -> set[tuple[str, int | None]]:
    """The unknown facts, each with its row, on which an uncertain variable of the household rests."""
    walk = _Walk(determination, (name,))
    walk.run()
    found = ((number, row) for number, row in walk.seen if walk.nodes[number].op == "input")
    return {(str(walk.nodes[number].attribute), row) for number, row in found if not walk.known(number, row)}


@cache
def nodes_below(graph: Graph, names: tuple[str, ...]) -> dict[str, int]:
    """Every node that the named variables rest on: the same mapping each time, so that its kernel is found again."""
    every = [graph.variables[name].node for name in names]
    return {f"#{number}": number for number in graph.needed(every) if graph.nodes[number].op != "const"}


class _Walk:
    """Goes from results down to what they rest on, row by row, along the branches that were taken."""

    def __init__(self, determination: Determination, names: tuple[str, ...]) -> None:
        self.statute = determination.statute
        self.nodes = self.statute.graph.nodes
        self.facts = determination.applied
        roots = [self.statute.variable(name).node for name in names]
        asked = nodes_below(self.statute.graph, tuple(dict.fromkeys((*DECIDING, *names))))
        self.trace = trace_of(determination.household, self.statute, self.facts, asked, explained=False)
        self.cells: set[Cell] = set()
        self.waiting: list[tuple[int, int | None]] = [(root, None) for root in roots]
        self.seen = set(self.waiting)

    def run(self) -> None:
        """Visit everything that the results rest on."""
        while self.waiting:
            number, row = self.waiting.pop()
            for arg, place in self._below(number, row):
                if self.nodes[arg].entity in (None, "household"):
                    place = None
                if (arg, place) not in self.seen:
                    self.seen.add((arg, place))
                    self.waiting.append((arg, place))

    def _below(self, number: int, row: int | None) -> Iterator[tuple[int, int | None]]:
        node = self.nodes[number]
        if node.op in ("parameter", "entry", "lookup"):
            self._read(node.op, node.attribute, node.args, row)
        if node.op in ("aggregate", "gather", "project"):
            yield from self._rows(number, row)
        elif node.op in ("where", "and", "or", "mul"):
            yield from ((arg, row) for arg in getattr(self, f"_decisive_{node.op}")(number, row))
        else:
            yield from ((arg, row) for arg in node.args)

    def _decisive_where(self, number: int, row: int | None) -> list[int]:
        """The branch taken, and the condition unless both branches are the same."""
        condition, yes, no = self.nodes[number].args
        found, one, two = (self._finding(arg, row).value for arg in (condition, yes, no))
        taken = [
            arg
            for arg, ruled_out in ((yes, False), (no, True))
            if found is None or bool(found) is not ruled_out
        ]
        return taken if one is not None and one == two else [condition, *taken]

    def _decisive_mul(self, number: int, row: int | None) -> list[int]:
        """A factor that is nothing, or all."""
        args = self.nodes[number].args
        return next(([arg] for arg in args if self._finding(arg, row).value == 0), list(args))

    def _decisive_and(self, number: int, row: int | None) -> list[int]:
        """Of a conjunction that fails the parts that fail, of one that holds all parts; the reverse for "or"."""
        node = self.nodes[number]
        decider = node.op == "or"
        result = self._finding(number, row).value
        found = {arg: self._finding(arg, row).value for arg in node.args}
        if result is None:
            return [arg for arg, value in found.items() if value is None]
        if bool(result) is not decider:
            return list(node.args)
        return [arg for arg, value in found.items() if value is not None and bool(value) is decider]

    _decisive_or = _decisive_and

    def _read(self, op: str, attribute: Any, args: tuple[int, ...], row: int | None) -> None:
        if op == "parameter":
            self.cells.add((str(attribute), None))
            return
        name = str(attribute[0] if op == "entry" else attribute)
        codes = self.statute.resolved.definition(name).by
        assert codes is not None
        key = Finding(attribute[1], attribute[1]) if op == "entry" else self._finding(args[0], row)
        self.cells.update((name, codes.code(place)) for place in range(int(key.low), int(key.high) + 1))

    def _rows(self, number: int, row: int | None) -> Iterator[tuple[int, int | None]]:
        node = self.nodes[number]
        (arg,) = node.args
        entity = str(self.nodes[arg].entity)
        if node.op == "project":
            link = node.attribute or self.statute.graph.schema.entities[str(node.entity)].links[0].name
            place = (
                0
                if entity == "household" or row is None
                else self.facts[str(node.entity)][row][f"{link}_index"]
            )
            yield from [(arg, place)] if place >= 0 else []
            return
        schema = self.statute.graph.schema
        link = node.attribute[1] if node.op == "gather" else schema.entities[entity].links[0].name
        for place, values in enumerate(self.facts[entity]):
            if row is None or values[f"{link}_index"] == row:
                yield arg, place

    def known(self, number: int, row: int | None) -> bool:
        """Whether the value of a node is certain."""
        return self._finding(number, row).known

    def _finding(self, number: int, row: int | None) -> Finding:
        node = self.nodes[number]
        if node.op == "const":
            return Finding(node.attribute, node.attribute)
        row = None if node.entity in (None, "household") else row
        return self.trace.finding(f"#{number}", row, sourced=False)
