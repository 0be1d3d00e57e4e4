"""Households for the tests of explanations, written as an officer writes them, and the law applied to them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from doudi.assessment.determination import Determination, assess
from doudi.assessment.statute import Statute, law_of
from doudi.facts.household_file import read_household

DEMONSTRATION_COUNTY = "999901"
DAY = date(2026, 8, 1)

WITH_A_VAN = """
household: {area: rural, safe_housing: true, safe_water: true}
persons:
  - {id: p1, name: 王小明, relation: head, born: 1970-03-02, marital: married, income: {wage: 9000}}
  - {id: p2, relation: child, born: 2012-01-01}
supporters: []
assets: [{kind: deposit, value: 12000}, {kind: vehicle, value: 52000}]
expenses: []
"""

ELDER_ALONE = """
household: {area: rural}
persons:
  - id: p1
    relation: head
    born: 1950-03-02
    income: {pension: 1560}
    can_eat: true
    can_dress: true
    can_leave_bed: false
    can_use_toilet: true
    can_walk_indoors: true
    can_bathe: false
supporters: []
assets: [{kind: deposit, value: 3000}]
expenses: []
"""

LITTLE_KNOWN = """
household: {area: rural, safe_housing: true, safe_water: true}
persons:
  - {id: p1, relation: head, born: 1970-03-02, income: {wage: 9000}}
  - {id: p2, relation: child, born: 2002-01-01, study: bachelor}
  - {id: p3, relation: parent, born: 1940-01-01, income: {wage: null}}
supporters: []
"""

FOUND_A_JOB = """
household: {area: urban, safe_housing: true, safe_water: true, grace_from: 2026-07-01}
persons:
  - {id: p1, relation: head, born: 1980-03-02, marital: married, works: true, started_work_on: 2026-07-01, income: {wage: 40000}}
  - {id: p2, relation: spouse, born: 1982-03-02, income: {}}
supporters: []
assets: []
expenses: []
holdings: [{programme: dibao, monthly: 800, since: 2025-03-01}]
"""


def determined(
    text: str, day: date = DAY, region: str = DEMONSTRATION_COUNTY, settings: dict[str, str] | None = None
) -> Determination:
    """The determination of a household file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "household.yaml"
        path.write_text(text, encoding="utf-8")
        household = read_household(path, day)
    return assess(household, _law(region, day, tuple((settings or {}).items())))


@cache
def _law(region: str, day: date, settings: tuple[tuple[str, str], ...]) -> Statute:
    """The law as the tests share it, with its kernels."""
    return law_of(region, day, settings=dict(settings))
