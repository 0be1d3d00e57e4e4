"""Warnings and visits (预警、走访): what a night found, who goes there, what they found, and what came of it.

services.nights.take_in   a night of doudi watch becomes warnings, each with one case
"""
