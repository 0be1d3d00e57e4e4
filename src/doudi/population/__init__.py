"""Synthetic registers: counties of people who do not exist.

:func:`generate` makes the tables of a register, :func:`write` lays them down as Parquet. Nobody in them is real: names
are drawn at random, there are no identity numbers, and the county codes do not occur in GB/T 2260.
"""

from doudi.population.register import generate, write

__all__ = ["generate", "write"]
