"""The tier that the law yields for every household of a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from doudi.assessment.register_columns import columns_of
from doudi.assessment.register_law import RegisterLaw
from doudi.assessment.register_sweep import sweep
from doudi.facts.register import read_register
from doudi.web.registry.law import law_for
from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.loading.parts import parts


def tiers(evidence: Evidence, region: str, day: date) -> pl.DataFrame:
    """``household_id``, ``tier`` (its code; null while it is open) and ``monthly`` (fen; null while not certain).

    Raises:
        FactError, RegionError, LawError: the register cannot be read, or the law of the place cannot be had.
    """
    law = RegisterLaw.of(law_for(region, day))
    return pl.concat(_tiers(part, law, day) for part in parts(evidence.folder / "register"))


def _tiers(folder: Path, law: RegisterLaw, day: date) -> pl.DataFrame:
    """The same of one part of the register."""
    statute, register = law.statute, read_register(folder, day)
    found = sweep(columns_of(register, statute), law)
    codes = statute.variable("tier").kind.codes
    assert codes is not None
    count = register.counts["household"]
    sides = {
        name: [np.broadcast_to(side[name], count).astype(np.int64) for side in (found.least, found.greatest)]
        for name in ("tier", "monthly_total")
    }
    table = pl.DataFrame({
        "household_id": register.ids["household"],
        "tier": sides["tier"][0], "tier_high": sides["tier"][1],
        "monthly": sides["monthly_total"][0], "monthly_high": sides["monthly_total"][1],
    })  # fmt: skip
    words = pl.col("tier").replace_strict({place: codes.code(place) for place in range(len(codes.entries))})
    return table.select(
        "household_id",
        tier=pl.when(pl.col("tier") == pl.col("tier_high")).then(words),
        monthly=pl.when(pl.col("monthly") == pl.col("monthly_high")).then("monthly"),
    )
