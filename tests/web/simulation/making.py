"""A county of people who do not exist, with incomes on both sides of every line, and simulations of it."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household
from doudi.web.simulation.models import Simulation
from tests.web.people import HERE, THERE, People
from tests.web.registry.county import DAY, Home, Somebody, write
from tests.web.registry.making import member_of

LAW_DAY = date(2026, 9, 15)
"""The day of the law of the simulations; the facts are those of ``DAY``."""


def homes(count: int, county: str = HERE, seed: int = 7) -> list[Home]:
    """Households with and without means; of some something is not known."""
    chance = random.Random(seed)
    return [_home(chance, f"h{number:06d}", f"村{county}") for number in range(1, count + 1)]


def _home(chance: random.Random, number: str, village: str) -> Home:
    people = [
        Somebody(f"{number}.{place}", "王小明", relation, chance.choice(("male", "female")), _born(chance, relation), facts=_facts(chance))
        for place, relation in enumerate(["head", *chance.choice(((), ("spouse",), ("spouse", "child"), ("child", "parent")))])
    ]  # fmt: skip
    saved = f"{chance.choice((500, 9_000, 90_000))}.00"
    owner = people[0].number
    items: list[dict[str, Any]] = [
        {"entity": "asset", "person_id": owner, "kind": "deposit", "purpose": "none", "value": saved}
    ]
    if chance.random() < 0.3:
        items.append({"entity": "holding", "programme": "dibao", "monthly": "300.00"})
    if chance.random() < 0.3:
        items.append(
            {"entity": "expense", "person_id": people[-1].number, "kind": "medical", "amount": "8000.00"}
        )
    return Home(number, village, people, items=items)


def _born(chance: random.Random, relation: str) -> date:
    first, last = {"child": (2010, 2020), "parent": (1935, 1955)}.get(relation, (1950, 1992))
    return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))


def _facts(chance: random.Random) -> dict[str, str | None]:
    yearly = (0, 0, 4_800, 8_400, 10_800, 12_000, 13_200, 16_800, 21_600, 31_200, 60_000)
    found: dict[str, str | None] = {
        "wage": f"{chance.choice(yearly)}.00",
        "pension": f"{chance.choice((0, 1_800))}.00",
    }
    if chance.random() < 0.1:
        found["wage"] = None
    if chance.random() < 0.15:
        found |= {
            "disability": chance.choice(("limb", "mental")),
            "disability_grade": chance.choice(("1", "2", "4")),
        }
    return found


def stock(people: People, folder: Path, count: int = 60) -> None:
    """Fill the first county with so many households, one of them without a head, and the second with a few."""
    with acting_as(system()), transaction.atomic():
        assert people.regions
    load(write(folder / "here", homes(count)), HERE, DAY)
    load(write(folder / "there", homes(3, THERE)), THERE, DAY)
    with acting_as(system()), transaction.atomic():
        member_of(people.regions[f"{HERE}101201"], "x1", relation="spouse")
        assert Household.objects.filter(county=HERE).count() == count + 1


def form(**more: Any) -> dict[str, Any]:
    """What the form sends for a rural standard of 700 yuan."""
    return {
        "day": LAW_DAY.isoformat(), "chosen": ["dibao.standard.rural"], "value-dibao.standard.rural": "700", "covered": "any", "vary": "",
        "wanted": "", "line": "", "title": "", "search": "", "start": "1", **more,
    }  # fmt: skip


def asked(client: Client, **more: Any) -> Simulation:
    """What was stored after the form was sent."""
    answer = client.post("/simulation/add/", form(**more))
    assert answer.status_code == 302, answer.content.decode()
    return newest()


def newest() -> Simulation:
    """The newest simulation as it is now."""
    with acting_as(system()), transaction.atomic():
        found = Simulation.objects.select_related("job", "region", "by").order_by("-pk").first()
    assert found is not None
    return found
