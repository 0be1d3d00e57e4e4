"""A warning is one case over time: raised, again, worsened, gone; night after night, with what people have decided about it.

``merge_nights`` is pure: the state of the nights so far and the warnings of tonight give the state after tonight. Merged twice,
a night counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from doudi.monitoring.entries import Indicator
from doudi.monitoring.errors import fault
from doudi.monitoring.warnings import WARNINGS, Warnings, tasks_of

KEY = ("indicator", "subject", "subject_id")
STATES = {
    "raised": ("新增", "raised"),
    "again": ("仍在", "again"),
    "worsened": ("加重", "worsened"),
    "stands": ("保持", "stands"),
    "unjudged": ("待判", "could not be judged"),
    "gone": ("消失", "gone"),
}
"""``raised``: tonight, and not the night before. ``again``: as the night before. ``worsened``: its value is worse than it ever was
in this spell. ``stands``: it tells of a change, and its days are not over. ``unjudged``: it stood, and tonight a fact or a feed is
missing. ``gone``: it does not hold any more."""

STATE: Mapping[str, pl.DataType] = {
    **WARNINGS,
    "state": pl.String(),
    # First and last night on which it held in this spell; how many nights; how often it was raised.
    "raised_on": pl.Date(), "held_on": pl.Date(), "nights": pl.Int32(), "spells": pl.Int32(),
    # The worst value of this spell; the night on which it was gone.
    "worst": pl.Int64(), "gone_on": pl.Date(),
    # A standing decision that holds it back: the last day of it, the reason, and who decided.
    "held_back_until": pl.Date(), "reason": pl.String(), "decided_by": pl.String(),
}  # fmt: skip
"""Columns of ``state.parquet``: one row for each warning ever raised, by :data:`KEY`."""

DECISIONS: Mapping[str, pl.DataType] = {
    # Id of an indicator, * for all; id of a person or household.
    "indicator": pl.String(), "subject_id": pl.String(),
    "reason": pl.String(), "decided_by": pl.String(), "decided_on": pl.Date(), "until": pl.Date(),
}  # fmt: skip
"""Standing decisions to hold warnings back, each with a reason and a last day."""
EVERY = "*"


def no_state() -> pl.DataFrame:
    """The state before the first night."""
    return pl.DataFrame(schema=dict(STATE))


def merge_nights(
    previous: pl.DataFrame, tonight: Warnings, decisions: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The state after tonight. ``decisions``: the standing decisions of today, with the columns of :data:`DECISIONS`.

    Raises:
        MonitoringError: the state is of a later night.
    """
    latest = (
        previous.select(pl.max_horizontal("held_on", "gone_on").max()).item() if previous.height else None
    )
    if latest is not None and latest > tonight.day:
        raise fault(
            "later_night", f"状态已到 {latest}，晚于 {tonight.day}", f"the state is of {latest}, later than {tonight.day}",
            "从较早的状态开始", "begin with an earlier state",
        )  # fmt: skip
    raised = _raised(previous, tonight)
    rest = previous.join(raised.select(KEY), on=list(KEY), how="anti")
    state = pl.concat([raised, _not_raised(rest, tonight)]).select(list(STATE)).cast(dict(STATE))  # type: ignore[arg-type]
    return _with_decisions(state, decisions, tonight.day).sort(KEY)


def _raised(previous: pl.DataFrame, tonight: Warnings) -> pl.DataFrame:
    """The warnings of tonight with what was before them. A night merged again leaves what it left."""
    day = pl.lit(tonight.day)
    earlier = previous.select(
        *KEY, *(pl.col(name).alias(f"_{name}") for name in STATE if name not in WARNINGS)
    )
    rows = tonight.table.join(earlier, on=list(KEY), how="left", maintain_order="left")
    stood = pl.col("_state").is_not_null() & (pl.col("_state") != "gone")
    same_night = stood & (pl.col("_held_on") == day)
    worse = _worse(tonight.indicators)
    state = (
        pl.when(worse & stood)
        .then(pl.lit("worsened"))
        .when(stood)
        .then(pl.lit("again"))
        .otherwise(pl.lit("raised"))
    )
    worst = (
        pl.when(worse | ~stood | pl.col("_worst").is_null()).then(pl.col("value")).otherwise(pl.col("_worst"))
    )
    return rows.with_columns(
        state=pl.when(same_night & ~worse).then("_state").otherwise(state),
        raised_on=pl.when(stood).then("_raised_on").otherwise(day),
        held_on=day,
        nights=pl.when(same_night).then("_nights").when(stood).then(pl.col("_nights") + 1).otherwise(1),
        spells=pl.when(stood).then("_spells").otherwise(pl.col("_spells").fill_null(0) + 1),
        worst=worst,
        gone_on=pl.lit(None, pl.Date),
        held_back_until=pl.lit(None, pl.Date), reason=pl.lit(None, pl.String), decided_by=pl.lit(None, pl.String),
    ).select(list(STATE))  # fmt: skip


