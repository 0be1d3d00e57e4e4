"""What is stored of a convergence."""

from doudi.web.convergence.models.convergence import Convergence
from doudi.web.convergence.models.opinion import Opinion
from doudi.web.convergence.models.pair import Pair, PairState, Piece
from doudi.web.convergence.models.placement import Placement, State

__all__ = ["Convergence", "Opinion", "Pair", "PairState", "Piece", "Placement", "State"]
