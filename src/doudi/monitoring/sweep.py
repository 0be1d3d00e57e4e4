"""The sweep of a night: every indicator held against a whole county, tonight against the night before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from doudi.law import library
from doudi.monitoring.blocks import judge_night
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.earlier import earlier_of
from doudi.monitoring.entries import Indicator
from doudi.monitoring.judged import Judged, Outcome
from doudi.monitoring.law import Watch, rules_of, watch_of
from doudi.monitoring.reach import Reach, silent
from doudi.monitoring.tables import Tables
from doudi.monitoring.warnings import Warnings, warnings_of
from doudi.monitoring.words import DUE


def sweep(
    today: Tables,
    before: Tables | None,
    *,
    indicators: Collection[str] | None = None,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
) -> Warnings:
    """The warnings of a night, of those households that ``today`` holds.

    ``before``: the night before, or an earlier one that was swept last; None on the first night of all, when nobody is taken to
    have changed. ``indicators``: ids of those to judge, all that apply to the place by default. ``settings`` and ``overlay``
    change parameters.

    Raises:
        RegionError, ParameterError: the region, a setting or the overlay is at fault.
        LawError: no such indicator.
    """
    yesterday = before.day if before is not None else today.day - timedelta(days=1)
    watch, applying = law_of_night(
        today.region, today.day, yesterday, today.reach, indicators, settings, overlay
    )
    earlier = earlier_of(today, before) if before is not None else None
    written = [one for one in applying if one.rule and not one.family]
    found = judge_night(today, earlier, watch, rules_of(today.day), written)
    found |= {one.id: Outcome(Judged.NOT, np.empty(0, np.int64)) for one in applying if one.needs is not None}
    found |= {one.id: _of_family(today, one) for one in applying if one.family}
    found = {one.id: _with_silent_sources(found[one.id], one, today) for one in applying}
    return warnings_of(today, found, applying, None if today.whole else _looked_at(today, before))


def _looked_at(today: Tables, before: Tables | None) -> pl.Series:
    """The households that a part of a night says something of: those in it, and those of the night before that are not there any
    more."""
    here = today.household["household_id"]
    if before is None:
        return here
    earlier = before.household["household_id"]
    return pl.concat([here, earlier.filter(~earlier.is_in(here.implode()))])


def law_of_night(
    region: str,
    day: date,
    yesterday: date,
    reach: Mapping[str, Reach],
    indicators: Collection[str] | None = None,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
) -> tuple[Watch, tuple[Indicator, ...]]:
    """The law of a night on which the feeds answer as ``reach`` says, and the indicators of its place.

    Raises:
        RegionError, ParameterError: the region, a setting or the overlay is at fault.
        LawError: no such indicator.
    """
    watch = watch_of(region, day, yesterday, settings=settings, overlay=overlay)
    applying = _applying(watch, indicators)
    doubts = silent(reach, applying)
    return replace(watch, silent=doubts, unset=watch.unset | doubts, _kernels={}), applying


def _applying(watch: Watch, indicators: Collection[str] | None) -> tuple[Indicator, ...]:
    """The indicators of the place, or those of them that are named."""
    chain = [region.code for region in watch.resolved.chain]
    found = catalogue().applying(chain, watch.graph.variables)
    if indicators is None:
        return found
    wanted = {catalogue().indicator(name).id for name in indicators}
    return tuple(one for one in found if one.id in wanted)


def _with_silent_sources(outcome: Outcome, one: Indicator, today: Tables) -> Outcome:
    """The outcome with the feeds behind the indicator that do not answer: then it was judged in part only."""
    reach = today.reach
    behind = {
        feed for feed, months in one.sources.items() if feed not in reach or not reach[feed].answers(months)
    }
    feeds = tuple(sorted(behind | set(outcome.feeds)))
    judged = Judged.IN_PART if feeds and outcome.judged is Judged.YES else outcome.judged
    return replace(outcome, judged=judged, feeds=feeds)


def _of_family(today: Tables, one: Indicator) -> Outcome:
    """What the standings tell; nothing where no feed says what is received, or that feed is late."""
    programme = today.programmes.get(one.programme)
    if programme is None or not programme.said:
        feeds = (programme.feed,) if programme is not None and programme.feed else ()
        return Outcome(Judged.NOT, np.empty(0, np.int64), feeds=feeds)
    code = library.indicator_code_sets()["standing"].index(one.family)
    rows = today.standing.filter(pl.col("programme") == one.programme, pl.col("standing") == code)
    opened = today.opened[one.programme] if one.programme in today.opened.columns else None
    missing = {} if opened is None else {f"{DUE}{one.programme}": int(opened.sum())}
    places = rows["household"].to_numpy().astype(np.int64)
    return Outcome(Judged.YES, places, rows["held"], rows["due"], opened, missing)
