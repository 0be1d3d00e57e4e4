"""The value of a parameter at which a given share of people is covered: searched for, each try being a whole look at the population."""

from __future__ import annotations

from collections.abc import Callable
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
MOST_TIMES = 32
"""So many times larger or smaller than now a value is looked for."""
Told = Callable[[int, float], None]
"""Told the number of a try and the share that it covers."""


class ReachError(LawError):
    """No value of the parameter covers the share that was asked for."""


@dataclass(frozen=True)
class Reached:
    """``settings`` as ``--set`` takes them, the ``side`` that they lead to, the ``share`` of persons covered, and how many ``tries`` it took."""

    settings: dict[str, str]
    side: Side
    share: float
    tries: int


def reach(
    register: Register,
    statute: Statute,
    parameter: str,
    share: float,
    tier: str = "any",
    told: Told | None = None,
) -> Reached:
    """The least change of ``parameter`` (all codes of a table in the same proportion) by which at least ``share`` of all persons are in
    ``tier`` (a tier, ``basic`` or ``any``).

    It is taken that more people are covered the greater the value is.

    Raises:
        LawError: there is no such parameter, or it is not a number that is set.
        ReachError: no value that is permitted and up to 32 times as large or small reaches it.
    """
    return _Search(register, statute, parameter, share, tier, told).reached()


class _Search:
    def __init__(
        self, register: Register, statute: Statute, parameter: str, share: float, tier: str, told: Told | None
    ) -> None:
        self.register, self.statute, self.parameter = register, statute, parameter
        self.share, self.tier, self.told = share, tier, told
        self.now = _values(statute.resolved, parameter)
        self.tried: dict[tuple[tuple[str, str], ...], Reached] = {}

    def reached(self) -> Reached:
        """The least value that covers enough."""
        low, high, best = 0, WHOLE, self._at(WHOLE)
        while best is not None and best.share < self.share and high < WHOLE * MOST_TIMES:
            low, high = high, high * 2
            best = self._at(high)
        if best is None or best.share < self.share:
            raise ReachError([_out_of_reach(self.parameter, self.share, best)])
        while high - low > 1:
            middle = (low + high) // 2
            found = self._at(middle)
            if found is not None and found.share >= self.share:
                high, best = middle, found
            else:
                low = middle
            if self._settings(low) == self._settings(high):
                break
        return Reached(best.settings, best.side, best.share, len(self.tried))

    def _at(self, factor: int) -> Reached | None:
        """What the values times ``factor`` ten-thousandths lead to; None where they are not permitted."""
        settings = self._settings(factor)
        key = tuple(settings.items())
        if key not in self.tried:
            try:
                resolved = self.statute.resolved.replace(settings)
            except ParameterError:
                return None
            side = Side.of(self.register, self.statute.with_resolved(resolved))
            found = next(each for each in coverage(side) if each.tier == self.tier).share
            self.tried[key] = Reached(settings, side, found, 0)
            if self.told:
                self.told(len(self.tried), found)
        return self.tried[key]

    def _settings(self, factor: int) -> dict[str, str]:
        """The values in file units: money in whole yuan."""
        definition = self.statute.resolved.definition(_name(self.statute.resolved, self.parameter))
        step = YUAN if definition.kind == "money" else 1
        return {
            path: definition.unit.number(round(value * factor / WHOLE / step) * step)
            for path, value in self.now.items()
        }


def _name(resolved: Resolved, parameter: str) -> str:
    name = parameter.rpartition(".")[0]
    return name if parameter not in resolved.definitions and name in resolved.definitions else parameter


def _values(resolved: Resolved, parameter: str) -> dict[str, int]:
    """The values that are varied, by the path of each.

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


def _out_of_reach(parameter: str, share: float, best: Reached | None) -> Problem:
    most = "" if best is None else f"{best.share:.2%}"
    return Problem(
        "reach.out_of_reach", f"调整这个参数达不到 {share:.2%}" + (f"，最多 {most}" if most else "，再高就超出允许的范围"),
        f"{share:.2%} is out of reach by this parameter" + (f": {most} at most" if most else ": more is not permitted"),
        "换一个参数，或者先用 --set 改别的", "vary another one, or change others first with --set", value=parameter,
    )  # fmt: skip
