"""What rooms do when a step is taken: in the same transaction, so that both happen or neither.

    @after("application", "pay")
    def enter_payment(case: Case, step: Step, taken: Taken, user: Any) -> None: ...

The modules that register effects are named in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

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
_effects: dict[tuple[str, str], list[Effect]] = {}


def after(kind: str, step: str) -> Callable[[Effect], Effect]:
    """Register a function for a step of a kind of case; ``ANY`` stands for every kind or step."""

    def add(effect: Effect) -> Effect:
        _effects.setdefault((kind, step), []).append(effect)
        return effect

    return add


def carry_out(case: Any, step: Any, taken: Any, user: Any) -> None:
    """Do all that rooms have registered for the step."""
    _load()
    for kind in (case.kind, ANY):
        for name in (step.step, ANY):
            for effect in _effects.get((kind, name), ()):
                effect(case, step, taken, user)


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
