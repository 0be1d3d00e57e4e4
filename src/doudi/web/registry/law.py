"""The law of a county."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from doudi.assessment.statute import Statute, law_of
from doudi.rules.errors import RegionError

NATION = "000000"


@lru_cache(maxsize=8)
def law_for(county: str, day: date) -> Statute:
    """The law of a county on a day; where nobody has written its own, that of its prefecture, its province, or the nation.

    The last ones are kept: whoever assesses another household of the county finds its kernels compiled.
    """
    for place in (county, f"{county[:4]}00", f"{county[:2]}0000"):
        try:
            return law_of(place, day)
        except RegionError:
            continue
    return law_of(NATION, day)
