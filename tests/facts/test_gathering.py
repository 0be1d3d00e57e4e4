"""Households read one by one become the register that the same tables would be read as."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from doudi.assessment.register_columns import columns_of
from doudi.assessment.register_law import RegisterLaw
from doudi.assessment.register_sweep import sweep
from doudi.assessment.statute import law_of
from doudi.facts.register import Gathering, read_register
from doudi.population import generate, write

DAY = date(2026, 8, 1)


def test_what_is_gathered_yields_what_the_tables_yield(tmp_path: Path):
    write(generate(600, seed=3), tmp_path)
    read = read_register(tmp_path, DAY)
    gathering = Gathering(read.on)
    homes = [read.household(place) for place in range(read.counts["household"])]
    gathering.add(homes[:50])
    gathering.add([])
    gathering.add(homes[50:])
    found = gathering.register()
    assert found.counts == read.counts
    for name, filled in read.facts.items():
        for fact, values in filled.values.items():
            mask = filled.unknown.get(fact, np.zeros(len(values), dtype=bool))
            assert (found.facts[name].values[fact] == values)[~mask].all(), fact
            assert (found.facts[name].unknown.get(fact, np.zeros(len(values), dtype=bool)) == mask).all(), (
                fact
            )
    for kind in ("parents", "offsets", "owners"):
        for name, places in getattr(read, kind).items():
            assert (getattr(found, kind)[name] == places).all(), (kind, name)
    assert [found.household(place).facts for place in (0, 49, 50)] == [
        homes[place].facts for place in (0, 49, 50)
    ]
    law = RegisterLaw.of(law_of("999901", DAY))
    one, other = (sweep(columns_of(each, law.statute), law) for each in (read, found))
    for name in ("tier", "monthly_total"):
        assert (one.least[name] == other.least[name]).all()
        assert (one.greatest[name] == other.greatest[name]).all()


def test_nothing_gathered_is_an_empty_register():
    found = Gathering(20260801).register()
    assert set(found.counts.values()) == {0}
    assert found.offsets["person"].tolist() == [0]
