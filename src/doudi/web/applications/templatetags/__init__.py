"""Filters of applying."""
