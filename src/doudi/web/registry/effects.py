"""What rooms above do when a change of a household was approved: in the same transaction, so that both happen or neither.

    @after("death")
    def review(change: Change, by: Any) -> None: ...

The modules that register effects are named in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

MODULES: tuple[str, ...] = ("doudi.web.cases.services.bereavement",)
Effect = Callable[[Any, Any], None]
_effects: dict[str, list[Effect]] = {}


def after(kind: str) -> Callable[[Effect], Effect]:
    """Register a function for a kind of change (``ChangeKind``); it is given the change and who approved it."""

    def add(effect: Effect) -> Effect:
        _effects.setdefault(kind, []).append(effect)
        return effect

    return add


def carry_out(change: Any, by: Any) -> None:
    """Do all that rooms have registered for the kind of the change."""
    _load()
    for effect in _effects.get(change.kind, ()):
        effect(change, by)


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
