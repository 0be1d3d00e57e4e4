"""Households of the registry that the law can be applied to: below the line, with a van a little over, at work."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household
from tests.web.people import HERE
from tests.web.registry.county import DAY, Home, Somebody, id_number, write

Homes = dict[str, Household]
"""Households by their numbers."""
POOR, VAN, WORKER, SECOND, VAN_TOO = (f"h00001{place}" for place in range(1, 6))


def _couple(number: str, place: int, **facts: str) -> list[Somebody]:
    """Two people of whom the first earns what is told."""
    born, other = date(1971, 2, 3), date(1973, 4, 5)
    return [
        Somebody(f"{number}a", "田大山", born=born, id_number=id_number(born, place), facts={"marital": "married", **facts}),
        Somebody(f"{number}b", "米小芳", "spouse", "female", other, id_number(other, place + 1), facts={"marital": "married"}),
    ]  # fmt: skip


def homes() -> list[Home]:
    """The households."""
    village = f"村{HERE}"
    van: dict[str, Any] = {"entity": "asset", "kind": "vehicle", "value": "52000.00", "purpose": "none"}
    held: dict[str, Any] = {
        "entity": "holding",
        "programme": "dibao",
        "monthly": "900.00",
        "since": date(2025, 1, 1),
    }
    return [
        Home(POOR, village, _couple(POOR, 31, wage="3600.00")),
        Home(SECOND, village, _couple(SECOND, 37, wage="3600.00")),
        Home(VAN, village, _couple(VAN, 33, wage="3600.00"), items=[van | {"person_id": f"{VAN}a"}]),
        Home(
            VAN_TOO, village, _couple(VAN_TOO, 39, wage="3600.00"), items=[van | {"person_id": f"{VAN_TOO}a"}]
        ),
        Home(
            WORKER, village, _couple(WORKER, 35, wage="60000.00", started_work_on="2026-07-01"), items=[held]
        ),
    ]


def load_homes(county: str = HERE) -> Homes:
    """The households, loaded."""
    with tempfile.TemporaryDirectory() as folder, acting_as(system()):
        load(write(Path(folder) / "build", homes(), DAY), county, DAY)
        return loaded_homes(county)


def loaded_homes(county: str = HERE) -> Homes:
    """The households, where they were loaded before."""
    found = Household.objects.filter(county=county, number__startswith="h00001")
    return {each.number: each for each in found}
