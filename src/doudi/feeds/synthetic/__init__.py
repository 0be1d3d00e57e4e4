"""Departments' files and the county's own registry, written from a synthetic world with controlled noise."""

from doudi.feeds.synthetic.departments import Sent, SentFile, read_sent, write_departments
from doudi.feeds.synthetic.noise import NOISE, Noise

__all__ = ["NOISE", "Noise", "Sent", "SentFile", "read_sent", "write_departments"]
