"""Calling each formula once with placeholders, in an order in which every formula finds what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doudi.rules import functions
from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.errors import DoudiError, Problem, Problems, RuleError, nearest
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
            refuse(
                "rule.parameter",
                f"没有参数 {full}；相近：{hint}",
                f"no parameter {full}; near: {hint}",
                value=full,
            )
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

    def order(self, problems: Problems) -> tuple[list[str], set[str]]:
        """Names of formulas such that each comes after those it asks for, and of those that cannot be recorded.

        These stand on a circle or ask for what there is not; each circle and each unknown name goes to ``problems``.
        """
        done: dict[str, bool] = {}
        result: list[str] = []
        broken: set[str] = set()
        stack: list[str] = []

        def visit(name: str) -> None:
            if done.get(name):
                return
            if name in done:
                circle = stack[stack.index(name) :]
                broken.update(circle)
                problems.add(self._circle(circle))
                return
            done[name] = False
            stack.append(name)
            for needed in self.asked(self._formulas[name]):
                if needed in self._formulas:
                    visit(needed)
                elif needed not in self._schema.inputs:
                    broken.add(name)
                    self._unknown(self._formulas[name], needed, problems)
            stack.pop()
            done[name] = True
            result.append(name)

        for name in self._formulas:
            visit(name)
        return result, broken

    def _circle(self, names: list[str]) -> Problem:
        """The fault that formulas need each other, at the place of the first, with the places of all."""
        found = [self._formulas[name] for name in names]
        shown = " → ".join([*names, names[0]])
        return Problem(
            "rule.circle",
            f"公式互相引用：{shown}",
            f"formulas need each other: {shown}",
            "改写其中一条，使它不再取决于自己",
            "rewrite one of them so that it no longer rests on itself",
            file=found[0].place,
            line=found[0].line,
            value=", ".join(f"{formula.name} {formula.place}:{formula.line}" for formula in found),
        )

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
        problems.add(Problem("rule.name", zh, en, file=formula.place, line=formula.line))

    def record(self, formula: Formula) -> Expr:
        """The expression that the formula builds from placeholders."""
        values = {argument: self._bind(formula, name) for argument, name in formula.arguments.items()}
        try:
            return lift(formula.function(**values))
        except DoudiError:
            raise
        except Exception as error:
            raise RuleError([_misuse(formula, error)]) from error

    def _placeholder(self, name: str) -> Expr:
        if name not in self._placeholders:
            if name in self._formulas:
                op, kind, entity = "variable", self._kinds[name], self._formulas[name].entity
            else:
                fact = self._schema.inputs[name]
                op, kind, entity = "input", fact.kind, fact.entity
            self._placeholders[name] = Expr(op, (), kind, entity, kind.denominator, name)
        return self._placeholders[name]

    def _bind(self, formula: Formula, argument: str) -> Any:
        if argument == PARAMETERS:
            return self._parameters
        link, _, name = argument.rpartition(LINK_SEPARATOR)
        expr = self._placeholder(name)
        if not link and expr.entity in (None, formula.entity):
            return expr
        if formula.entity is None:
            refuse(
                "rule.entity",
                f"{name} 属于 {expr.entity}，对所有人相同的规则取不到",
                f"{name} belongs to {expr.entity}: a rule for everybody cannot reach it",
                "给规则写明对象",
                "give the rule an entity",
            )
        if expr.entity is None:
            refuse(
                "rule.link",
                f"{name} 对所有人相同，没有关联通向它",
                f"{name} is the same for everybody: no link leads to it",
                f"直接写 {name}",
                f"ask for {name} itself",
                argument,
            )
        if link:
            return self._through(formula, link, expr)
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


def _misuse(formula: Formula, error: Exception) -> Problem:
    """What an error of Python means that the text of a formula raised."""
    if isinstance(error, NameError) and error.name:
        near = nearest(error.name, {*functions.__all__, *formula.function.__globals__})
        return Problem(
            "rule.python_name",
            "公式中的名称不存在",
            "the formula uses a name that there is not",
            f"相近的：{near}" if near else "导入它，或改正拼写",
            f"did you mean {near}" if near else "import it, or correct the spelling",
            value=error.name,
        )
    if isinstance(error, AttributeError):
        return Problem(
            "rule.attribute",
            "值没有这个属性",
            "a value has no such attribute",
            "公式只用 doudi.rules.functions 中的词",
            "formulas use the words of doudi.rules.functions alone",
            value=str(error.name),
        )
    if isinstance(error, TypeError):
        zh = "值的用法不对：多行的值要先用 total、count 等汇总"
        en = f"a value is used as it cannot be ({error}): rows must be folded with total, count and the like first"
        return Problem("rule.use", zh, en)
    return Problem(
        "rule.python",
        "公式无法读取",
        "the formula cannot be read",
        "只用 doudi.rules.functions 中的词",
        "use the words of doudi.rules.functions alone",
        value=f"{type(error).__name__}: {error}",
    )
