"""Calling each formula once with placeholders, in an order in which every formula finds what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.errors import CycleError, Problem, Problems, RuleError, nearest
from doudi.rules.expression import Expr, lift, refuse
from doudi.rules.functions import Members, ParameterTable
from doudi.rules.kinds import Kind, Schema, code

PARAMETERS = "p"
GATHERED = "by_"


class ParameterNames:
    """``p`` in a formula: ``p.dibao.standard`` is the placeholder of that parameter."""

    def __init__(self, schema: Schema, prefix: str = "") -> None:
        self._schema = schema
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        full = f"{self._prefix}{name}"
        slot = self._schema.parameters.get(full)
        if slot is None:
            if any(known.startswith(f"{full}.") for known in self._schema.parameters):
                return ParameterNames(self._schema, f"{full}.")
            hint = nearest(full, self._schema.parameters)
            refuse("rule.parameter", f"没有参数 {full}；相近：{hint}", f"no parameter {full}; near: {hint}")
        if slot.by is not None:
            return ParameterTable(full, slot.kind, code(slot.by))
        return Expr("parameter", (), slot.kind, None, slot.kind.denominator, full)


class Recorder:
    """Binds the names a formula asks for to placeholders and records what it does with them."""

    def __init__(self, schema: Schema, kinds: Mapping[str, Kind], formulas: Mapping[str, Formula]) -> None:
        self._schema = schema
        self._kinds = kinds
        self._formulas = formulas
        self._placeholders: dict[str, Expr] = {}
        self._parameters = ParameterNames(schema)

    def order(self, problems: Problems, circle: type[CycleError]) -> list[str]:
        """Names of formulas such that each comes after those it asks for; a circle is refused with its names."""
        done: dict[str, bool] = {}
        result: list[str] = []
        stack: list[str] = []

        def visit(name: str) -> None:
            if done.get(name):
                return
            if name in done:
                names = [*stack[stack.index(name) :], name]
                raise circle(
                    [
                        Problem(
                            "rule.circle",
                            f"公式互相引用：{' → '.join(names)}",
                            f"formulas need each other: {' → '.join(names)}",
                        )
                    ]
                )
            done[name] = False
            stack.append(name)
            for needed in self.asked(self._formulas[name]):
                if needed in self._formulas:
                    visit(needed)
                elif needed not in self._schema.inputs:
                    self._unknown(self._formulas[name], needed, problems)
            stack.pop()
            done[name] = True
            result.append(name)

        for name in self._formulas:
            visit(name)
        problems.raise_as(RuleError)
        return result

    def asked(self, formula: Formula) -> list[str]:
        """The facts and formulas that a formula asks for."""
        return [
            argument.split(LINK_SEPARATOR)[-1]
            for argument in formula.arguments.values()
            if argument != PARAMETERS
        ]

    def _unknown(self, formula: Formula, name: str, problems: Problems) -> None:
        hint = nearest(name, [*self._formulas, *self._schema.inputs])
        zh, en = (
            f"{formula.name}：没有名为 {name} 的事实或公式；相近：{hint}",
            f"{formula.name}: no fact or formula {name}; near: {hint}",
        )
        problems.add(Problem("rule.name", zh, en, file=f"{formula.topic}/{formula.file}", line=formula.line))

    def known(self, name: str, variable: Any) -> None:
        """Make a finished variable available to later formulas."""
        kind = self._kinds[name]
        self._placeholders[name] = Expr("variable", (), kind, variable.formula.entity, kind.denominator, name)

    def record(self, formula: Formula) -> Expr:
        """The expression that the formula builds from placeholders."""
        values = {argument: self._bind(formula, name) for argument, name in formula.arguments.items()}
        try:
            return lift(formula.function(**values))
        except TypeError as error:
            zh = "值的用法不对：多行的值要先用 total、count 等汇总"
            en = f"a value is used as it cannot be ({error}): rows must be folded with total, count and the like first"
            raise RuleError([Problem("rule.use", zh, en)]) from error

    def _placeholder(self, name: str) -> Expr:
        if name not in self._placeholders:
            fact = self._schema.inputs[name]
            self._placeholders[name] = Expr("input", (), fact.kind, fact.entity, fact.kind.denominator, name)
        return self._placeholders[name]

    def _bind(self, formula: Formula, argument: str) -> Any:
        if argument == PARAMETERS:
            return self._parameters
        link, _, name = argument.rpartition(LINK_SEPARATOR)
        expr = self._placeholder(name)
        if link:
            return self._through(formula, link, expr)
        if expr.entity is None or expr.entity == formula.entity:
            return expr
        assert formula.entity is not None
        if self._schema.path_up(formula.entity, expr.entity) is not None:
            return self._upward(formula.entity, expr)
        if self._schema.path_up(expr.entity, formula.entity) is not None:
            return Members(expr, formula.entity)
        return refuse(
            "rule.entity",
            f"{name} 属于 {expr.entity}，此处取不到",
            f"{name} belongs to {expr.entity} and cannot be reached from here",
        )

    def _upward(self, entity: str, expr: Expr) -> Expr:
        path = self._schema.path_up(entity, str(expr.entity)) or ()
        for step in reversed(path[:-1]):
            expr = Expr("project", (expr,), expr.kind, step, expr.denominator)
        return expr

    def _through(self, formula: Formula, link: str, expr: Expr) -> Expr | Members:
        if link.startswith(GATHERED):
            return self._gathered(formula, link.removeprefix(GATHERED), expr)
        links = self._schema.entities[str(formula.entity)].links
        found = next((one for one in links if one.name == link), None)
        if found is None or found.to != expr.entity:
            refuse(
                "rule.link",
                f"{formula.entity} 没有通向 {expr.entity} 的关联 {link}",
                f"{formula.entity} has no link {link} to {expr.entity}",
            )
        return Expr(
            "project", (expr,), expr.kind, formula.entity, expr.denominator, link if found.optional else None
        )

    def _gathered(self, formula: Formula, link: str, expr: Expr) -> Members:
        """``by_owner__asset_value`` in a formula of a person: the values of all assets whose owner this is."""
        links = self._schema.entities[str(expr.entity)].links
        if not any(one.name == link and one.to == formula.entity for one in links):
            refuse(
                "rule.link",
                f"{expr.entity} 没有通向 {formula.entity} 的关联 {link}",
                f"{expr.entity} has no link {link} to {formula.entity}",
            )
        return Members(expr, str(formula.entity), link)
