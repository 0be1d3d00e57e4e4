"""Filters for simulations."""