def _worse(indicators: tuple[Indicator, ...]) -> pl.Expr:
    """Whether the value is worse than the worst so far, in the direction in which the indicator worsens."""
    higher = [one.id for one in indicators if one.worse == "higher"]
    lower = [one.id for one in indicators if one.worse == "lower"]
    found = (pl.col("indicator").is_in(higher) & (pl.col("value") > pl.col("_worst"))) | (
        pl.col("indicator").is_in(lower) & (pl.col("value") < pl.col("_worst"))
    )
    return found.fill_null(False)


def _not_raised(rest: pl.DataFrame, tonight: Warnings) -> pl.DataFrame:
    """What was raised before and is not tonight: what tells of a change stands for its days; the rest is gone, unless it could not be
    judged. Of households that nobody had to look at, all is as the night before: what held then holds."""
    day = tonight.day
    open_rows = _open(rest, tonight)
    stands = {one.id: one.stands for one in tonight.indicators}
    days = pl.col("indicator").replace_strict(stands, default=0, return_dtype=pl.Int64)
    lasting = (days > 0) & (pl.col("held_on") + pl.duration(days=days) >= pl.lit(day))
    looked = (
        pl.lit(True)
        if tonight.households is None
        else pl.col("household_id").is_in(tonight.households.implode())
    )
    holds = ~looked & pl.col("state").is_in(["raised", "again", "worsened"])
    state = (
        pl.when(pl.col("state") == "gone").then("state")
        .when(holds & (pl.col("held_on") < day)).then(pl.lit("again"))
        .when(holds).then("state")
        .when(lasting).then(pl.lit("stands"))
        .when(days > 0).then(pl.lit("gone"))
        .when(~looked).then("state")
        .when("_open").then(pl.lit("unjudged"))
        .otherwise(pl.lit("gone"))
    )  # fmt: skip
    rows = rest.with_columns(open_rows).with_columns(_new=state, _more=holds & (pl.col("held_on") < day))
    newly = (pl.col("_new") == "gone") & (pl.col("state") != "gone")
    return rows.with_columns(
        gone_on=pl.when(newly).then(pl.lit(day)).otherwise("gone_on"),
        nights=pl.col("nights") + pl.col("_more").cast(pl.Int32),
        held_on=pl.when("_more").then(pl.lit(day)).otherwise("held_on"),
        state=pl.col("_new"),
    ).select(list(STATE))


def _open(rest: pl.DataFrame, tonight: Warnings) -> pl.Series:
    """Which of the warnings could not be judged tonight."""
    found = pl.Series("_open", [False], dtype=pl.Boolean).new_from_index(0, rest.height)
    for (indicator,), rows in rest.with_row_index("_row").group_by(["indicator"]):
        found = found.scatter(rows["_row"], tonight.open_among(str(indicator), rows["subject_id"]))
    return found.alias("_open")


def _with_decisions(state: pl.DataFrame, decisions: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """The state with the decisions of the day; of several for one warning the one that lasts longest."""
    plain = state.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in STATE.items() if name in ("held_back_until", "reason", "decided_by")
    )  # fmt: skip
    if decisions is None or not decisions.height:
        return plain
    current = decisions.filter((pl.col("decided_on") <= day) & (pl.col("until") >= day)).sort(
        "until", descending=True
    )
    parts = []
    for whom in ("subject_id", "household_id"):
        for every in (False, True):
            chosen = current.filter((pl.col("indicator") == EVERY) == every)
            keys = [whom] if every else ["indicator", whom]
            renamed = chosen.rename({"subject_id": whom}) if whom != "subject_id" else chosen
            rows = plain.select(*KEY, "household_id").join(
                renamed.select(*keys, "reason", "decided_by", held_back_until="until"), on=keys, how="inner"
            )
            parts.append(rows.select(*KEY, "held_back_until", "reason", "decided_by"))
    held = (
        pl.concat(parts)
        .sort("held_back_until", descending=True)
        .unique(list(KEY), keep="first", maintain_order=True)
    )
    return (
        plain.drop("held_back_until", "reason", "decided_by")
        .join(held, on=list(KEY), how="left")
        .select(list(STATE))
    )


def standing(state: pl.DataFrame) -> pl.DataFrame:
    """The warnings that somebody has to answer: not gone, and not held back."""
    return state.filter(pl.col("state") != "gone", pl.col("held_back_until").is_null())


def tasks(state: pl.DataFrame, tonight: Warnings) -> pl.DataFrame:
    """One task for each household with warnings to answer; times to respond run from the night on which each was raised."""
    return tasks_of(standing(state), tonight.indicators)
