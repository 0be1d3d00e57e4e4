"""Placeholders that record what a formula does with its values: the nodes of the expression graph.

A formula is called once with placeholders. Each operator on them yields a new :class:`Expr`; nothing is computed.
Kinds are checked while recording: money is never added to a number of months.
"""

from __future__ import annotations

from typing import Any, NoReturn

from doudi.rules.errors import Problem, RuleError, nearest
from doudi.rules.kinds import COUNT, FLAG, RATE_DENOMINATOR, Kind

TEXT = Kind("text")
_COMPARISON = ("比较", "a comparison")


def refuse(
    code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "", value: str | None = None
) -> NoReturn:
    """Raise a RuleError with one problem; the caller adds the place of the formula."""
    raise RuleError([Problem(code, zh, en, remedy_zh, remedy_en, value=value)])


class Expr:
    """One node: an operation on other nodes.

    ``entity`` says whose value it is (None: the same for everybody), ``kind`` what it is; the value in mind is the
    node's integer divided by ``denominator``.
    """

    __slots__ = ("args", "attribute", "denominator", "entity", "kind", "op")

    def __init__(
        self,
        op: str,
        args: tuple[Expr, ...],
        kind: Kind,
        entity: str | None,
        denominator: int = 1,
        attribute: Any = None,
    ) -> None:
        self.op = op
        self.args = args
        self.kind = kind
        self.entity = entity
        self.denominator = denominator
        self.attribute = attribute

    __hash__ = object.__hash__

    def __bool__(self) -> NoReturn:
        refuse(
            "rule.truth",
            "公式中不能用 and、or、not、if，请用 all_of、any_of、not_、where",
            "a formula must not use and, or, not, if: use all_of, any_of, not_, where",
        )

    def __truediv__(self, other: Any) -> NoReturn:
        refuse(
            "rule.division",
            "请用 per(…) 再取整，不用 /",
            "divide with per(…) and a named rounding, never with /",
        )

    __floordiv__ = __truediv__

    def __add__(self, other: Operand) -> Expr:
        return _sum("add", self, other)

    def __radd__(self, other: Operand) -> Expr:
        return _sum("add", lift(other), self)

    def __sub__(self, other: Operand) -> Expr:
        return _sum("sub", self, other)

    def __rsub__(self, other: Operand) -> Expr:
        return _sum("sub", lift(other), self)

    def __mul__(self, other: Operand) -> Expr:
        return _product(self, lift(other))

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> Expr:
        return compare("lt", self, other)

    def __le__(self, other: Any) -> Expr:
        return compare("le", self, other)

    def __gt__(self, other: Any) -> Expr:
        return compare("gt", self, other)

    def __ge__(self, other: Any) -> Expr:
        return compare("ge", self, other)

    def __eq__(self, other: Any) -> Expr:  # type: ignore[override]
        return compare("eq", self, other)

    def __ne__(self, other: Any) -> Expr:  # type: ignore[override]
        same = compare("eq", self, other)
        return Expr("not", (same,), FLAG, same.entity)


Operand = Expr | int


class Ratio:
    """A quotient that is never computed as such: it is compared by cross-multiplication or rounded by name."""

    __slots__ = ("above", "below")

    def __init__(self, above: Expr, below: Expr) -> None:
        if below.kind.dimension not in ("number", above.kind.dimension):
            refuse(
                "rule.kind",
                "per 的分母应为数或同类量",
                "per divides by a number or by a value of the same kind",
            )
        self.above = above
        self.below = below

    @property
    def kind(self) -> Kind:
        """Money per number is money; money per money is a number."""
        return self.above.kind if self.below.kind.dimension == "number" else COUNT

    def __lt__(self, other: Operand) -> Expr:
        return _compare_ratio("lt", self, other)

    def __le__(self, other: Operand) -> Expr:
        return _compare_ratio("le", self, other)

    def __gt__(self, other: Operand) -> Expr:
        return _compare_ratio("gt", self, other)

    def __ge__(self, other: Operand) -> Expr:
        return _compare_ratio("ge", self, other)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> NoReturn:
        _refuse_equal()

    __ne__ = __eq__

    def __add__(self, other: object) -> NoReturn:
        _refuse_unrounded()

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __add__


