"""Filters of notices."""
