"""The words formulas are written in. Each works on placeholders (to record) and on ordinary values (to compute)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doudi.rules import ordinary
from doudi.rules.expression import (
    TEXT,
    Expr,
    Ratio,
    aligned,
    common_entity,
    compare,
    lift,
    refuse,
    rounded,
    same_kind,
)
from doudi.rules.kinds import COUNT, FLAG, Kind


class Members:
    """The values of all rows that belong to one row of ``target``: for a household, its members."""

    __slots__ = ("expr", "link", "target")

    def __init__(self, expr: Expr, target: str, link: str | None = None) -> None:
        self.expr = expr
        self.target = target
        self.link = link


class ParameterTable:
    """Placeholder of a parameter with a value for each code."""

    __slots__ = ("codes_kind", "kind", "name")

    def __init__(self, name: str, kind: Kind, codes_kind: Kind) -> None:
        self.name = name
        self.kind = kind
        self.codes_kind = codes_kind


def _recorded(*values: Any) -> bool:
    return any(isinstance(value, Expr | Ratio) for value in values)


def _as_placeholders(*values: Any) -> bool:
    """Whether they are recorded, or can only be refused: names of codes have no order."""
    return not values or _recorded(*values) or any(isinstance(value, str) for value in values)


def _flag(value: Any) -> Expr:
    expr = lift(value)
    if expr.kind is not FLAG:
        refuse("rule.kind", "此处需要真假值", f"a truth value is needed here, not {expr.kind.name}")
    return expr


def _some(word: str, values: Sequence[Any]) -> None:
    if not values:
        refuse(
            "rule.empty",
            f"{word} 没有写任何值",
            f"{word} without a value",
            "写明各值",
            "name the values",
            word,
        )


def all_of(*tests: Any) -> Any:
    """All hold. One that fails decides, whatever is unknown."""
    _some("all_of", tests)
    if _recorded(*tests):
        args = tuple(_flag(test) for test in tests)
        return Expr("and", args, FLAG, common_entity(*args))
    return ordinary.fold(lambda one, two: one and two, tests)


def any_of(*tests: Any) -> Any:
    """At least one holds. One that holds decides, whatever is unknown."""
    _some("any_of", tests)
    if _recorded(*tests):
        args = tuple(_flag(test) for test in tests)
        return Expr("or", args, FLAG, common_entity(*args))
    return ordinary.fold(lambda one, two: one or two, tests)


def not_(test: Any) -> Any:
    """The test fails; unknown stays unknown."""
    return Expr("not", (_flag(test),), FLAG, test.entity) if _recorded(test) else ordinary.negate(test)


def where(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where the condition holds, else ``no``; decided also under an unknown condition when both agree."""
    if not _recorded(condition, yes, no):
        return ordinary.choose(condition, yes, no)
    test, one, two = _flag(condition), lift(yes), lift(no)
    kind = same_kind(("where", "where"), one, two)
    one, two = aligned(one, two)
    return Expr("where", (test, one, two), kind, common_entity(test, one, two), one.denominator)


def _extreme(op: str, values: Sequence[Any]) -> Any:
    word = f"{op}imum"
    _some(word, values)
    result = lift(values[0])
    for value in values[1:]:
        one, two = result, lift(value)
        kind = same_kind((word, word), one, two)
        if kind is TEXT or kind.codes is not None:
            refuse(
                "rule.order",
                f"{word}：代码没有大小",
                f"{word}: codes have no order",
                "用 where 逐一写明",
                "choose with where",
            )
        one, two = aligned(one, two)
        result = Expr(op, (one, two), kind, common_entity(one, two), one.denominator)
    return result


def minimum(*values: Any) -> Any:
    """The least of the values."""
    return _extreme("min", values) if _as_placeholders(*values) else ordinary.fold(min, values)


def maximum(*values: Any) -> Any:
    """The greatest of the values."""
    return _extreme("max", values) if _as_placeholders(*values) else ordinary.fold(max, values)


def is_in(value: Any, *codes: str) -> Any:
    """The code is one of those named."""
    _some("is_in", codes)
    if isinstance(value, Expr):
        return (
            any_of(*(compare("eq", value, name) for name in codes)) if len(codes) > 1 else value == codes[0]
        )
    return any_of(*(value == name for name in codes))


def _check_table(table: Any) -> None:
    if isinstance(table, Expr | Ratio):
        name = table.attribute if isinstance(table, Expr) and table.op == "parameter" else None
        refuse(
            "rule.table",
            "这个值不按代码取值",
            "this is no parameter with a value for each code",
            "直接使用这个值",
            "use it as it is",
            name,
        )


def lookup(table: Any, key: Any) -> Any:
    """The value of a parameter for a code."""
    _check_table(table)
    if isinstance(table, ParameterTable):
        place = lift(key)
        if place.kind.dimension != table.codes_kind.dimension:
            refuse(
                "rule.kind",
                f"{table.name} 按另一代码集取值",
                f"{table.name} is keyed by {table.codes_kind.dimension}",
            )
        return Expr("lookup", (place,), table.kind, place.entity, table.kind.denominator, table.name)
    return ordinary.read_table(table, key)


def lookup_at(table: Any, position: Any) -> Any:
    """The value of a parameter for the code at a position (from 0) of its set, when the position is computed."""
    _check_table(table)
    if isinstance(table, ParameterTable):
        place = lift(position)
        return Expr("lookup", (place,), table.kind, place.entity, table.kind.denominator, table.name)
    return ordinary.read_table(table, position)


