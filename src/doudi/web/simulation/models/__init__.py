"""What is stored of simulations."""

from doudi.web.simulation.models.move import Move
from doudi.web.simulation.models.simulation import Simulation, State

__all__ = ["Move", "Simulation", "State"]
