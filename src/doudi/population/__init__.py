"""Synthetic registers: counties of people who do not exist."""
