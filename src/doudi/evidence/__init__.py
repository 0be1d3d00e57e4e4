"""From rows to facts: what is known of each person and household on a day, from whom, and which value is used.

``build`` brings the registry of civil affairs and the departments' feeds together; ``explain`` tells why a fact is what it
is; ``schema`` describes what a build writes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.evidence.building import Built, build
    from doudi.evidence.errors import EvidenceError
    from doudi.evidence.explanation import Explanation, explain

_WHERE = {
    "Built": "building", "EvidenceError": "errors", "Explanation": "explanation", "build": "building", "explain": "explanation",
}  # fmt: skip

__all__ = ["Built", "EvidenceError", "Explanation", "build", "explain"]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
