"""Nobody may be counted who is not yet born on the day of assessment."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from doudi.facts.register.convert import Table
from doudi.facts.values import not_born, show


def check_births(tables: Mapping[str, Table], on: int) -> None:
    """Add the fault of each row whose ``born`` lies after the day ``on`` (``yyyymmdd``)."""
    for table in tables.values():
        heading = table.headings.get("born")
        if heading is None:
            continue
        fact = table.source.entity.facts["born"]
        born = table.given[fact.name]
        if born.bounds is None or born.bounds[1] <= on:
            continue
        places = np.flatnonzero((born.values > on) & ~born.mask())
        days, which = np.unique(born.values[places], return_inverse=True)
        fault = not_born(fact, on)
        table.faults.add_values(heading, places, which, [(fault, show(fact, int(day))) for day in days])
