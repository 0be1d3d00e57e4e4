"""The graph of a law on a day: every formula recorded once, numbered in order, proved free of circles and overflow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from doudi.rules.book import Formula
from doudi.rules.bounds import node_bounds
from doudi.rules.errors import (
    CycleError,
    DoudiError,
    LawError,
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
        self._undeclared: set[str] = set()
        self._kinds = {name: self._kind(formula) for name, formula in self.formulas.items()}
        self._recorder = Recorder(schema, self._kinds, self.formulas)
        self._build()

    def _in_force(self, formulas: Iterable[Formula]) -> dict[str, Formula]:
        chosen: dict[str, Formula] = {}
        for formula in formulas:
            if not formula.applies(self.on):
                continue
            if formula.name in chosen or formula.name in self.schema.inputs:
                zh = f"{formula.name} 有两个定义在同一天有效"
                en = f"{formula.name} is defined twice on {self.on}"
                self._fault(formula, Problem("rule.double", zh, en))
            chosen[formula.name] = formula
        return chosen

    def _kind(self, formula: Formula) -> Kind:
        """The kind that a formula declares; with a fault, when kind or entity is unknown, that of a truth value."""
        if formula.entity is not None and formula.entity not in self.schema.entities:
            self._undeclared.add(formula.name)
            near = nearest(formula.entity, self.schema.entities) or ", ".join(self.schema.entities)
            self._fault(
                formula,
                Problem(
                    "rule.unknown_entity",
                    "没有这种对象",
                    "no such entity",
                    f"可用：{near}",
                    f"use {near}",
                    value=formula.entity,
                ),
            )
        if formula.kind in BASIC_KINDS:
            return BASIC_KINDS[formula.kind]
        codes = self.schema.codes.get(formula.kind.removeprefix("code:"))
        if codes is None:
            self._undeclared.add(formula.name)
            hint = nearest(formula.kind, [*BASIC_KINDS, *(f"code:{name}" for name in self.schema.codes)])
            zh, en = f"未知类型 {formula.kind}；相近：{hint}", f"unknown kind {formula.kind}; near: {hint}"
            self._fault(formula, Problem("rule.kind", zh, en))
            return FLAG
        return code(codes)

    def _fault(self, formula: Formula, problem: Problem) -> None:
        """Tell a fault of a formula, with its name and place."""
        zh, en = f"{formula.name}：{problem.zh}", f"{formula.name}: {problem.en}"
        self._problems.add(replace(problem, zh=zh, en=en, file=formula.place, line=formula.line))

    def _build(self) -> None:
        order, failed = self._recorder.order(self._problems)
        for name in [name for name in order if name not in failed]:
            formula = self.formulas[name]
            asked = {name, *self._recorder.asked(formula)}
            if not asked.isdisjoint(self._undeclared):
                failed.add(name)
                continue
            try:
                result = self._recorded(formula)
                if failed.isdisjoint(asked):
                    self._define(formula, result)
                else:
                    failed.add(name)
            except DoudiError as error:
                failed.add(name)
                for problem in error.problems:
                    self._fault(formula, problem)
        self._problems.raise_as(_error_of(self._problems))
        self._seen.clear()

    def _recorded(self, formula: Formula) -> Expr:
        """What a formula builds, as the kind and entity that it declares; it may ask for formulas that have faults."""
        kind = self._kinds[formula.name]
        result = self._recorder.record(formula)
        result = as_code(result, kind) if kind.codes is not None else result
        fits = result.kind.dimension == kind.dimension and result.entity in (None, formula.entity)
        if fits and result.denominator <= kind.denominator:
            return result
        found = f"{result.kind.dimension}/{result.denominator} of {result.entity}"
        stated = f"{kind.dimension}/{kind.denominator} of {formula.entity}"
        zh, en = f"结果是 {found}，声明的是 {stated}", f"gives {found} but is declared {stated}"
        raise RuleError([Problem("rule.result", zh, en)])

    def _define(self, formula: Formula, result: Expr) -> None:
        kind = self._kinds[formula.name]
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


def _error_of(problems: Problems) -> type[LawError]:
    """The error that tells circles or overflows alone, or faults of every sort."""
    alone = {"rule.circle": CycleError, "rule.overflow": OverflowBoundError}
    codes = {problem.code for problem in problems}
    return alone.get(codes.pop(), RuleError) if len(codes) == 1 else RuleError
