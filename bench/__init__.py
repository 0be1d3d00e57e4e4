"""Benchmarks: one line per bar, beside a peer in the same run. ``python -m bench [NAME]`` or ``make bench NAME=rules``."""
