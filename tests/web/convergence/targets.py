"""What the pages of convergences show in the walks over all pages."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.convergence import files
from doudi.web.convergence.models import Convergence, Pair, PairState, Placement
from doudi.web.database.scope import acting_as, system
from tests.web.convergence.making import person, take, visit
from tests.web.people import People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if access.view.startswith("convergence:pair"):
        return _pair(people, county).pk
    convergence = _convergence(people, county)
    if access.view in ("convergence:person", "convergence:locate"):
        reason = "not_found" if access.view == "convergence:locate" else "qualifies"
        with acting_as(system()):
            return Placement.objects.filter(convergence=convergence, reason=reason).get().pk
    return convergence.pk


def _pair(people: People, county: str) -> Pair:
    """Two registers that were checked; some rows of one were set aside."""
    day = date(2026, 8, 1)
    with acting_as(system()):
        found: Pair = Pair.objects.create(
            region=people.regions[county], listed_name="监测对象202607.csv", base_name="在保名册202607.xlsx", day=day, since=day,
            until=day, by=people.user(Role.COUNTY_CLERK, county), state=PairState.CHECKED,
        )  # fmt: skip
        files.keep(found, "listed_aside", [b"x"])
        return found


def _convergence(people: People, county: str) -> Convergence:
    """One with somebody who qualifies, and somebody of whom nobody knows where he lives."""
    code = people.regions[county].code
    found = Convergence.objects.filter(region_id=code).first()
    if found is not None:
        return found
    home = f"村{county}"
    lost = person(2, "open", person_id=None, household_id=None, village="无此村", reason="not_found")
    with tempfile.TemporaryDirectory() as folder:
        return take(
            Path(folder), [person(1, village=home), lost], [visit(1, village=home)], county
        ).convergence
