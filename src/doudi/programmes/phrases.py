"""What a rule computes, in words: its expression read out with the figures of a place and day.

``minimum(cost, p.cap)`` becomes “费用，最多上限（5,000.00 元）”. Names of facts and rules are those of the vocabulary and of the law; nothing
is written a second time. A figure that the place has not set reads 未定.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from doudi.assessment.sentences import money, number, share
from doudi.assessment.statute import Statute
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.expression import Expr, Ratio, as_code
from doudi.rules.graph import Graph
from doudi.rules.kinds import RATE_DENOMINATOR
from doudi.rules.recording import Recorder

_WORDS = {
    "add": ("{0} 加 {1}", "{0} plus {1}"),
    "sub": ("{0} 减 {1}", "{0} less {1}"),
    "mul": ("{0} × {1}", "{0} × {1}"),
    "div": ("{0} ÷ {1}", "{0} ÷ {1}"),
    "min": ("{0}，最多{1}", "{0}, at most {1}"),
    "max": ("{0}，至少{1}", "{0}, at least {1}"),
    "where": ("{0}的，{1}；其余，{2}", "{1} where {0}, else {2}"),
    "only": ("{0}的，{1}", "{1} where {0}"),
    "not": ("不是“{0}”", "not “{0}”"),
    "lt": ("{0}低于{1}", "{0} is below {1}"),
    "le": ("{0}不超过{1}", "{0} is at most {1}"),
    "gt": ("{0}超过{1}", "{0} is above {1}"),
    "ge": ("{0}不低于{1}", "{0} is at least {1}"),
    "eq": ("{0}是{1}", "{0} is {1}"),
    "ne": ("{0}不是{1}", "{0} is not {1}"),
    "positive": ("{0}大于零", "{0} is above nothing"),
    "known": ("有{0}", "there is a {0}"),
    "month": ("{0}的月份", "the month of {0}"),
    "in_year": ("{0}在本年度", "{0} is in this year"),
    "sum": ("各项{0}合计", "all {0} together"),
    "any": ("有“{0}”的", "one has “{0}”"),
    "all": ("都“{0}”", "all have “{0}”"),
    "highest": ("{0}中最高的", "the highest {0}"),
    "keyed": ("{0}（按{1}：{2}）", "{0} (by {1}: {2})"),
    "figure": ("{0}（{1}）", "{0} ({1})"),
}
_JOINED = {"and": ("，并且", " and "), "or": ("，或者", " or ")}
_ROUNDED = {
    "half_up": ("四舍五入", "rounded half up"),
    "ceil": ("进位", "rounded up"),
    "floor": ("舍去零头", "rounded down"),
}
_JOINED_CODES = {"zh": "、", "en": " or "}
_STEPS = {10: ("到角", " to the jiao"), 100: ("到元", " to the yuan"), 1000: ("到十元", " to ten yuan")}
_MAY_BE_NOTHING = ("money", "rate", "flag")
"""Kinds of figures that are left out of a table where they are nothing."""
MONTHS = 100
"""A date yyyymmdd divided by this is its year and month."""
_REVERSED = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne"}
_LOOSE = ("add", "sub", "min", "max", "where", "and", "or")
"""Expressions that need brackets inside a product or a comparison."""


@dataclass
class Phrases:
    """Reads out the rules of one place and day in ``zh`` or ``en``; ``parameters`` and ``rules`` gather what was named on the way."""

    statute: Statute
    language: str
    parameters: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)

    def of(self, name: str, given: str = "") -> str:
        """What the rule ``name`` computes; that the test ``given`` holds goes without saying."""
        return self._text(recorded(self.statute.graph, name), given)

    def _word(self, name: str, *parts: str) -> str:
        return _WORDS[name][self.language != "zh"].format(*parts)

    def _text(self, expr: Expr, given: str = "") -> str:
        if expr.op == "where":
            return self._where(expr, given)
        month = _month_of(expr)
        if month is not None:
            return self._word("month", self._text(month))
        reader: Callable[[Expr], str] | None = getattr(self, f"_{expr.op}", None)
        return reader(expr) if reader else self._word(expr.op, *(self._inner(arg) for arg in expr.args))

    def _inner(self, expr: Expr) -> str:
        """A part of a greater phrase, in brackets where it would run into it."""
        text, plain = self._text(expr), self._plain(_without_scale(expr))
        if plain.op not in _LOOSE or _month_of(plain) is not None or _same_subject(plain) is not None:
            return text
        return f"（{text}）" if self.language == "zh" else f"({text})"

    def _plain(self, expr: Expr) -> Expr:
        """Of several of which one suffices the one that the place has settled so, if any."""
        settled = (arg for arg in expr.args if expr.op == "or" and self._settled(arg))
        return next(settled, expr)

    def _const(self, expr: Expr) -> str:
        kind, value = expr.kind, expr.attribute
        if kind.codes is not None:
            return kind.codes.label(kind.codes.code(value), self.language)
        if kind.name == "money":
            return money(value // expr.denominator, self.language)
        return share(value) if expr.denominator > 1 else number(value, 1)

    def _input(self, expr: Expr) -> str:
        fact = Vocabulary.load().facts.get(str(expr.attribute))
        if fact is None:
            return (
                {"zh": "当日", "en": "the day"}[self.language]
                if expr.attribute == "today"
                else str(expr.attribute)
            )
        return fact.zh if self.language == "zh" else fact.en

    def _variable(self, expr: Expr) -> str:
        formula = self.statute.variable(str(expr.attribute)).formula
        self.rules[formula.name] = None
        return formula.zh if self.language == "zh" else formula.en

    def _parameter(self, expr: Expr) -> str:
        return self._word("figure", self._named(expr.attribute), self._figure(expr.attribute, None))

    def _entry(self, expr: Expr) -> str:
        name, place = expr.attribute
        codes = self.statute.resolved.definition(name).by
        assert codes is not None
        figure = f"{codes.label(codes.code(place), self.language)} {self._figure(name, place)}"
        return self._word("figure", self._named(name), figure)

    def _lookup(self, expr: Expr) -> str:
        name, (key,) = str(expr.attribute), expr.args
        definition = self.statute.resolved.definition(name)
        codes = definition.by
        assert codes is not None
        told = [place for place, code in enumerate(codes.entries) if code != "none"]
        given = [
            place
            for place in told
            if definition.kind not in _MAY_BE_NOTHING or self.statute.resolved.at(name, place) != 0
        ]
        alike: dict[str, list[str]] = {}
        for place in given or told:
            alike.setdefault(self._figure(name, place), []).append(
                codes.label(codes.code(place), self.language)
            )
        if len(alike) == 1 and len(given) in (0, len(told)):
            return self._word("figure", self._named(name), next(iter(alike)))
        comma, stop = ("、", "；") if self.language == "zh" else (", ", "; ")
        lines = stop.join(f"{comma.join(each)} {figure}" for figure, each in alike.items())
        return self._word("keyed", self._named(name), self._text(key), lines)

    def _named(self, name: str) -> str:
        self.parameters[name] = None
        definition = self.statute.resolved.definition(name)
        return definition.zh if self.language == "zh" else definition.en

    def _figure(self, name: str, place: int | None) -> str:
        """A figure with its unit; a share as a percentage."""
        value = self.statute.resolved.at(name, place)
        if (
            value is not None
            and self.statute.resolved.definition(name).kind == "rate"
            and value <= RATE_DENOMINATOR
        ):
            return share(value)
        return self.statute.resolved.format(name, place, self.language)

    def _settled(self, test: Expr) -> bool | None:
        """Whether a choice of the place holds; None where it rests on the household or is not set."""
        if test.op == "not":
            held = self._settled(test.args[0])
            return None if held is None else not held
        asked, wanted = (test.args[0], test.args[1]) if test.op == "eq" else (test, None)
        if asked.op not in ("parameter", "entry") or (wanted is not None and wanted.op != "const"):
            return None
        name, place = asked.attribute if asked.op == "entry" else (asked.attribute, None)
        chosen = self.statute.resolved.at(name, place)
        return None if chosen is None else bool(chosen == (1 if wanted is None else wanted.attribute))

    def _where(self, expr: Expr, given: str) -> str:
        test, yes, no = expr.args
        holds = True if test.op == "variable" and test.attribute == given else self._settled(test)
        if holds is not None:
            return self._text(yes if holds else no, given)
        if _is_nothing(no):
            return self._word("only", self._text(test), self._text(yes))
        return self._word("where", self._text(test), self._text(yes), self._text(no))

    def _and(self, expr: Expr) -> str:
        subject = _same_subject(expr)
        if subject is not None:
            names = _JOINED_CODES[self.language].join(self._text(arg.args[1]) for arg in expr.args)
            return self._word("eq", self._text(subject), names)
        plain = self._plain(expr)
        if plain is not expr:
            return self._text(plain)
        parts = [self._plain(arg) for arg in expr.args]
        return _JOINED[expr.op][self.language != "zh"].join(
            self._inner(part) if part.op in _JOINED and part.op != expr.op else self._text(part)
            for part in parts
        )

    _or = _and

    def _max(self, expr: Expr) -> str:
        told = [arg for arg in expr.args if not _is_nothing(arg)]
        return self._text(told[0]) if len(told) == 1 else self._word("max", *map(self._text, expr.args))

    def _min(self, expr: Expr) -> str:
        one, two = expr.args
        first = self._inner(one) if _without_scale(one).op == "where" else self._text(one)
        return self._word("min", first, self._text(two))

    def _not(self, expr: Expr) -> str:
        (test,) = expr.args
        if test.op in ("lt", "le", "eq"):
            return self._compared(test, reverse=True)
        return self._word("not", self._text(test))

    def _mul(self, expr: Expr) -> str:
        plain = _without_scale(expr)
        if plain is not expr:
            return self._text(plain)
        one, two = expr.args
        if one.op == "div" and two.op == "const" and two.attribute in _STEPS:
            return self._rounded(one, two.attribute)
        return self._word("mul", self._inner(one), self._inner(two))

    def _div(self, expr: Expr) -> str:
        return self._rounded(expr, 1)

    def _rounded(self, expr: Expr, step: int) -> str:
        """A quotient or product with the rounding that the rule names; one to the fen goes without saying."""
        above, below = expr.args
        text = self._text(above)
        if below.op != "const" or below.attribute not in (above.denominator * step, 1):
            below = _without_factor(below, above.denominator * step)
            text = self._word("div", self._inner(above), self._inner(below))
        if step == 1:
            return text
        how = _ROUNDED[str(expr.attribute)][self.language != "zh"] + _STEPS[step][self.language != "zh"]
        return self._word("figure", text, how)

    def _compared(self, expr: Expr, reverse: bool = False) -> str:
        """A comparison by its two sides as the rule wrote them."""
        said, sides = expr.attribute or (expr.op, expr.args)
        said = _REVERSED[said] if reverse else said
        one, two = (side if isinstance(side, Expr) else _quotient(side) for side in sides)
        if said == "gt" and _is_nothing(two):
            return self._word("known" if one.kind.name == "date" else "positive", self._text(one))
        year = _year_of(one)
        if said == "eq" and year is not None:
            return self._word("in_year", self._text(year))
        return self._word(said, self._inner(one), self._inner(two))

    _lt = _le = _eq = _compared

    def _measured(self, expr: Expr) -> str:
        return self._text(expr.args[0])

    _project = _spread = _measured

    def _aggregate(self, expr: Expr) -> str:
        return self._word({"max": "highest"}.get(expr.attribute, expr.attribute), self._text(expr.args[0]))

    def _gather(self, expr: Expr) -> str:
        return self._word(
            {"max": "highest"}.get(expr.attribute[0], expr.attribute[0]), self._text(expr.args[0])
        )


@cache
def _recorder(graph: Graph) -> Recorder:
    kinds = {name: variable.kind for name, variable in graph.variables.items()}
    return Recorder(graph.schema, kinds, graph.formulas)


@cache
def recorded(graph: Graph, name: str) -> Expr:
    """The expression of a rule, as its formula writes it."""
    variable = graph.variables[name]
    return as_code(_recorder(graph).record(variable.formula), variable.kind)


def _quotient(ratio: Ratio) -> Expr:
    """A quotient as one expression, to be read out."""
    return Expr("div", (ratio.above, ratio.below), ratio.kind, ratio.above.entity, 1, "half_up")


def _floor_by(expr: Expr, divisor: int) -> Expr | None:
    """What is cut to whole multiples of a divisor."""
    if expr.op == "div" and expr.attribute == "floor" and expr.args[1].op == "const":
        return expr.args[0] if expr.args[1].attribute == divisor else None
    return None


def _month_of(expr: Expr) -> Expr | None:
    """The date whose running month an expression is (``month_number``); None when it is something else."""
    if expr.op != "sub":
        return None
    day = _floor_by(expr.args[0], MONTHS)
    return day if day is not None and day.kind.name == "date" and expr.args[1].op == "mul" else None


def _year_of(expr: Expr) -> Expr | None:
    """The date whose year an expression is: the whole dozens of its month less one."""
    months = _floor_by(expr, 12)
    return _month_of(months.args[0]) if months is not None and months.op == "sub" else None


def _same_subject(expr: Expr) -> Expr | None:
    """What is compared, where it is one thing with several codes."""
    sides = [
        arg.args for arg in expr.args if expr.op == "or" and arg.op == "eq" and arg.args[1].op == "const"
    ]
    same = len(sides) == len(expr.args) and len({id(one) for one, _ in sides}) == 1
    return sides[0][0] if same else None


def _is_nothing(expr: Expr) -> bool:
    return expr.op == "const" and expr.attribute == 0


def _without_scale(expr: Expr) -> Expr:
    """An expression without the factor that only brings it over another denominator."""
    if expr.op == "mul" and expr.args[1].op == "const":
        one, two = expr.args
        if expr.denominator == one.denominator * two.attribute != one.denominator:
            return _without_scale(one)
    return expr


def _without_factor(expr: Expr, factor: int) -> Expr:
    if expr.op == "mul" and expr.args[1].op == "const" and expr.args[1].attribute == factor:
        return expr.args[0]
    return expr