def measured(test: Any, value: Any, limit: Any, comparison: str = "le") -> Any:
    """A test that shows this value and this limit as its two sides, whatever else it asks."""
    if isinstance(test, Expr):
        return Expr(
            "measured", (test,), FLAG, test.entity, attribute=(comparison, (_side(value), lift(limit)))
        )
    return test


def _side(value: Any) -> Expr | Ratio:
    return value if isinstance(value, Ratio) else lift(value)


def entry(table: Any, code: str) -> Any:
    """The value of a parameter for one code named in the formula."""
    _check_table(table)
    if isinstance(table, ParameterTable):
        codes = table.codes_kind.codes
        assert codes is not None
        return Expr("entry", (), table.kind, None, table.kind.denominator, (table.name, codes.index(code)))
    return table[code]


def per(above: Any, below: Any) -> Any:
    """A quotient, to be compared exactly or rounded by name: ``per(income, heads) < standard``."""
    if _recorded(above, below):
        return Ratio(lift(above), lift(below))
    return ordinary.ratio(above, below)


def _round(mode: str, value: Any, to: int) -> Any:
    return rounded(mode, value, to) if _recorded(value) else ordinary.round_value(mode, value, to)


def round_half_up(value: Any, to: int = 1) -> Any:
    """Rounded to whole multiples of ``to`` (fen), a half upwards (四舍五入)."""
    return _round("half_up", value, to)


def round_up(value: Any, to: int = 1) -> Any:
    """Rounded upwards to whole multiples of ``to`` (见角进元, 见分进角)."""
    return _round("ceil", value, to)


def round_down(value: Any, to: int = 1) -> Any:
    """Cut to whole multiples of ``to``."""
    return _round("floor", value, to)


def _check_rows(*rows: Any) -> None:
    """Refuse a value of which each row has one where the values of many rows are folded."""
    if any(isinstance(each, Expr | Ratio) for each in rows):
        refuse(
            "rule.rows",
            "这个值每行只有一个，不能汇总",
            "this value is one for each row: there are no rows to fold",
            "汇总下级对象的值，或直接使用",
            "fold the values of the members, or use it as it is",
        )


def _aggregate(function: str, members: Members, condition: Any) -> Expr:
    expr = members.expr
    if condition is not None:
        expr = where(condition.expr, expr, 0 if expr.kind is not FLAG else False)
    kind = COUNT if function == "sum" and expr.kind is FLAG else expr.kind
    if members.link is not None:
        return Expr("gather", (expr,), kind, members.target, expr.denominator, (function, members.link))
    return Expr("aggregate", (expr,), kind, members.target, expr.denominator, function)


def _chosen(members: Any, condition: Any) -> list[Any]:
    if condition is None:
        return list(members)
    return [ordinary.choose(test, value, 0) for value, test in zip(members, condition, strict=True)]


def total(members: Any, where: Any = None) -> Any:
    """The sum over all rows, or over those for which ``where`` holds."""
    _check_rows(members, where)
    if isinstance(members, Members):
        return _aggregate("sum", members, where)
    return sum(_chosen(members, where), 0)


def count(tests: Any) -> Any:
    """For how many rows the test holds."""
    _check_rows(tests)
    if isinstance(tests, Members):
        return _aggregate("sum", tests, None)
    return sum((ordinary.choose(test, 1, 0) for test in tests), 0)


def how_many(members: Any) -> Any:
    """The number of rows, whatever their values."""
    _check_rows(members)
    if isinstance(members, Members):
        one = Expr("spread", (lift(1),), COUNT, members.expr.entity)
        return _aggregate("sum", Members(one, members.target, members.link), None)
    return len(members)


def any_member(tests: Any) -> Any:
    """The test holds for at least one row; with no rows it fails."""
    _check_rows(tests)
    if isinstance(tests, Members):
        return _aggregate("any", tests, None)
    return any_of(False, *tests)


def all_members(tests: Any) -> Any:
    """The test holds for every row; with no rows it holds."""
    _check_rows(tests)
    if isinstance(tests, Members):
        return _aggregate("all", tests, None)
    return all_of(True, *tests)


def highest(members: Any, where: Any = None) -> Any:
    """The greatest non-negative value of the rows for which ``where`` holds; 0 when there is none."""
    _check_rows(members, where)
    if isinstance(members, Members):
        return _aggregate("max", members, where)
    return maximum(0, *_chosen(members, where))


def whole_years(start: Any, end: Any, days_late: int = 0) -> Any:
    """Completed years between two dates; someone born on 29 February completes a common year on 1 March.

    With ``days_late`` of 1 a year is complete on the day after the anniversary.
    """
    return _date_quotient(end - start - days_late, 10_000)


def month_number(date: Any) -> Any:
    """The running number of a date's month; differences of such numbers are months."""
    return _date_quotient(date, 100) - 88 * _date_quotient(date, 10_000)


def _date_quotient(date: Any, divisor: int) -> Any:
    if isinstance(date, Expr):
        return Expr("div", (date, lift(divisor)), COUNT, date.entity, 1, "floor")
    return (
        ordinary.round_value("floor", date, divisor) // divisor
        if ordinary.is_known(date)
        else _range_quotient(date, divisor)
    )


def _range_quotient(date: ordinary.Range, divisor: int) -> Any:
    return ordinary.between(date.low // divisor, date.high // divisor)


__all__ = [
    "all_members",
    "all_of",
    "any_member",
    "any_of",
    "count",
    "entry",
    "highest",
    "how_many",
    "is_in",
    "lookup",
    "lookup_at",
    "maximum",
    "measured",
    "minimum",
    "month_number",
    "not_",
    "per",
    "round_down",
    "round_half_up",
    "round_up",
    "total",
    "where",
    "whole_years",
]
