"""The graph of a law on a day: every formula recorded once, numbered in order, proved free of circles and overflow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.rules.book import Formula
from doudi.rules.bounds import node_bounds
from doudi.rules.errors import (
    CycleError,
    DoudiError,
    OverflowBoundError,
    Problem,
    Problems,
    RuleError,
    nearest,
)
from doudi.rules.expression import Expr, Ratio, as_code, as_rate, rounded, scaled
from doudi.rules.kinds import BASIC_KINDS, FLAG, Kind, Schema, code
from doudi.rules.program import Node, Program
from doudi.rules.recording import Recorder

WIDEST = 2**62


@dataclass(frozen=True, slots=True)
class Variable:
    """A named result: its node, its formula, and for a test the nodes of its value and its limit."""

    name: str
    node: int
    formula: Formula
    kind: Kind
    value: int | None = None
    limit: int | None = None
    comparison: str | None = None
    side_kind: Kind | None = None


class Graph(Program):
    """All variables that hold on a day, over shared nodes in an order in which they can be computed."""

    def __init__(self, schema: Schema, formulas: Iterable[Formula], on: date) -> None:
        super().__init__(schema)
        self.on = on
        self.variables: dict[str, Variable] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._seen: dict[int, tuple[Expr, int]] = {}
        self._problems = Problems()
        self.formulas = self._in_force(formulas)
        self._recorder = Recorder(
            schema, {name: self._kind(formula) for name, formula in self.formulas.items()}, self.formulas
        )
        self._build()

    def _in_force(self, formulas: Iterable[Formula]) -> dict[str, Formula]:
        chosen: dict[str, Formula] = {}
        for formula in formulas:
            if not formula.applies(self.on):
                continue
            if formula.name in chosen or formula.name in self.schema.inputs:
                self._fault(
                    formula,
                    "rule.double",
                    f"{formula.name} 有两个定义在同一天有效",
                    f"{formula.name} is defined twice on {self.on}",
                )
            chosen[formula.name] = formula
        return chosen

    def _kind(self, formula: Formula) -> Kind:
        if formula.kind in BASIC_KINDS:
            return BASIC_KINDS[formula.kind]
        codes = self.schema.codes.get(formula.kind.removeprefix("code:"))
        if codes is None:
            hint = nearest(formula.kind, [*BASIC_KINDS, *(f"code:{name}" for name in self.schema.codes)])
            self._fault(
                formula,
                "rule.kind",
                f"未知类型 {formula.kind}；相近：{hint}",
                f"unknown kind {formula.kind}; near: {hint}",
            )
            return FLAG
        return code(codes)

    def _fault(self, formula: Formula, name: str, zh: str, en: str) -> None:
        where = f"{formula.topic}/{formula.file}"
        self._problems.add(
            Problem(name, f"{formula.name}：{zh}", f"{formula.name}: {en}", file=where, line=formula.line)
        )

    def _build(self) -> None:
        failed: set[str] = set()
        for name in self._recorder.order(self._problems, CycleError):
            formula = self.formulas[name]
            if not failed.isdisjoint(self._recorder.asked(formula)):
                failed.add(name)
                continue
            try:
                self._define(formula)
            except DoudiError as error:
                failed.add(name)
                for problem in error.problems:
                    self._fault(formula, problem.code, problem.zh, problem.en)
                if isinstance(error, OverflowBoundError):
                    self._problems.raise_as(OverflowBoundError)
        self._problems.raise_as(RuleError)
        self._seen.clear()

    def _define(self, formula: Formula) -> None:
        kind = self._kind(formula)
        result = self._recorder.record(formula)
        result = as_code(result, kind) if kind.codes is not None else result
        fits = result.kind.dimension == kind.dimension and result.entity in (None, formula.entity)
        if not fits or result.denominator > kind.denominator:
            found = f"{result.kind.dimension}/{result.denominator} of {result.entity}"
            stated = f"{kind.dimension}/{kind.denominator} of {formula.entity}"
            raise RuleError(
                [
                    Problem(
                        "rule.result",
                        f"结果是 {found}，声明的是 {stated}",
                        f"gives {found} but is declared {stated}",
                    )
                ]
            )
        result_of_all = scaled(result, kind.denominator)
        if result_of_all.entity is None and formula.entity is not None:
            result_of_all = Expr(
                "spread", (result_of_all,), result_of_all.kind, formula.entity, kind.denominator
            )
        node = self.number(result_of_all)
        sides = self._sides(result) if formula.is_test else None
        if sides is None:
            self.variables[formula.name] = Variable(formula.name, node, formula, kind)
        else:
            comparison, value, limit, side_kind = sides
            self.variables[formula.name] = Variable(
                formula.name, node, formula, kind, value, limit, comparison, side_kind
            )
        self._recorder.known(formula.name, self.variables[formula.name])

    def _sides(self, result: Expr) -> tuple[str, int, int, Kind] | None:
        """The nodes of a comparison's two sides as they are shown: money in fen, rates in ten-thousandths."""
        if result.op not in ("lt", "le", "eq", "measured") or result.attribute is None:
            return None
        comparison, sides = result.attribute
        kind = sides[1].kind if sides[1].kind.name != "count" else sides[0].kind
        rate = kind.dimension == "number" and (
            isinstance(sides[0], Ratio) or max(side.denominator for side in sides) > 1
        )
        shown = [as_rate(side) if rate else _whole(side) for side in sides]
        return comparison, self.number(shown[0]), self.number(shown[1]), BASIC_KINDS["rate"] if rate else kind

    def number(self, expr: Expr) -> int:
        """The number of the node for an expression; equal operations share one node."""
        known = self._seen.get(id(expr))
        if known is not None:
            return known[1]
        if expr.op == "variable":
            number = self.variables[expr.attribute].node
        elif expr.op == "measured":
            number = self.number(expr.args[0])
        else:
            args = tuple(self.number(arg) for arg in expr.args)
            attribute = None if expr.op in ("lt", "le", "eq") else expr.attribute
            number = self._intern(expr, args, attribute)
            if expr.op in ("aggregate", "gather"):
                number = self._as_far_as_known(expr, number)
        self._seen[id(expr)] = (expr, number)
        return number

    def _as_far_as_known(self, fold: Expr, number: int) -> int:
        """What rows are folded to where there may be more of them: what more rows could add rests on the doubt."""
        (rows,) = fold.args
        doubt = self.schema.entities[str(rows.entity)].doubt
        if not doubt:
            return number
        more = Expr("input", (), FLAG, None, 1, doubt)
        function = fold.attribute if fold.op == "aggregate" else fold.attribute[0]
        if fold.kind is FLAG:
            known = Expr("not", (more,), FLAG, None) if function == "all" else more
            combined = Expr("and" if function == "all" else "or", (fold, known), FLAG, fold.entity)
            return self._intern(combined, (number, self.number(known)), None)
        node = self.nodes[number]
        for end in (node.low, node.high):
            if end != 0:
                ends = (Expr("const", (), fold.kind, None, fold.denominator, each) for each in (end, 0))
                extra = self.number(Expr("where", (more, *ends), fold.kind, None, fold.denominator))
                combined = Expr("max" if function == "max" else "add", (fold,), fold.kind, fold.entity)
                number = self._intern(combined, (number, extra), None)
        return number

    def _intern(self, expr: Expr, args: tuple[int, ...], attribute: Any) -> int:
        key = (expr.op, args, expr.entity, attribute, expr.kind is FLAG if expr.op == "const" else None)
        if key not in self._numbers:
            low, high = node_bounds(self.schema, expr, [self.nodes[arg] for arg in args])
            if max(abs(low), abs(high)) >= WIDEST:
                raise OverflowBoundError(
                    [
                        Problem(
                            "rule.overflow",
                            f"结果可能超出 64 位：{low}..{high}",
                            f"may leave 64 bits: {low}..{high}",
                        )
                    ]
                )
            is_flag = expr.kind is FLAG
            self._numbers[key] = len(self.nodes)
            self.nodes.append(Node(expr.op, args, expr.entity, attribute, low, high, is_flag))
        return self._numbers[key]

    def inputs_of(self, names: Sequence[str]) -> set[str]:
        """The facts and parameters that the named variables rest on."""
        reached = self.needed(self.variables[name].node for name in names)
        found = {
            node.attribute
            for node in map(self.nodes.__getitem__, reached)
            if node.op in ("input", "parameter", "lookup")
        }
        entries = {self.nodes[n].attribute[0] for n in reached if self.nodes[n].op == "entry"}
        return found | entries


def _whole(side: Expr | Ratio) -> Expr:
    return rounded("half_up", side, 1) if isinstance(side, Ratio) or side.denominator > 1 else side
