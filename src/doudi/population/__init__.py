"""Synthetic counties of people who do not exist, with their truth over time."""

from doudi.population.county_world import world_of, write_world
from doudi.population.world import World

__all__ = ["World", "world_of", "write_world"]
