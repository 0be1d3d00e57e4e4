"""A register under one law: what it yields for each household and person, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.register_columns import columns_of
from doudi.assessment.register_law import PERSON_OUTPUTS, RegisterLaw
from doudi.assessment.register_sweep import Findings, sweep
from doudi.assessment.statute import Statute
from doudi.facts.register import Register
from doudi.rules.columns import Grouping

Array = NDArray[Any]
Mask = NDArray[np.bool_]

BASIC = ("tekun", "dibao", "single_dibao")
"""Tiers of basic living aid, which is paid every month."""
PAID = {
    "dibao": "dibao_amount", "dibao_supplement": "supplements", "single_dibao": "single_amounts",
    "dibao_grace": "grace_amount",
}  # fmt: skip
"""Programmes paid each month, and the sum of a household."""
PAID_TO_PERSONS = {"tekun_living": "tekun_basic_amount", "tekun_care": "tekun_care_amount"}


@dataclass(frozen=True)
class Side:
    """A register and what one law yields for it."""

    register: Register
    findings: Findings

    @classmethod
    def of(cls, register: Register, statute: Statute) -> Side:
        """Apply the law to the register."""
        return cls(register, sweep(columns_of(register, statute), RegisterLaw.of(statute)))

    @property
    def statute(self) -> Statute:
        """The law."""
        return self.findings.statute

    @property
    def households(self) -> int:
        """How many households were assessed."""
        return self.register.counts["household"]

    @property
    def persons(self) -> int:
        """How many persons are in them."""
        return self.register.counts["person"]

    @cached_property
    def members(self) -> Array:
        """Persons of each household, counted in its tests or not."""
        return np.bincount(self.register.parents["person"], minlength=self.households)

    def known(self, name: str) -> Mask:
        """Where a value is certain."""
        if name not in self.findings.least:
            return np.full(self._rows(name), self.findings.scalars[name] is not None)
        found = self.findings.known(name)
        return np.full(self._rows(name), True) if found is None else found

    def values(self, name: str) -> Array:
        """Values of an output in engine integers; where they are not certain, the least that is possible."""
        if name not in self.findings.least:
            return np.full(self._rows(name), self.findings.scalars[name] or 0, dtype=np.int64)
        return self.findings.least[name].astype(np.int64)

    def _rows(self, name: str) -> int:
        return self.persons if name in PERSON_OUTPUTS else self.households

    def tier_codes(self) -> tuple[str, ...]:
        """The codes of tiers by their places, least aid first."""
        codes = self.statute.variable("tier").kind.codes
        assert codes is not None
        return tuple(codes.codes)

    @cached_property
    def tier(self) -> Array:
        """The tier of each household as its place among the codes; −1 where it is open."""
        return np.where(self.known("tier"), self.values("tier"), -1)

    @cached_property
    def person_tier(self) -> Array:
        """The tier of each person; −1 where it is open."""
        return np.where(self.known("person_tier"), self.values("person_tier"), -1)

    @cached_property
    def deepest(self) -> Array:
        """The deepest tier of each household or of one of its members, who may be in 特困 or 单人保 alone; −1 where one is open."""
        grouping = Grouping(self.register.parents["person"], self.households)
        opened = np.asarray(grouping.fold("any", self.person_tier < 0), dtype=np.bool_) | (self.tier < 0)
        members = np.asarray(grouping.fold("max", np.maximum(self.person_tier, 0)))
        return np.where(opened, -1, np.maximum(self.tier, members))

    @cached_property
    def monthly(self) -> Array:
        """Basic living aid of each household in a month, fen; 0 where it is not certain (``monthly_known``)."""
        return np.where(self.monthly_known, self.values("monthly_total"), 0)

    @cached_property
    def monthly_known(self) -> Mask:
        """Where the monthly sum is certain."""
        return self.known("monthly_total")

    @cached_property
    def family_aid(self) -> Array:
        """What a month brings to the members who are counted: without 特困 where the place leaves its recipients out of the family."""
        counts = self.statute.values["members.tekun_counted"]
        return self.monthly if counts else np.maximum(self.monthly - self.values("tekun_amounts"), 0)

    def paid(self, programme: str) -> Array:
        """What a programme pays each household in a month; the least that is possible where it is not certain."""
        if programme in PAID_TO_PERSONS:
            grouping = Grouping(self.register.parents["person"], self.households)
            return np.asarray(grouping.fold("sum", self.values(PAID_TO_PERSONS[programme])))
        if programme == "dibao":
            rest = sum(self.paid(other) for other in (*PAID, *PAID_TO_PERSONS) if other != "dibao")
            return np.maximum(self.values("monthly_total") - rest, 0)
        return self.values(PAID[programme])
