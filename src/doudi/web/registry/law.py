"""The law of a county."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from doudi.assessment.statute import Statute, law_of, statute_of
from doudi.programmes.law import Offer
from doudi.programmes.law import law_of as law_of_programmes
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


def law_with(county: str, day: date, settings: Mapping[str, str]) -> Statute:
    """The same law with some parameters replaced, as text in file units and checked like a file.

    Raises:
        ParameterError: every unknown name and bad value, each with its parameter as ``column``.
    """
    statute = law_for(county, day)
    resolved = statute.resolved.replace(settings)
    return statute_of(statute.region, day, resolved, statute.graph)


@lru_cache(maxsize=32)
def offer_for(county: str, day: date) -> Offer:
    """What a county offers on a day of all departments; where nobody has written its own, its prefecture, its province, or the nation."""
    for place in (county, f"{county[:4]}00", f"{county[:2]}0000"):
        try:
            return Offer(law_of_programmes(place, day, specialised=False))
        except RegionError:
            continue
    return Offer(law_of_programmes(NATION, day, specialised=False))
