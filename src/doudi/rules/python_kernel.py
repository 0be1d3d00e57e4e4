"""The law for one household: compiled plain Python, every named value in well under a tenth of a millisecond."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any

from doudi.rules.program import Program
from doudi.rules.python_source import Place, PythonDialect, PythonSource


def union(sources: Sequence[int]) -> int:
    """All bits of several bit sets."""
    result = 0
    for bits in sources:
        result |= bits
    return result


class Values(Mapping[str, Any]):
    """The outputs of a kernel by name.

    A value that may be uncertain stands as ``(least, greatest, sources)``, without sources if the kernel does not explain;
    values of rows stand as tuples. Values that the kernel left with their rows are put together when they are asked for.
    """

    __slots__ = ("_columns", "_places", "_values")

    def __init__(self, places: Mapping[str, Place], values: Sequence[Any]) -> None:
        self._places = places
        self._values = values
        self._columns: dict[int, tuple[tuple[Any, ...], ...]] = {}

    def __getitem__(self, name: str) -> Any:
        place = self._places[name]
        if isinstance(place, int):
            return self._values[place]
        columns = self._columns_of(place[0])
        if len(place[1]) == 1:
            return columns[place[1][0]] if columns else ()
        return tuple([columns[column] if columns else () for column in place[1]])

    def _columns_of(self, rows: int) -> tuple[tuple[Any, ...], ...]:
        """What was left with these rows, column by column; nothing if there are none."""
        columns = self._columns.get(rows)
        if columns is None:
            columns = self._columns[rows] = tuple(zip(*self._values[rows], strict=True))
        return columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class PythonKernel:
    """A compiled kernel: ``bind`` it to the parameters of a place and a day, then call it with a household's facts.

    ``explained``: it tells what uncertain values rest on.
    """

    def __init__(
        self,
        program: Program,
        outputs: Mapping[str, int],
        unknown: Collection[str] = (),
        explained: bool = True,
    ) -> None:
        source = PythonSource(program, outputs, unknown, explained)
        self.text = source.text()
        self.scope = source.scope
        self.uncertain = {name for name, number in outputs.items() if number in self.scope.uncertain}
        self._places = source.places()
        module = compile(self.text, "<law>", "exec")
        self._code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))

    def bind(self, parameters: Mapping[str, Any], context: Mapping[str, int]) -> Callable[[Any], Values]:
        """The kernel as a function of a household's facts: ``{entity: row or rows}`` → values by name."""
        names = self.scope.scalars(parameters, context, PythonDialect())
        names.update(union=union)
        function, places = FunctionType(self._code, names), self._places
        return lambda facts: Values(places, function(facts))
