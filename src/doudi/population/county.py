"""The shape of a synthetic county: size of its towns, levels of income, and what its aid paid so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import numpy as np

from doudi.population.draw import Bools, Floats, Ints
from doudi.rules.errors import Problem, RegionError


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of one area, urban or rural. Money in yuan."""

    dibao_month: tuple[int, int, int]
    """The standard per person and month: until June 2025, until June 2026, and now."""
    wage: int
    """Median wage of 12 months."""
    business: int
    """Median gross income from farm or business of 12 months, per working person."""
    supporter_income: int
    """Median income per head of 12 months in the families of children who have left."""
    disposable: int
    """Mean disposable income per head of the year before, the line of rigid expenditure."""
    deposit: int
    """Median deposits of a household that has any."""
    home: int
    """Median value of a home."""


@dataclass(frozen=True, slots=True)
class County:
    """A synthetic county. ``ends`` is the last day of its history; ages and periods count back from it."""

    code: str
    ends: date
    rural_share: float
    """Share of households in the country."""
    households_per_village: int
    urban: Levels
    rural: Levels


COUNTIES = {
    county.code: county
    for county in (
        County(
            code="999901",
            ends=date(2026, 7, 31),
            rural_share=0.58,
            households_per_village=190,
            urban=Levels(
                dibao_month=(675, 700, 720),
                wage=60_000,
                business=72_000,
                supporter_income=36_000,
                disposable=38_000,
                deposit=90_000,
                home=380_000,
            ),
            rural=Levels(
                dibao_month=(505, 530, 560),
                wage=44_000,
                business=33_000,
                supporter_income=21_000,
                disposable=22_000,
                deposit=42_000,
                home=70_000,
            ),
        ),
    )
}


def county_of(code: str) -> County:
    """The synthetic county of ``code``; :class:`RegionError` with the known codes if there is none."""
    if code in COUNTIES:
        return COUNTIES[code]
    known = ", ".join(get_close_matches(code, COUNTIES, cutoff=0.0))
    raise RegionError(
        [
            Problem(
                "population.region",
                "没有这个虚拟县",
                "no synthetic county has this code",
                f"可用：{known}",
                f"use one of: {known}",
                value=code,
            )
        ]
    )


def by_area(county: County, field: str, rural: Bools) -> Floats:
    """A level of the county for each element, by whether it lies in the country."""
    urban_level, rural_level = (getattr(levels, field) for levels in (county.urban, county.rural))
    return np.where(rural, float(rural_level), float(urban_level))


STANDARDS_FROM = (None, date(2025, 7, 1), date(2026, 7, 1))
"""The days from which each of the standards of :class:`Levels` holds."""


def standards(county: County, rural: Bools, place: int = -1) -> Ints:
    """The dibao standard of each element in fen a month; ``place`` says of which time."""
    return (
        np.where(rural, county.rural.dibao_month[place], county.urban.dibao_month[place]).astype(np.int64)
        * 100
    )
