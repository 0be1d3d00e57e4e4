"""Departments' files and the county's own registry, written from a synthetic world with controlled noise."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.feeds.synthetic.departments import write_departments
    from doudi.feeds.synthetic.files import Sent, SentFile, read_sent
    from doudi.feeds.synthetic.noise import NOISE, Noise
    from doudi.feeds.synthetic.registry import write_registry
    from doudi.feeds.synthetic.sending import land_all
    from doudi.feeds.synthetic.sharing import PROCESSORS, kept

_PLACES = {
    "write_departments": "departments", "Sent": "files", "SentFile": "files", "read_sent": "files", "NOISE": "noise",
    "Noise": "noise", "write_registry": "registry", "land_all": "sending", "PROCESSORS": "sharing", "kept": "sharing",
}  # fmt: skip

__all__ = [
    "NOISE",
    "PROCESSORS",
    "Noise",
    "Sent",
    "SentFile",
    "kept",
    "land_all",
    "read_sent",
    "write_departments",
    "write_registry",
]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"doudi.feeds.synthetic.{_PLACES[name]}"), name)
