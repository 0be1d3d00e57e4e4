"""Filters of case work."""
