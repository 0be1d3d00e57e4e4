"""What a value is: money, a number, a flag, a date, an area, or a code of a set; and whose it is: the entities.

Inside the engine every value is an integer: money in fen, areas in 1/100 m², dates as ``yyyymmdd``, flags as 0 and 1,
codes as positions in their set. A number may stand over a fixed denominator: rates are ten-thousandths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from doudi.rules.codes import CodeSet

RATE_DENOMINATOR = 10_000
FEN = 1
JIAO = 10
YUAN = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value. ``codes`` is set for codes only; ``denominator`` is 10,000 for rates, else 1."""

    name: str
    codes: CodeSet | None = None
    denominator: int = 1

    @property
    def dimension(self) -> str:
        """What may be added and compared: rates and counts are both numbers."""
        if self.codes is not None:
            return f"code:{self.codes.name}"
        return "number" if self.name in ("count", "rate") else self.name


MONEY = Kind("money")
COUNT = Kind("count")
RATE = Kind("rate", denominator=RATE_DENOMINATOR)
AREA = Kind("area")
FLAG = Kind("flag")
DATE = Kind("date")
BASIC_KINDS = {kind.name: kind for kind in (MONEY, COUNT, RATE, AREA, FLAG, DATE)}


def code(codes: CodeSet) -> Kind:
    """The kind of a code of the set ``codes``."""
    return Kind("code", codes)


@dataclass(frozen=True, slots=True)
class Link:
    """From each row of an entity to one row of ``to``. An optional link may be absent (−1)."""

    name: str
    to: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A sort of thing that facts are about; its first link leads to its parent. The root has none.

    ``at_most`` bounds the rows that one parent may have; it carries the proof that sums cannot overflow. ``doubt`` names the
    flag, the same for everybody, that says whether there may be rows beyond those at hand: while it holds or is not known,
    what rows are folded to is the least (for "all": the most) that it may be. Empty where all rows are always at hand.
    """

    name: str
    links: tuple[Link, ...] = ()
    at_most: int = 1
    doubt: str = ""

    @property
    def parent(self) -> str | None:
        """The entity this one belongs to, or None for the root."""
        return self.links[0].to if self.links else None


@dataclass(frozen=True, slots=True)
class Input:
    """A fact as the engine sees it: an integer between ``low`` and ``high``, for each row of ``entity``.

    ``entity`` is None for a value that is the same for everybody, such as ``today``.
    """

    name: str
    entity: str | None
    kind: Kind
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ParameterSlot:
    """A parameter as the engine sees it: one integer, or one for each code of the set ``by``."""

    name: str
    kind: Kind
    low: int
    high: int
    by: CodeSet | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """All that formulas may refer to besides each other: entities, facts, parameters, code sets."""

    entities: Mapping[str, Entity]
    inputs: Mapping[str, Input]
    parameters: Mapping[str, ParameterSlot]
    codes: Mapping[str, CodeSet] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The entity without a parent."""
        return next(entity.name for entity in self.entities.values() if entity.parent is None)

    def path_up(self, start: str, end: str) -> tuple[str, ...] | None:
        """The entities from ``start`` through its parents to ``end``, or None when ``end`` is no ancestor."""
        path = [start]
        while path[-1] != end:
            parent = self.entities[path[-1]].parent
            if parent is None:
                return None
            path.append(parent)
        return tuple(path)
