"""Filters of the chain."""
