"""Two registers into one (两项政策衔接并轨, M6): the list against return to poverty and the low-income base of civil affairs.

Each person of the list is matched with the base and with all who are known, and placed: covered already, newly qualifying,
below a need for help, or open with a reason. The places are proposals; village, township and county give their opinions,
and a person of the county decides. ``converge`` does all of it; the modules are its steps.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.convergence.errors import ConvergenceError
    from doudi.convergence.run import Converged, converge
    from doudi.convergence.writing import write

_WHERE = {"Converged": "run", "ConvergenceError": "errors", "converge": "run", "write": "writing"}

__all__ = ["Converged", "ConvergenceError", "converge", "write"]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
