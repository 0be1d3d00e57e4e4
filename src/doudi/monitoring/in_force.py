"""One text for the law and the catalogue of indicators by which a night is watched; nights on which both are the same share it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from hashlib import sha256

from doudi.assessment.frozen import formula_hashes
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.law import watch_of


@cache
def law_in_force(region: str, day: date) -> str:
    """The sha256 over all formulas in force, all values of parameters, and what the entries of the indicators decide.

    Raises:
        RegionError: the region is not known.
    """
    watch = watch_of(region, day, day)
    entries = [
        (one.id, one.level, one.subject, one.rule, one.worse, one.stands, sorted(one.sources.items()))
        for one in catalogue().indicators.values()
    ]
    text = json.dumps([formula_hashes(watch.graph), dict(watch.values), entries], sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()
