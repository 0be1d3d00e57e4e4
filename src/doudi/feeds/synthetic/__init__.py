"""Departments' files and the county's own registry, written from a synthetic world with controlled noise."""

from doudi.feeds.synthetic.departments import write_departments
from doudi.feeds.synthetic.files import Sent, SentFile, read_sent
from doudi.feeds.synthetic.noise import NOISE, Noise
from doudi.feeds.synthetic.registry import write_registry
from doudi.feeds.synthetic.sending import land_all
from doudi.feeds.synthetic.sharing import PROCESSORS

__all__ = [
    "NOISE",
    "PROCESSORS",
    "Noise",
    "Sent",
    "SentFile",
    "land_all",
    "read_sent",
    "write_departments",
    "write_registry",
]
