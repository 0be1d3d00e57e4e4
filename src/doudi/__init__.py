"""Doudi (兜底): social assistance in tiers, with the law written once."""

__version__ = "0.1.0"
