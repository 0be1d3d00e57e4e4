"""Filters of the registry for templates."""
