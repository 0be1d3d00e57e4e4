"""Going through the self-check, as a browser does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests.web.people import HERE

PLACE = {"region": f"{HERE}101000", "area": "rural", "has_residence_registration": "true"}
ABLE = {
    "marital": "married",
    "disability": "none",
    "illness": "none",
    "cannot": ["none"],
}
PENSION = {
    "wage": "0", "farm": "0", "pension": "150", "alimony_received": "0", "rent_received": "0", "resident_pension": "0", "other_income": "0"
}  # fmt: skip
OLD_COUPLE: Mapping[str, Mapping[str, Any]] = {
    "place": PLACE,
    "family": {"size": "2"},
    "person-0": {"age": "76"},
    "person-1": {"relation": "spouse", "age": "74"},
    "condition-0": ABLE,
    "condition-1": ABLE,
    "income-0": PENSION,
    "income-1": PENSION,
    "elsewhere": {"children_away": "1"},
    "support-0": {"age": "45", "own_income": "40000", "family_size": "4", "family_income": "40000"},
    "costs": {"medical": "3000", "education": "0", "rent_paid": "0"},
    "means": {
        "deposits": "6000",
        "vehicle": "without",
        "vehicle_value": "0",
        "homes": "1",
        "home_area": "80",
        "business": "false",
        "shop": "false",
    },
    "home": {"safe_housing": "true", "safe_water": "true"},
    "held": {"held": ["none"]},
    "urgent": {"urgent_event": "none", "needs": ["none"]},
}
"""What a couple of 76 and 74 would fill in, by step."""


def walk(client: Client, told: Mapping[str, Mapping[str, Any]]) -> str:
    """Answer step after step from the first on, as the pages lead; where it ends."""
    address = "/check/place/"
    while (step := address.strip("/").split("/")[-1]) in told:
        answer = client.post(address, told[step])
        assert answer.status_code == 302, (step, answer.context["form"].errors)
        address = answer.headers["Location"]
    return address
