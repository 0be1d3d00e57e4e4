"""What rooms do when a step is taken: in the same transaction, so that both happen or neither.

    @after("application", "pay")
    def enter_payment(case: Case, step: Step, taken: Taken, user: Any) -> None: ...

Where there is seldom something to do, ``among`` tells of many steps at once after which of them there is:

    @after(ANY, ANY, among=those_that_hang)
    def keep_in_step(case: Case, step: Step, taken: Taken, user: Any) -> None: ...

The modules that register effects are named in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from importlib import import_module
from itertools import groupby
from typing import Any, NamedTuple

MODULES: tuple[str, ...] = (
    "doudi.web.cases.services.entitling",
    "doudi.web.cases.services.committing",
    "doudi.web.cases.services.netting",
    "doudi.web.cases.services.bereavement",
    "doudi.web.cases.services.recording",
    "doudi.web.cases.services.escalating",
    "doudi.web.applications.guards",
    "doudi.web.means.services",
    "doudi.web.chain.effects",
    "doudi.web.notices.effects",
    "doudi.web.notices.services.amending",
    "doudi.web.warnings.effects",
)
ANY = "*"
Effect = Callable[..., None]


class Followed(NamedTuple):
    """A step that was taken: its case as it stands now, the stored step, and what the procedure says of it."""

    case: Any
    step: Any
    taken: Any


Among = Callable[[list[Followed]], Collection[int]]
"""Of the cases of some steps the numbers of those of which an effect has to see."""


class _Registered(NamedTuple):
    effect: Effect
    among: Among | None


_effects: dict[tuple[str, str], list[_Registered]] = {}


def after(kind: str, step: str, among: Among | None = None) -> Callable[[Effect], Effect]:
    """Register a function for a step of a kind of case; ``ANY`` stands for every kind or step."""

    def add(effect: Effect) -> Effect:
        _effects.setdefault((kind, step), []).append(_Registered(effect, among))
        return effect

    return add


def carry_out(steps: Iterable[Followed], user: Any) -> None:
    """Do all that rooms have registered for steps, of which each is of a case of its own."""
    _load()
    for (kind, name), group in groupby(steps, key=lambda each: (each.case.kind, each.step.step)):
        taken = list(group)
        for registered in _registered(kind, name):
            numbers = None if registered.among is None else registered.among(taken)
            for each in taken:
                if numbers is None or each.case.pk in numbers:
                    registered.effect(*each, user)


def _registered(kind: str, step: str) -> list[_Registered]:
    return [each for one in (kind, ANY) for name in (step, ANY) for each in _effects.get((one, name), ())]


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
