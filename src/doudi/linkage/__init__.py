"""Whose row is it: rows of many departments linked to one person, with a probability and the reasons for it.

    rows, persons  ──►  link()  ──►  links · candidates · waterfall · model

A row is linked by the first rule of the cascade that holds (``chinese.yaml``), else by weights that Splink finds without
labels; what only a person may decide is left to a person. ``link_into`` keeps a linkage in a folder and links only what is
new. This room knows tables and no department.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.linkage.config import Config, read_config
    from doudi.linkage.decisions import read_decisions
    from doudi.linkage.errors import LinkageError
    from doudi.linkage.evaluation import Evaluation, evaluate
    from doudi.linkage.households import households_found, link_groups, supported_by_group
    from doudi.linkage.linkage import Linkage, link
    from doudi.linkage.model import Model, read_model
    from doudi.linkage.store import Run, link_into, made_otherwise

_WHERE = {
    "Config": "config", "Evaluation": "evaluation", "Linkage": "linkage", "LinkageError": "errors", "Model": "model",
    "Run": "store", "evaluate": "evaluation", "households_found": "households", "link": "linkage",
    "link_groups": "households", "link_into": "store", "made_otherwise": "store", "read_config": "config",
    "read_decisions": "decisions", "read_model": "model", "supported_by_group": "households",
}  # fmt: skip

__all__ = [
    "Config",
    "Evaluation",
    "Linkage",
    "LinkageError",
    "Model",
    "Run",
    "evaluate",
    "households_found",
    "link",
    "link_groups",
    "link_into",
    "made_otherwise",
    "read_config",
    "read_decisions",
    "read_model",
    "supported_by_group",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
