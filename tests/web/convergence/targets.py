"""What the pages of convergences show in the walks over all pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.convergence.models import Convergence, Placement
from doudi.web.database.scope import acting_as, system
from tests.web.convergence.making import person, take, visit
from tests.web.people import People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    convergence = _convergence(people, county)
    if access.view in ("convergence:person", "convergence:locate"):
        reason = "not_found" if access.view == "convergence:locate" else "qualifies"
        with acting_as(system()):
            return Placement.objects.filter(convergence=convergence, reason=reason).get().pk
    return convergence.pk


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
