"""What the pages of imports show in the walks over all pages: an import with something of each kind."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.imports import files
from doudi.web.imports.models import Batch, BatchState, FileKind, Home, HomeState, Member, sealed_row
from tests.web.people import People
from tests.web.registry.making import member_of

FAULTS = ["身份证号校验位不对，请核对"]


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """An import of the township that waits for review."""
    with acting_as(system()):
        region = people.region_of(Role.TOWNSHIP_CLERK, county)
        found, new = Batch.objects.get_or_create(
            region=region, county=county, name="名册.xlsx",
            defaults={"by": people.user(Role.TOWNSHIP_CLERK, county), "size": 1, "state": BatchState.CHECKED,
                      "counts": {"homes": 3, "members": 3, "homeless": 1, "states": {"error": 1, "decide": 1, "new": 1}}},
        )  # fmt: skip
        if new:
            files.keep(found, FileKind.RETURNED, [b"PK"])
            known = member_of(people.regions[f"{county}101201"]).person
            for place, state in enumerate((HomeState.DECIDE, HomeState.ERROR, HomeState.NEW), 2):
                _home(found, place, state, known)
        return found.pk


def _home(batch: Batch, place: int, state: HomeState, known: Any) -> None:
    common = {"batch": batch, "region_id": batch.region_id, "key": f"T{place}", "place": place}
    home = Home.objects.create(**common, state=state, sealed=sealed_row(batch.pk, "home", place, {"raw": {}}))
    Member.objects.create(
        **common, home=home, name_key="王小明", possible=known if state == HomeState.DECIDE else None,
        faults=FAULTS if state == HomeState.ERROR else [], sealed=sealed_row(batch.pk, "member", place, {"raw": {}}),
    )  # fmt: skip
