"""Synthetic counties of people who do not exist.

:func:`world_of` makes the truth of a county over two years, :func:`write_world` lays it down, :func:`register_at` gives the
register of a day. :func:`generate` makes a register as a clerk has it (:func:`as_recorded`), :func:`write` lays it down as Parquet. Nobody in
them is real: names are drawn at random, and the county codes do not occur in GB/T 2260.
"""

from doudi.population.clerk import as_recorded
from doudi.population.county_world import world_of, write_world
from doudi.population.register import generate, write
from doudi.population.register_at import register_at
from doudi.population.world import World

__all__ = ["World", "as_recorded", "generate", "register_at", "world_of", "write", "write_world"]
