"""The departments' data: contracts, landing, checking, setting aside, and the rows in effect.

``land`` and ``check`` take a file; ``current`` and ``history`` give rows; ``stale`` tells what has not come.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.feeds.contract_model import Contract, FeedError, Field, contract, contracts
    from doudi.feeds.effective import current, history
    from doudi.feeds.freshness import Staleness, stale
    from doudi.feeds.landing import check, land
    from doudi.feeds.report import Report, TableReport

_PLACES = {
    "Contract": "contract_model", "FeedError": "contract_model", "Field": "contract_model", "contract": "contract_model",
    "contracts": "contract_model", "current": "effective", "history": "effective", "Staleness": "freshness",
    "stale": "freshness", "check": "landing", "land": "landing", "Report": "report", "TableReport": "report",
}  # fmt: skip

__all__ = [
    "Contract",
    "FeedError",
    "Field",
    "Report",
    "Staleness",
    "TableReport",
    "check",
    "contract",
    "contracts",
    "current",
    "history",
    "land",
    "stale",
]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"doudi.feeds.{_PLACES[name]}"), name)
