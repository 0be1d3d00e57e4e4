"""What was planted in a county besides events: households that never applied, and payments after a death."""

from __future__ import annotations

import polars as pl

from doudi.monitoring.proof.watching import Watched


def silent(watched: Watched, planted: pl.DataFrame) -> dict[str, int]:
    """Households that need aid and never applied: ``warned`` of as needing something on the last night; ``open``, with what is
    missing; ``lost``, being neither."""
    homes = set(planted.filter(pl.col("kind") == "silent")["household_id"])
    need = [one.id for one in watched.last.indicators if one.group == "need"]
    warned = set(watched.last.table.filter(pl.col("indicator").is_in(need))["household_id"]) & homes
    rest = pl.Series(sorted(homes - warned), dtype=pl.String)
    is_open = int(watched.last.open_among("missed_dibao", rest).sum())
    return {
        "planted": len(homes), "warned": len(warned), "open": is_open, "lost": len(rest) - is_open,
    }  # fmt: skip


def paid_dead(watched: Watched, planted: pl.DataFrame) -> dict[str, int]:
    """Payments after a death: those warned of on some night by an indicator of errors."""
    homes = set(planted.filter(pl.col("kind") == "paid_dead")["household_id"])
    error = {one.id for one in watched.last.indicators if one.group == "error" and not one.family}
    warned = {household for household, indicator in watched.began if indicator in error}
    return {"planted": len(homes), "warned": len(homes & warned)}
