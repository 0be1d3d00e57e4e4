"""Divisions: added, renamed, ended; and read from a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from doudi.web.accounts.models import Region, RegionName
from doudi.web.audit import record


@transaction.atomic
def add(region: Region) -> None:
    """Store a new division."""
    region.save(force_insert=True)
    record("region.add", region, region=region.code)


@transaction.atomic
def edit(region: Region, changed: list[str], old_name: str, renamed_on: date | None) -> None:
    """Store a changed division; a name that is replaced stays known for the time before."""
    if renamed_on is not None:
        RegionName.objects.create(region=region, name=old_name, valid_to=renamed_on)
    region.save()
    record("region.edit", region, region=region.code, details={"changed": sorted(changed)})


@transaction.atomic
def store(regions: Iterable[Region]) -> int:
    """Store many divisions, those above before those within; how many are new. Those known already are left as they are."""
    wanted = sorted(regions, key=lambda each: (len(each.prefix), each.code))
    known = set(Region.objects.filter(code__in=[each.code for each in wanted]).values_list("code", flat=True))
    new = [region for region in wanted if region.code not in known]
    for region in new:
        region.derive()
    Region.objects.bulk_create(new, batch_size=5000)
    record("region.import", ("accounts.region", ""), details={"new": len(new), "known": len(known)})
    return len(new)
