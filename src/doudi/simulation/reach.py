"""The value of a parameter at which a given share of people is covered: searched for, each try being a whole look at the population.

From the values as they are the search goes outward, up and down in steps, to the first that lies on the other side of the share, and
then halves the step. It finds the nearest such line; where coverage rises and falls within a step, it may miss one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from doudi.assessment.statute import Statute
from doudi.facts.register import Register
from doudi.rules.errors import LawError, ParameterError, Problem
from doudi.rules.parameters import Resolved
from doudi.simulation.figures import coverage
from doudi.simulation.side import Side

WHOLE = 10_000
"""The values as they are; they are varied in ten-thousandths of that."""
YUAN = 100
_UP = (1.1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8, 16, 32)
_DOWN = (0.9, 0.75, 0.5, 0.25, 0.1, 0.05)
"""Steps of the search outward."""
Told = Callable[[int, float], None]
"""Told the number of a try and the share that it covers."""


class ReachError(LawError):
    """No value of the parameter was found that covers the share that was asked for."""


@dataclass(frozen=True)
class Reached:
    """``settings`` as ``--set`` takes them, the ``side`` that they lead to, the ``share`` of persons covered of the one that was
    ``wanted``, and how many ``tries`` it took. ``moved``: the values are not those of today.
    """

    settings: dict[str, str]
    side: Side
    share: float
    wanted: float
    tries: int
    moved: bool


def reach(
    register: Register,
    statute: Statute,
    parameter: str,
    share: float,
    tier: str = "any",
    told: Told | None = None,
) -> Reached:
    """The value of ``parameter`` (all codes of a table in the same proportion) at the line nearest to today's at which ``share`` of all
    persons are just in ``tier`` (a tier, ``basic`` or ``any``).

    Where today's value covers more, it is the last one that still covers enough; where every permitted value does, today's.

    Raises:
        LawError: there is no such parameter, or it is not a number that is set.
        ReachError: no value that is permitted and up to 32 times as large or 20 times as small was found to cover it.
    """
    return _Search(register, statute, parameter, share, tier, told).reached()


class _Search:
    def __init__(
        self, register: Register, statute: Statute, parameter: str, share: float, tier: str, told: Told | None
    ) -> None:
        self.register, self.statute, self.parameter = register, statute, parameter
        self.share, self.tier, self.told = share, tier, told
        self.now = varied(statute.resolved, parameter)
        self.tried: dict[tuple[tuple[str, str], ...], float] = {}
        """The share that each try covered; what else a try yields is as large as the population and is not kept."""

    def reached(self) -> Reached:
        """The value at the nearest line."""
        enough = self._covers(WHOLE) or False
        for near, far in self._outward(up_first=not enough):
            if self._covers(far) is not enough:
                return self._found(self._line_between(near, far, enough))
        if not enough:
            raise ReachError([_out_of_reach(self.parameter, self.share, max(self.tried.values()))])
        return self._found(WHOLE)

    def _found(self, factor: int) -> Reached:
        side = self._side(factor)
        assert side is not None
        settings = self._settings(factor)
        share = self.tried[tuple(settings.items())]
        return Reached(settings, side, share, self.share, len(self.tried), factor != WHOLE)

    def _outward(self, up_first: bool) -> Iterator[tuple[int, int]]:
        """Steps away from today's value, each from where to where, as far as values are permitted."""
        for steps in (_UP, _DOWN) if up_first else (_DOWN, _UP):
            near = WHOLE
            for step in steps:
                far = round(WHOLE * step)
                if not self._permitted(far):
                    last = self._last_permitted(near, far)
                    if last != near:
                        yield near, last
                    break
                yield near, far
                near = far

    def _last_permitted(self, near: int, far: int) -> int:
        while abs(far - near) > 1:
            middle = (near + far) // 2
            near, far = (middle, far) if self._permitted(middle) else (near, middle)
        return near

    def _line_between(self, near: int, far: int, enough: bool) -> int:
        """The value that covers enough, next to one that does not."""
        covering, other = (near, far) if enough else (far, near)
        while abs(covering - other) > 1 and self._settings(covering) != self._settings(other):
            middle = (covering + other) // 2
            if self._covers(middle):
                covering = middle
            else:
                other = middle
        return covering

    def _resolved(self, factor: int) -> Resolved | None:
        """The parameters with the values times ``factor`` ten-thousandths; None where they are not permitted, or lie below a floor."""
        if factor == WHOLE:
            return self.statute.resolved
        try:
            found = self.statute.resolved.replace(self._settings(factor))
        except ParameterError:
            return None
        name = _name(found, self.parameter)
        return None if any(fault.name == name for fault in found.faults) else found

    def _permitted(self, factor: int) -> bool:
        return self._resolved(factor) is not None

    def _covers(self, factor: int) -> bool | None:
        """Whether enough are covered; None where the values are not permitted."""
        key = tuple(self._settings(factor).items())
        if key not in self.tried:
            side = self._side(factor)
            if side is None:
                return None
            self.tried[key] = next(each for each in coverage(side) if each.tier == self.tier).share
            if self.told:
                self.told(len(self.tried), self.tried[key])
        return self.tried[key] >= self.share

    def _side(self, factor: int) -> Side | None:
        """The population under the values times ``factor`` ten-thousandths; None where they are not permitted."""
        resolved = self._resolved(factor)
        return None if resolved is None else Side.of(self.register, self.statute.with_resolved(resolved))

    def _settings(self, factor: int) -> dict[str, str]:
        """The values in file units: money in whole yuan, but for what it is today."""
        definition = self.statute.resolved.definition(_name(self.statute.resolved, self.parameter))
        step = YUAN if definition.kind == "money" and factor != WHOLE else 1
        return {
            path: definition.unit.number(round(value * factor / WHOLE / step) * step)
            for path, value in self.now.items()
        }


def _name(resolved: Resolved, parameter: str) -> str:
    """The parameter of a path, which may name a code of its table."""
    name = parameter.rpartition(".")[0]
    definition = resolved.definitions.get(name)
    of_table = parameter not in resolved.definitions and definition is not None and definition.by is not None
    return name if of_table else parameter


def varied(resolved: Resolved, parameter: str) -> dict[str, int]:
    """The values that are varied of a parameter or of one code of its table, in engine integers, by the path of each.

    Raises:
        LawError: there is no such parameter, or it is not a number that is set.
    """
    name = _name(resolved, parameter)
    definition = resolved.definition(name)
    if definition.by is None:
        found = {name: resolved.at(name)}
    else:
        codes = definition.by.codes if name == parameter else [parameter.removeprefix(f"{name}.")]
        found = {f"{name}.{code}": resolved.at(name, code) for code in codes}
    known = {path: value for path, value in found.items() if value}
    if definition.kind not in ("money", "rate", "count", "area") or not known:
        raise LawError([Problem(
            "reach.parameter", "这个参数不是已经规定的数值，不能调整", "this parameter is no number that is set, so it cannot be varied",
            "换一个，如 dibao.standard、low_margin.multiple", "take another, such as dibao.standard or low_margin.multiple",
            value=parameter,
        )])  # fmt: skip
    return known


def _out_of_reach(parameter: str, share: float, most: float) -> Problem:
    return Problem(
        "reach.out_of_reach", f"调整这个参数，没有找到能覆盖 {share:.2%} 的值，试过的最多 {most:.2%}",
        f"no value of this parameter was found that covers {share:.2%}: {most:.2%} at most",
        "换一个参数，或者先改别的参数", "vary another one, or change others first", value=parameter,
    )  # fmt: skip
