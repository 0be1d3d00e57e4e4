"""An outreach in numbers and in a few words, from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


def counts(households: pl.DataFrame) -> dict[str, Any]:
    """How many households are worth a visit, by tier, and of how many it is certain without presumptions."""
    import polars as pl

    tiers = households["tier_zh"].cast(pl.String).value_counts(sort=True).rows()
    return {
        "households": households.height,
        "certain": int(households["certain"].sum()),
        "tiers": [{"zh": zh, "households": count} for zh, count in tiers],
    }


def lines(data: Mapping[str, Any], language: str) -> list[str]:
    """The counts, and where the list lies."""
    total, sure, paths = data["households"], data["certain"], "，".join(data["files"])
    tiers = "，".join(f"{each['zh']} {each['households']:,}" for each in data["tiers"])
    if language == "zh":
        return [
            f"值得入户的家庭 {total:,} 户（不靠推定即可确定的 {sure:,} 户）：{tiers}",
            f"入户名单：{paths}",
        ]
    return [
        f"households worth a visit: {total:,} ({sure:,} certain without presumptions): {tiers}",
        f"list of visits: {paths}",
    ]
