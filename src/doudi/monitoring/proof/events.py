"""Urgent events of a county: which a department told of, and whether that night warned of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from doudi.monitoring.ground import Ground
from doudi.monitoring.proof.result import EVENTS
from doudi.monitoring.proof.telling import first_told, telling_indicators, told_rows
from doudi.monitoring.proof.watching import Watched
from doudi.monitoring.warnings import Warnings

EARLIER = 90
"""Events count from so many days before the first night."""


def urgent(ground: Ground, watched: Watched, incidents: pl.DataFrame) -> dict[str, dict[str, int]]:
    """By kind of event how many ``happened``; were ``visible``, being told by a department within the nights; were warned of
    ``on_the_night`` on which that came, or before, or ``later``; were ``open_on_the_night``, with what is missing."""
    rows, since = told_rows(ground), watched.days[1] - timedelta(days=EARLIER)
    counts: dict[str, Counter[str]] = {}
    for event in incidents.filter(pl.col("day") >= since).rename({"kind": "event"}).iter_rows(named=True):
        count = counts.setdefault(event["event"], Counter())
        count["happened"] += 1
        night = _night_of(first_told(event, rows), watched.days[1:])
        if night is None:
            continue
        when = _warned(event, watched)
        by_then = when is not None and when <= night
        count["visible"] += 1
        count["on_the_night"] += by_then
        count["later"] += when is not None and not by_then
        count["open_on_the_night"] += not by_then and _is_open(event, watched.sweeps[night])
    return {kind: {name: count[name] for name in EVENTS} for kind, count in sorted(counts.items())}


def _night_of(told: date | None, nights: list[date]) -> date | None:
    """The night on which what came on a day is first looked at; None if that was before the nights, or is after them."""
    if told is None or told < nights[0]:
        return None
    return next((night for night in nights if night >= told), None)


def _warned(event: Mapping[str, Any], watched: Watched) -> date | None:
    """The first night since the event on which an indicator began to hold for the household that rests on a telling feed."""
    nights = [
        night
        for indicator in telling_indicators(event["event"])
        for night in watched.began.get((event["household_id"], indicator), ())
        if night >= event["day"]
    ]
    return min(nights, default=None)


def _is_open(event: Mapping[str, Any], sweep: Warnings) -> bool:
    """Whether an urgent indicator that rests on a telling feed could not be judged of the person or the household."""
    telling = telling_indicators(event["event"])
    return any(
        bool(sweep.open_among(one.id, pl.Series([event[key]], dtype=pl.String))[0])
        for one in sweep.indicators
        if one.id in telling and one.group == "urgent"
        if event[key := "household_id" if one.subject == "household" else "person_id"] is not None
    )
