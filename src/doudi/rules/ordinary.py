"""Ordinary values: what a formula works on when it is called directly, one household at a time.

Known values are plain: int, Fraction, bool, str. A value that is not known is a :class:`Range` of what it may be; a
truth value that is not known is ``Range(False, True)``. Arithmetic on ranges keeps to what is certain, so a test can
still be decided when the unknown cannot change its outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NoReturn

Number = int | Fraction


class Range:
    """A value known only to lie between ``low`` and ``high``, both included."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any) -> None:
        self.low = low
        self.high = high

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Range({self.low!r}, {self.high!r})"

    def __bool__(self) -> NoReturn:
        raise TypeError("an unknown value is neither true nor false: use all_of, any_of, not_, where")

    def over(self, low: Any, high: Any) -> Any:
        """All from ``low`` to ``high``, of the same kind as this."""
        return between(low, high)

    def __add__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.low + low, self.high + high)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.low - high, self.high - low)

    def __rsub__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(low - self.high, high - self.low)

    def __mul__(self, other: Any) -> Any:
        low, high = bounds(other)
        products = [self.low * low, self.low * high, self.high * low, self.high * high]
        return between(min(products), max(products))

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.high < low, self.low < high)

    def __le__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.high <= low, self.low <= high)

    def __gt__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.low > high, self.high > low)

    def __ge__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.low >= high, self.high >= low)

    def __eq__(self, other: Any) -> Any:
        low, high = bounds(other)
        return between(self.low == self.high == low == high, self.low <= high and low <= self.high)

    def __ne__(self, other: Any) -> Any:
        return negate(self == other)


def bounds(value: Any) -> tuple[Any, Any]:
    """Both ends of a value; they coincide when it is known."""
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def between(low: Any, high: Any) -> Any:
    """The plain value when both ends agree, else the range."""
    return low if low == high else Range(low, high)


def is_known(value: Any) -> bool:
    """Whether the value is certain."""
    return not isinstance(value, Range)


def negate(value: Any) -> Any:
    """Not, with three values."""
    low, high = bounds(value)
    return between(not high, not low)


def fold(function: Callable[[Any, Any], Any], values: Any) -> Any:
    """Apply a function that grows with each argument to both ends of all values."""
    lows, highs = zip(*(bounds(value) for value in values), strict=True)
    low, high = lows[0], highs[0]
    for one, two in zip(lows[1:], highs[1:], strict=True):
        low, high = function(low, one), function(high, two)
    return between(low, high)


class OneOf:
    """One of several codes by name, not known which; becomes a range once their set is known."""

    __slots__ = ("names",)

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names


def _names(value: Any) -> frozenset[str]:
    return value.names if isinstance(value, OneOf) else frozenset([value])


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where the condition holds, ``no`` where it fails, all that either may be where it is unknown."""
    sure, possible = bounds(condition)
    if sure:
        return yes
    if not possible:
        return no
    if isinstance(yes, str | OneOf):
        return OneOf(_names(yes) | _names(no))
    (yes_low, yes_high), (no_low, no_high) = bounds(yes), bounds(no)
    return between(min(yes_low, no_low), max(yes_high, no_high))


class Table(Mapping[Any, Any]):
    """A parameter with one value for each code; it is read with ``lookup``."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: Any) -> Any:
        return self._values[key]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def read_table(table: Table, key: Any) -> Any:
    """The value for a code; for an unknown code all that the table's possible codes say."""
    low, high = bounds(key)
    if low == high:
        return table[low]
    cells = [table[position] for position in range(low, high + 1)]
    ends = [bounds(cell) for cell in cells]
    least, greatest = min(end[0] for end in ends), max(end[1] for end in ends)
    return cells[0].over(least, greatest) if isinstance(cells[0], Range) else between(least, greatest)


def ratio(above: Any, below: Any) -> Any:
    """An exact quotient. A positive value over zero lies above every limit."""
    if isinstance(above, Range) or isinstance(below, Range) or below == 0:
        return Quotient(above, below)
    return Fraction(above) / Fraction(below)


class Quotient:
    """A quotient with an unknown side or a zero below; compared by cross-multiplication."""

    __slots__ = ("above", "below")

    def __init__(self, above: Any, below: Any) -> None:
        self.above = above
        self.below = below

    def __lt__(self, other: Any) -> Any:
        return self.above < other * self.below

    def __le__(self, other: Any) -> Any:
        return self.above <= other * self.below

    def __gt__(self, other: Any) -> Any:
        return self.above > other * self.below

    def __ge__(self, other: Any) -> Any:
        return self.above >= other * self.below


def round_one(mode: str, value: Number, step: int) -> int:
    """``value`` as a whole multiple of ``step``."""
    exact = Fraction(value) / step
    if mode == "half_up":
        exact += Fraction(1, 2)
    whole = exact.numerator // exact.denominator
    if mode == "ceil" and whole != exact:
        whole += 1
    return whole * step


def round_value(mode: str, value: Any, step: int) -> Any:
    """Round a plain value, both ends of a range, or a quotient with an unknown side."""
    if isinstance(value, Quotient):
        above, below = bounds(value.above), bounds(value.below)
        ends = [Fraction(one) / Fraction(two) for one in above for two in below]
        return between(round_one(mode, min(ends), step), round_one(mode, max(ends), step))
    low, high = bounds(value)
    return between(round_one(mode, low, step), round_one(mode, high, step))