def _refuse_equal() -> NoReturn:
    refuse(
        "rule.quotient",
        "商不能用 == 或 != 比较",
        "a quotient is not compared with == or !=",
        "用 <、<=、>、>=，或先取整",
        "use <, <=, >, >=, or round it by name",
    )


def _refuse_unrounded() -> NoReturn:
    refuse(
        "rule.quotient",
        "商须先取整，再参与运算或作为结果",
        "a quotient is rounded by name before it is used or given as a result",
        "用 round_half_up、round_up、round_down",
        "use round_half_up, round_up, round_down",
    )


def lift(value: Any) -> Expr:
    """An expression for a placeholder, an integer, a truth value or the name of a code."""
    if isinstance(value, Expr):
        return value
    if isinstance(value, bool):
        return Expr("const", (), FLAG, None, attribute=int(value))
    if isinstance(value, int):
        return Expr("const", (), COUNT, None, attribute=value)
    if isinstance(value, str):
        return Expr("const", (), TEXT, None, attribute=value)
    if isinstance(value, Ratio):
        _refuse_unrounded()
    refuse(
        "rule.value",
        f"公式中出现 {type(value).__name__} 类型的值",
        f"a {type(value).__name__} cannot stand in a formula",
    )


def common_entity(*args: Expr) -> str | None:
    """The entity of values that are used together; values of two entities cannot be."""
    entities = {arg.entity for arg in args if arg.entity is not None}
    if len(entities) > 1:
        names = ", ".join(sorted(entities))
        refuse(
            "rule.entity",
            f"不同对象的值不能直接运算：{names}",
            f"values of different entities meet: {names}; sum or project first",
        )
    return next(iter(entities), None)


def is_zero(expr: Expr) -> bool:
    """Whether the expression is the literal 0, which fits every kind."""
    return expr.op == "const" and expr.attribute == 0


def same_kind(what: tuple[str, str], left: Expr, right: Expr) -> Kind:
    """The kind of two values that must agree; a literal 0 agrees with everything.

    ``what`` names in Chinese and English where they meet.
    """
    if is_zero(left):
        return right.kind
    if is_zero(right) or left.kind.dimension == right.kind.dimension:
        return left.kind
    one, two = left.kind.dimension, right.kind.dimension
    zh, en = what
    refuse("rule.kind", f"{zh}：{one} 与 {two} 不是同类量", f"{en}: {one} and {two} are different kinds")


def scaled(expr: Expr, denominator: int) -> Expr:
    """The same value over a larger denominator."""
    factor = denominator // expr.denominator
    if factor == 1:
        return expr
    if expr.op == "const":
        return Expr("const", (), expr.kind, None, denominator, expr.attribute * factor)
    return Expr(
        "mul", (expr, Expr("const", (), COUNT, None, attribute=factor)), expr.kind, expr.entity, denominator
    )


