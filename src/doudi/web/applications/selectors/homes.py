"""The household of whoever is signed in, and where it turns to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doudi.web.accounts.models import Region
from doudi.web.applications.models import Office
from doudi.web.registry.models import Household


def own_household() -> Household | None:
    """The household of the resident who is signed in; None where the account is linked to nobody."""
    found: Household | None = Household.objects.select_related("region__parent", "head").first()
    return found


def office_of(place: Any) -> Office | None:
    """The nearest office of a household or division: its village, township, county."""
    code = (
        getattr(place, "region_id", None)
        or getattr(place, "code", None)
        or (place if isinstance(place, str) else "")
    )
    return nearest([code]).get(code) if code else None


def nearest(codes: Sequence[str]) -> dict[str, Office]:
    """The nearest office of each of several divisions."""
    above = {code: (code, f"{code[:9]}000", f"{code[:6]}000000") for code in codes}
    rows = Office.objects.select_related("region").filter(
        region__in={each for chain in above.values() for each in chain}
    )
    offices = {row.region_id: row for row in rows}
    return {
        code: next(offices[each] for each in chain if each in offices)
        for code, chain in above.items()
        if any(each in offices for each in chain)
    }


def townships() -> list[Region]:
    """The townships of today, under their counties."""
    rows = Region.objects.filter(level="township", valid_to=None).select_related("parent")
    return list(rows.order_by("code"))
