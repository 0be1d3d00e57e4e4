"""Which households of a night wake on the next one: something is found otherwise only because a day has passed.

Somebody turns seventy in one month, a certificate comes within its notice, a bill is older than twelve months: nothing of the
household changes, and yet an indicator begins or ceases to hold. When a night is prepared, every indicator that asks for the day is
judged as of that night and as of the next, all else being as it is; who is found otherwise is marked in ``wakes``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl

from doudi.monitoring.blocks import judge_night, subjects
from doudi.monitoring.earlier import unchanged
from doudi.monitoring.entries import Indicator
from doudi.monitoring.judged import Outcome
from doudi.monitoring.law import Rules, Watch, rules_of
from doudi.monitoring.sweep import law_of_night
from doudi.monitoring.tables import Mask, Tables
from doudi.monitoring.words import SINCE, YESTERDAY
from doudi.rules.columns import Array


def wakes(night: Tables) -> pl.Series:
    """For each household whether a day more alone changes what is found of it.

    It rests on the law and on which feeds answer as they are on the night.
    """
    watch, applying = law_of_night(night.region, night.day, night.day, night.reach)
    rules = rules_of(night.day)
    timed = [one for one in applying if one.rule and not one.family and one.rule in asking_for_the_day(rules)]
    found = np.zeros(night.household.height, np.bool_)
    now, then = (_outcomes(night, watch, rules, timed, days) for days in (0, 1))
    for one in timed:
        table = subjects(night)[one.subject]
        places = _otherwise(now[one.id], then[one.id], table.height)
        found[places if one.subject == "household" else table["household"].to_numpy()[places]] = True
    return pl.Series("wakes", found)


def asking_for_the_day(rules: Rules) -> frozenset[str]:
    """The rules of indicators that rest on the day, or on days counted from it."""
    clocks = {"today", YESTERDAY} | {name for name, word in rules.words.items() if word.prefix == SINCE}
    timed: set[int] = set()
    for number, node in enumerate(rules.night.nodes):
        if (node.op == "input" and str(node.attribute) in clocks) or not timed.isdisjoint(node.args):
            timed.add(number)
    return frozenset(
        name
        for name, variable in rules.night.variables.items()
        if not timed.isdisjoint({variable.node, variable.value, variable.limit})
    )


def _outcomes(
    night: Tables, watch: Watch, rules: Rules, indicators: list[Indicator], days: int
) -> dict[str, Outcome]:
    """What is found so many days later if nothing but the day changes."""
    day = night.day + timedelta(days=days)
    return judge_night(night, unchanged(night), replace(watch, day=day, _kernels={}), rules, indicators, day)


def _otherwise(now: Outcome, then: Outcome, size: int) -> Array:
    """The subjects of which another thing is found: it holds or is open where it did not or was not, or shows another value."""
    differs = _holds(now, size) ^ _holds(then, size)
    differs |= _open(now, size) ^ _open(then, size)
    for ours, theirs in ((now.values, then.values), (now.limits, then.limits)):
        if ours is not None and theirs is not None:
            differs |= _side(now, ours, size) != _side(then, theirs, size)
    return np.flatnonzero(differs)


def _holds(outcome: Outcome, size: int) -> Mask:
    found = np.zeros(size, np.bool_)
    found[outcome.places] = True
    return found


def _open(outcome: Outcome, size: int) -> Mask:
    return np.zeros(size, np.bool_) if outcome.opened is None else outcome.opened.to_numpy()


def _side(outcome: Outcome, side: pl.Series, size: int) -> Array:
    found = np.zeros(size, np.int64)
    found[outcome.places] = side.fill_null(-1).to_numpy()
    return found
