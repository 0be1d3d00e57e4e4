"""Synthetic counties of people who do not exist.

:func:`world_of` makes the truth of a county over two years, :func:`write_world` lays it down, :func:`register_at` gives the
register of a day. :func:`generate` makes a register as a clerk has it (:func:`as_recorded`), :func:`write` lays it down as Parquet. Nobody in
them is real: names are drawn at random, and the county codes do not occur in GB/T 2260.
"""

from typing import TYPE_CHECKING, Any

from doudi.population.register_at import register_at
from doudi.population.world import World

if TYPE_CHECKING:
    from doudi.population.clerk import as_recorded
    from doudi.population.county_world import world_of, write_world
    from doudi.population.register import generate, write

_PLACES = {
    "as_recorded": "clerk", "generate": "register", "write": "register", "world_of": "county_world", "write_world": "county_world",
}  # fmt: skip

__all__ = ["World", "as_recorded", "generate", "register_at", "world_of", "write", "write_world"]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for: who reads a world need not be able to make one."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"doudi.population.{_PLACES[name]}"), name)
