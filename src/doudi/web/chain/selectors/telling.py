"""Exactly what an office is told of a household: who, what is asked, and the recognition that stands (art. 42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doudi.web.cases.models import Case
from doudi.web.registry.selectors.files import File


def told_to_office(chain: Case, programmes: Sequence[str]) -> dict[str, Any]:
    """Names and masked ids of the members, what the rules find due of the programmes asked for, and the tier recognised."""
    file = File(chain.household)
    found = file.standings
    members = [
        {
            "name": each.person.name, "id": each.person.masked_id, "relation": each.relation,
            "born": each.person.born.isoformat() if each.person.born else "",
        }
        for each in file.members
    ]  # fmt: skip
    lines = [
        {
            "programme": one.programme.id, "person": one.row, "state": one.state, "due": one.due,
            "missing": list(one.missing), "reference": [each.sentence("zh") for each in one.programme.references],
        }
        for one in found.standings
        if one.programme.id in programmes
    ]  # fmt: skip
    household = chain.household
    return {
        "household": household.number, "place": household.region.name, "members": members, "lines": lines,
        "tier": household.tier, "recognised_on": household.data_day.isoformat() if household.data_day else "",
    }  # fmt: skip
