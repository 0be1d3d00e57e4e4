"""The terms under which a place checks: how long a report is valid, which differences still count as a match."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from doudi.law import library
from doudi.rules.parameters import NATIONAL, Parameters, Resolved

_FOLDER = Path(__file__).parent
_NAMES = ("validity", "income_tolerance", "property_tolerance")


@dataclass(frozen=True, slots=True)
class Terms:
    """``validity`` in months, None where the place sets none; tolerances in fen, 0 where it sets none.

    ``told`` says for each where it comes from; ``version`` is the hash of all of them.
    """

    validity: int | None
    income_tolerance: int
    property_tolerance: int
    told: dict[str, Any]
    version: str

    def tolerance(self, group: str) -> int:
        """The difference in fen that still counts as a match in a group of items."""
        return self.income_tolerance if group in ("income", "allowance") else self.property_tolerance


def terms_of(region: str, day: date, overlay: Path | None = None) -> Terms:
    """The terms of a region on a day. ``overlay`` is a region file that stands above those that ship.

    Raises:
        ParameterError: a file is at fault.
    """
    parameters = _parameters(region)
    if overlay is not None:
        parameters = parameters.with_overlay(overlay)
    known = {each.code for each in parameters.regions().walk()}
    place = next(
        (code for code in (region, f"{region[:4]}00", f"{region[:2]}0000") if code in known), NATIONAL
    )
    resolved = parameters.resolve(place, day)
    data = json.dumps(resolved.canonical(), sort_keys=True, ensure_ascii=False)
    values = {name: resolved.at(f"means_check.{name}") for name in _NAMES}
    return Terms(
        values["validity"],
        values["income_tolerance"] or 0,
        values["property_tolerance"] or 0,
        {name: _told(resolved, f"means_check.{name}") for name in _NAMES},
        hashlib.sha256(data.encode()).hexdigest(),
    )


@cache
def _parameters(region: str) -> Parameters:
    parameters = Parameters.load([_FOLDER / "parameters.yaml"], [], library.documents(), {})
    for code in dict.fromkeys((f"{region[:2]}0000", f"{region[:4]}00", region)):
        for path in sorted((_FOLDER / "regions").glob(f"{code}-*.yaml")):
            parameters = parameters.with_overlay(path)
    return parameters


def _told(resolved: Resolved, name: str) -> dict[str, Any]:
    source = resolved.source(name)
    return {
        "value": resolved.at(name),
        "zh": resolved.format(name, lang="zh"),
        "en": resolved.format(name, lang="en"),
        "reference": str(source.reference) if source else None,
        "verified": source.verified if source else False,
    }
