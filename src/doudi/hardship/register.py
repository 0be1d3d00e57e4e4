"""The index of every household of a register at once, and the measures of all of them, of dimensions and of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.assessment.register_columns import columns_of, only
from doudi.assessment.statute import Statute
from doudi.facts.register import Register
from doudi.hardship.index import INDICATORS, ROUTE, ROUTES, Scale, scale_of
from doudi.hardship.measures import Profile
from doudi.rules.numpy_kernel import BLOCK, Result

Array = NDArray[Any]
GROUPS = ("village", "area", "route")
"""What measures may be told by: 村居, 城乡, 优先通道."""
NO_VILLAGE = ""


@dataclass(frozen=True)
class RegisterIndex:
    """The index of a register. ``least`` and ``most`` by name: an array for each indicator and for the route, by household."""

    law: Statute
    scale: Scale
    register: Register
    least: Mapping[str, Array]
    most: Mapping[str, Array]

    @cached_property
    def profile(self) -> Profile:
        """Who is deprived in what; a household counts with the persons that live in it."""
        sides = (
            np.stack([side[name] for name in INDICATORS], axis=1).astype(np.bool_)
            for side in (self.least, self.most)
        )
        least, most = sides
        people = np.diff(self.register.offsets["person"])
        return Profile(least, most, self.scale.weights, people, self.scale.cutoff)

    @cached_property
    def households(self) -> pl.DataFrame:
        """A row for each household: ``household_id``, ``village``, ``persons``, each indicator (true, false, or empty where not
        known), ``parts_least``, ``parts_most``, ``hardship`` (empty where open), ``route_least``, ``route_most``."""
        profile, codes = self.profile, pl.Enum(ROUTES)
        poor = {side: profile.poor(side) for side in ("least", "most")}
        found: dict[str, pl.Series] = {
            "household_id": self.register.ids["household"], "village": pl.Series(self.groups("village")),
            "persons": pl.Series(profile.people),
        }  # fmt: skip
        for place, name in enumerate(INDICATORS):
            found[name] = _open(profile.least[:, place], profile.most[:, place])
        found |= {f"parts_{side}": pl.Series(profile.parts(side)) for side in ("least", "most")}
        found["hardship"] = _open(poor["least"], poor["most"])
        for side, values in (("least", self.least), ("most", self.most)):
            found[f"route_{side}"] = pl.Series(ROUTES, dtype=codes).gather(values[ROUTE].astype(np.uint32))
        return pl.DataFrame(found)

    def groups(self, by: str) -> list[str]:
        """The group of each household: its village, ``urban`` or ``rural``, or its least urgent possible route."""
        if by == "village":
            villages = self.register.texts.get("village")
            size = self.register.counts["household"]
            return [NO_VILLAGE] * size if villages is None else villages.fill_null(NO_VILLAGE).to_list()
        if by == "area":
            codes = self.law.graph.schema.codes["area"].codes
            return [codes[int(each)] for each in self.register.facts["household"].values["area"]]
        return [ROUTES[int(each)] for each in self.least[ROUTE]]


def index_of_register(register: Register, law: Statute, block: int = BLOCK) -> RegisterIndex:
    """The index of all accepted households of a register under a law of :func:`doudi.hardship.index.law_of`.

    Raises:
        ParameterError: weights or cut-off are not set in the place.
    """
    scale = scale_of(law)
    columns = columns_of(register, law)
    names: Sequence[str] = (*INDICATORS, ROUTE)
    outputs = {name: law.variable(name).node for name in names}
    facts = law.graph.inputs_of(list(names)) | {"supporter_consents"}
    needed = only(columns, facts)
    found = law.for_columns(outputs, needed).run(needed, law.values, law.context, block)
    least = {name: _whole(found[name].values, register) for name in names}
    return RegisterIndex(
        law, scale, register, least, {name: _whole(_most(found[name]), register) for name in names}
    )


def _most(result: Result) -> Array:
    return result.most


def _whole(values: Array, register: Register) -> Array:
    return np.broadcast_to(values, register.counts["household"])


def _open(least: Array, most: Array) -> pl.Series:
    return pl.select(pl.when(pl.Series(least == most)).then(pl.Series(least))).to_series()
