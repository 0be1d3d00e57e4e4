"""The lawful combination that is best for the household: an exact search, one group of conflicting options at a time.

The value of a combination is what its options pay in a year, each less what the options it is netted by pay, and within the
common caps. Of two combinations of equal value the one is taken that keeps the earlier option at the first place where they
differ, in the order in which the options are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Key = tuple[str, int]
"""A programme and the row of the person, −1 for the household."""


@dataclass(frozen=True)
class Problem:
    """What may be combined. ``values``: each option's amount in a year, in fen, in the order of preference.

    ``excluded``: pairs of which only one may be had. ``requires``: an option and one without which it cannot be had.
    ``netted``: an option and one whose amount is taken off it. ``caps``: options that together pay at most so much; the
    last of them gives way first.
    """

    values: Mapping[Key, int]
    excluded: frozenset[frozenset[Key]] = frozenset()
    requires: tuple[tuple[Key, Key], ...] = ()
    netted: tuple[tuple[Key, Key], ...] = ()
    caps: tuple[tuple[tuple[Key, ...], int], ...] = ()


@dataclass(frozen=True)
class Choice:
    """The combination: what each chosen option pays in a year, and how many nodes the search looked at."""

    paid: Mapping[Key, int]
    looked_at: int

    @property
    def total(self) -> int:
        """What all pay in a year, in fen."""
        return sum(self.paid.values())


def best(problem: Problem) -> Choice:
    """The best lawful combination."""
    paid: dict[Key, int] = {}
    looked_at = 0
    tied = {key for group in _groups(problem) for key in group}
    for component in components(problem):
        if component[0] not in tied:
            paid[component[0]] = problem.values[component[0]]
            continue
        search = _Search(problem, component)
        search.run()
        paid.update(payments(problem, search.chosen))
        looked_at += search.looked_at
    return Choice({key: paid[key] for key in problem.values if key in paid}, looked_at)


def lawful(problem: Problem, chosen: Iterable[Key]) -> bool:
    """Whether the options may be had together."""
    had = set(chosen)
    apart = all(not pair <= had for pair in problem.excluded)
    return apart and all(needed in had for one, needed in problem.requires if one in had)


def payments(problem: Problem, chosen: Iterable[Key]) -> dict[Key, int]:
    """What each of the chosen options pays, netted and capped."""
    had = set(chosen)
    paid: dict[Key, int] = {}

    def amount(key: Key) -> int:
        if key not in paid:
            less = sum(amount(other) for one, other in problem.netted if one == key and other in had)
            paid[key] = max(problem.values[key] - less, 0)
        return paid[key]

    for key in problem.values:
        if key in had:
            amount(key)
    for members, limit in problem.caps:
        left = max(limit, 0)
        for key in members:
            if key in paid:
                paid[key] = min(paid[key], left)
                left -= paid[key]
    return paid


def components(problem: Problem) -> Iterator[list[Key]]:
    """The options in groups that have nothing to do with each other, each in the order given."""
    near: dict[Key, set[Key]] = {}
    for group in _groups(problem):
        for key in group:
            near.setdefault(key, set()).update(group)
    seen: set[Key] = set()
    for key in problem.values:
        if key in seen:
            continue
        if key not in near:
            yield [key]
            continue
        found, waiting = set(), [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += near[one]
        seen |= found
        yield [one for one in problem.values if one in found]


def _groups(problem: Problem) -> list[tuple[Key, ...]]:
    """Options that a relation or a cap joins."""
    groups = [tuple(pair) for pair in problem.excluded]
    return [*groups, *problem.requires, *problem.netted, *(members for members, _ in problem.caps)]


@dataclass
class _Search:
    """Branch and bound over one group: an option is taken before it is left; what all the rest would pay is the bound."""

    problem: Problem
    options: list[Key]
    chosen: tuple[Key, ...] = ()
    value: int = -1
    looked_at: int = 0
    _rest: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Find the best combination of the group."""
        self._rest = [0]
        for key in reversed(self.options):
            self._rest.append(self._rest[-1] + self.problem.values[key])
        self._rest.reverse()
        self._visit(0, (), 0)

    def _visit(self, place: int, taken: tuple[Key, ...], gross: int) -> None:
        self.looked_at += 1
        if gross + self._rest[place] <= self.value:
            return
        if place == len(self.options):
            if lawful(self.problem, taken):
                value = sum(payments(self.problem, taken).values())
                if value > self.value:
                    self.value, self.chosen = value, taken
            return
        key = self.options[place]
        if not any(frozenset((key, other)) in self.problem.excluded for other in taken):
            self._visit(place + 1, (*taken, key), gross + self.problem.values[key])
        self._visit(place + 1, taken, gross)
