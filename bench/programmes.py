"""The programmes of all departments: one household, and the statement of a whole population, with the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.facts import SEED, generate
from bench.measure import in_child, median_call, peak_memory, seconds
from bench.result import Result, at_most
from doudi.rules.columns import Columns

FILE = Path(__file__).parents[1] / "examples" / "leukaemia.yaml"
REGION, DAY = "999901", date(2026, 8, 1)
CALLS, RUNS = 500, 3
GIBIBYTE = 2**30
ROWS = {"supporter": 0.6, "asset": 1.2, "expense": 0.8, "holding": 0.25}
"""Rows of each entity for each household."""


def household() -> Iterator[Result]:
    """Every programme for one household of three persons: the standing of each, and the best combination."""
    found = in_child("programmes-household")
    yield at_most("programmes.household", 1000 * found["seconds"], "ms", 1)


def population(households: int) -> Iterator[Result]:
    """Every programme for all households: time and the peak memory of the process, facts included."""
    found = in_child("programmes-population", households)
    yield at_most("programmes.population", found["seconds"], "s", 10)
    yield at_most("programmes.memory", found["peak"] / GIBIBYTE, "GiB", 4)


def one_household() -> dict[str, Any]:
    """The median of many standings of one household; the law is loaded and the facts are read beforehand."""
    from doudi.facts.household_file import read_household
    from doudi.programmes.law import Offer, law_of
    from doudi.programmes.standing import standings

    of, offer = read_household(FILE, DAY), Offer(law_of(REGION, DAY))
    return {"seconds": median_call(CALLS, lambda: standings(of, offer)), "programmes": len(offer.programmes)}


def whole_population(households: int) -> dict[str, Any]:
    """The median of some statements of a population, and the memory that all took."""
    from doudi.programmes.law import Offer, law_of
    from doudi.programmes.register import standings_of

    offer = Offer(law_of(REGION, DAY))
    facts = columns(offer.statute.graph.schema, households)
    taken = []
    for _ in range(RUNS):
        each, found = seconds(lambda: standings_of(facts, offer))
        taken.append(each)
        due = int(found.total_due.sum())
        del found
    return {"seconds": median(taken), "peak": peak_memory(), "due": due, "persons": facts.counts["person"]}


def columns(schema: Any, households: int) -> Columns:
    """Facts of all entities for so many households; supporters belong to persons, the rest to households."""
    facts = [fact for fact in schema.inputs.values() if fact.entity is not None]
    people = generate([fact for fact in facts if fact.entity in ("household", "person")], households)
    counts = {"household": households, "person": len(people.parents)}
    values, parents, links = dict(people.values), {"person": people.parents}, {}
    for entity, share in ROWS.items():
        rows = int(households * share)
        random = np.random.default_rng([SEED, rows])
        above = counts["person" if entity == "supporter" else "household"]
        counts[entity], parents[entity] = rows, np.sort(random.integers(0, above, rows))
        own = [replace(fact, entity="household") for fact in facts if fact.entity == entity]
        values.update(generate(own, rows).values)
        if entity != "supporter":
            links[entity, "owner"] = np.full(rows, -1, np.int64)
    return Columns(counts, values, parents, {}, links)
