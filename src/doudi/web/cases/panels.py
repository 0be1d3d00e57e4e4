"""What other rooms show on the tabs of a case.

    @panel("papers")
    def uploads(folder: Folder) -> Panel | None: ...

The modules that register panels are named in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

MODULES: tuple[str, ...] = ("doudi.web.means.panel", "doudi.web.cases.overpaid_panel")
_panels: dict[str, list[Callable[[Any], Panel | None]]] = {}


@dataclass(frozen=True, slots=True)
class Panel:
    """A template that is included below what the tab itself shows, with ``panel.context`` for it."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


def panel(tab: str) -> Callable[[Callable[[Any], Panel | None]], Callable[[Any], Panel | None]]:
    """Register a function from a folder to a panel of a tab; None shows nothing."""

    def add(maker: Callable[[Any], Panel | None]) -> Callable[[Any], Panel | None]:
        _panels.setdefault(tab, []).append(maker)
        return maker

    return add


def panels(tab: str, folder: Any) -> list[Panel]:
    """The panels of a tab."""
    _load()
    made = (maker(folder) for maker in _panels.get(tab, ()))
    return [each for each in made if each is not None]


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
