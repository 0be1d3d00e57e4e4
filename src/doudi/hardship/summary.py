"""The index of a register in numbers: measures, what dimensions, indicators and groups contribute, households by route."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from doudi.assessment.statute import Statute
from doudi.hardship.index import DIMENSIONS, INDICATORS, ROUTES, label
from doudi.hardship.measures import Bounds, Measures, by_group, contributions, measures_of
from doudi.hardship.register import RegisterIndex


def by_dimension(found: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The contributions of indicators added up for each dimension; together as much as before."""
    return {
        dimension: sum((found[name] for name in names), Fraction(0))
        for dimension, names in DIMENSIONS.items()
    }


def summary_of(index: RegisterIndex, by: str = "village", language: str = "zh") -> dict[str, Any]:
    """Everything that is told of a register. Measures and contributions are written as exact fractions.

    Contributions are to what is certain; the shares of indicators, of dimensions and of groups are each together exactly 1.
    """
    law, profile = index.law, index.profile
    indicators = dict(zip(INDICATORS, contributions(profile), strict=True))
    routes = index.households["route_least"].cast(str).value_counts().rows()
    counted = dict(routes)
    return {
        "region": law.region,
        "date": law.day.isoformat(),
        "households": index.households.height,
        "set_aside": {table: frame.height for table, frame in index.register.set_aside.items() if frame.height},
        "cutoff": str(index.scale.cutoff),
        **_told(measures_of(profile)),
        "dimensions": [
            {"name": name, "label": label(law, "hardship_dimension", name, language), "share": str(share)}
            for name, share in by_dimension(indicators).items()
        ],
        "indicators": [
            {
                "name": name, "label": label(law, "hardship_indicator", name, language), "share": str(share),
                "weight": index.scale.weights[place],
                "deprived": int(profile.least[:, place].sum()),
                "open": int((profile.most[:, place] & ~profile.least[:, place]).sum()),
            }
            for place, (name, share) in enumerate(indicators.items())
        ],
        "by": by,
        "groups": [
            {"name": name, "label": _group(law, by, name, language), **_told(measures), "share": str(share)}
            for name, (measures, share) in by_group(profile, index.groups(by)).items()
        ],
        "routes": [
            {"name": name, "label": label(law, "hardship_route", name, language), "households": counted.get(name, 0)}
            for name in reversed(ROUTES)
        ],
    }  # fmt: skip


def _group(law: Statute, by: str, name: str, language: str) -> str:
    codes = {"area": "area", "route": "hardship_route"}
    return label(law, codes[by], name, language) if by in codes else name


def _told(measures: Measures) -> dict[str, Any]:
    return {
        "people": measures.people,
        "poor": {"least": measures.least_poor, "most": measures.most_poor},
        "H": _ends(measures.headcount),
        "A": _ends(measures.intensity),
        "M0": _ends(measures.adjusted),
    }


def _ends(bounds: Bounds) -> dict[str, str | None]:
    return {
        side: None if value is None else str(value)
        for side, value in (("least", bounds.least), ("most", bounds.most))
    }