def aligned(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both values over their common denominator."""
    common = max(left.denominator, right.denominator)
    return scaled(left, common), scaled(right, common)


def _sum(op: str, left: Expr, other: Operand) -> Expr:
    right = lift(other)
    kind = same_kind(("加减", "a sum"), left, right)
    left, right = aligned(left, right)
    if kind.name == "date":
        kind = COUNT
    return Expr(op, (left, right), kind, common_entity(left, right), left.denominator)


def _product(left: Expr, right: Expr) -> Expr:
    numbers = [arg for arg in (left, right) if arg.kind.dimension == "number"]
    if not numbers or {left.kind.name, right.kind.name} & {"flag", "date", "text", "code"}:
        refuse("rule.kind", "相乘的两项中至少一项应为数", "one side of a product must be a number")
    kind = left.kind if right.kind.dimension == "number" else right.kind
    return Expr("mul", (left, right), kind, common_entity(left, right), left.denominator * right.denominator)


def as_code(expr: Expr, kind: Kind) -> Expr:
    """Turn names of codes, also those in the branches of ``where``, into positions in the set of ``kind``."""
    if expr.kind is not TEXT:
        return expr
    if expr.op == "const":
        assert kind.codes is not None
        known = kind.codes.entries
        if expr.attribute not in known:
            hint = nearest(str(expr.attribute), known)
            refuse(
                "rule.code",
                f"代码集 {kind.codes.name} 中没有 {expr.attribute}；相近：{hint}",
                f"code set {kind.codes.name} has no {expr.attribute}; near: {hint}",
            )
        return Expr("const", (), kind, None, attribute=kind.codes.index(expr.attribute))
    condition, *branches = expr.args
    return Expr(expr.op, (condition, *(as_code(branch, kind) for branch in branches)), kind, expr.entity)


def compare(op: str, left: Expr, other: Any) -> Expr:
    """A comparison, which keeps its two sides; codes may be compared with their names."""
    if isinstance(other, Ratio):
        if op == "eq":
            _refuse_equal()
        return _compare_ratio({"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}[op], other, left)
    right = lift(other)
    if left.kind.codes is not None:
        right = as_code(right, left.kind)
    elif right.kind.codes is not None:
        left = as_code(left, right.kind)
    same_kind(_COMPARISON, left, right)
    left, right = aligned(left, right)
    return _ordered(op, left, right, (left, right))


def _ordered(op: str, left: Expr, right: Expr, sides: tuple[Expr | Ratio, Expr]) -> Expr:
    flipped = {"gt": "lt", "ge": "le"}
    args = (right, left) if op in flipped else (left, right)
    return Expr(flipped.get(op, op), args, FLAG, common_entity(left, right), attribute=(op, sides))


def _compare_ratio(op: str, ratio: Ratio, other: Operand) -> Expr:
    limit = lift(other)
    probe = Expr("const", (), ratio.kind, None, attribute=1)
    same_kind(_COMPARISON, probe, limit)
    if limit.kind.dimension == "number" and ratio.below.kind.dimension != "number":
        right = Expr(
            "mul",
            (limit, ratio.below),
            ratio.below.kind,
            common_entity(limit, ratio.below),
            limit.denominator * ratio.below.denominator,
        )
    else:
        right = limit * ratio.below
    left, right = aligned(ratio.above, right)
    return _ordered(op, left, right, (ratio, limit))


def _times(expr: Expr, factor: int) -> Expr:
    """The node's integer times ``factor``; kind and denominator are the caller's business."""
    return (
        expr if factor == 1 else Expr("mul", (expr, lift(factor)), expr.kind, expr.entity, expr.denominator)
    )


def rounded(mode: str, value: Expr | Ratio, step: int) -> Expr:
    """``value`` as a whole multiple of ``step``: ``floor``, ``half_up`` or ``ceil`` (towards plus infinity)."""
    if isinstance(value, Ratio):
        above = _times(value.above, value.below.denominator)
        divisor = _times(value.below, value.above.denominator * step)
    else:
        above, divisor = value, lift(value.denominator * step)
    quotient = Expr("div", (above, divisor), value.kind, common_entity(above, divisor), 1, mode)
    return _times(quotient, step)


def as_rate(value: Expr | Ratio) -> Expr:
    """A number in ten-thousandths, half up; of a quotient by zero, as if by one. Only for showing, never for deciding."""
    if not isinstance(value, Ratio):
        return scaled(value, RATE_DENOMINATOR)
    above = _times(value.above, value.below.denominator * RATE_DENOMINATOR)
    safe = Expr("max", (value.below, lift(1)), value.below.kind, value.below.entity)
    divisor = _times(safe, value.above.denominator)
    return Expr("div", (above, divisor), COUNT, common_entity(above, divisor), RATE_DENOMINATOR, "half_up")
