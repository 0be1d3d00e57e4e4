"""The sweep of a night: every indicator held against a whole county, tonight against the night before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from doudi.law import library
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import Indicator
from doudi.monitoring.judged import Judged, Outcome
from doudi.monitoring.judging import judge_all
from doudi.monitoring.law import Watch, rules_of, watch_of
from doudi.monitoring.night_columns import columns_of_night
from doudi.monitoring.reach import silent
from doudi.monitoring.tables import Tables, changed
from doudi.monitoring.warnings import Warnings, warnings_of
from doudi.monitoring.words import DUE


def sweep(
    today: Tables,
    before: Tables | None,
    *,
    changed_only: bool = False,
    indicators: Collection[str] | None = None,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
) -> Warnings:
    """The warnings of a night.

    ``before``: the night before, or an earlier one that was swept last; None on the first night of all, when nobody is taken to
    have changed. ``changed_only``: only households of which anything has changed; what is found of them is the same.
    ``indicators``: ids of those to judge, all that apply to the place by default. ``settings`` and ``overlay`` change parameters.

    Raises:
        RegionError, ParameterError: the region, a setting or the overlay is at fault.
        LawError: no such indicator.
    """
    yesterday = before.day if before is not None else today.day - timedelta(days=1)
    watch = watch_of(today.region, today.day, yesterday, settings=settings, overlay=overlay)
    applying = _applying(watch, indicators)
    doubts = silent(today.reach, applying)
    watch = replace(watch, silent=doubts, unset=watch.unset | doubts, _kernels={})
    households: pl.Series | None = None
    if changed_only and before is not None:
        chosen, beside = changed(today, before)
        today, before = today.of(chosen), before.of(beside)
        households = today.household["household_id"]
    rules = rules_of(today.day)
    columns = columns_of_night(today, before, rules.words)
    found = judge_all(columns, watch, rules, [one for one in applying if one.rule and not one.family])
    found |= {one.id: Outcome(Judged.NOT, np.empty(0, np.int64)) for one in applying if one.needs is not None}
    found |= {one.id: _of_family(today, one) for one in applying if one.family}
    found = {one.id: _with_silent_sources(found[one.id], one, today) for one in applying}
    return warnings_of(today, found, applying, households)


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
