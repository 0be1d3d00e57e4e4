"""Which households have to be looked at on a night so that nothing is lost beside a sweep of all.

What is found of a household rests on what is kept of it tonight and the night before, on the day, and on what is the same for
everybody: the law, and which feeds answer (:func:`basis`). So a household may be left out when all of this holds:

- tonight it is as it was the night before (``digest``), and the night before as on the one before that, so that no change begins
  or is over;
- tonight is the day after, and a day more alone changes nothing of it (``wakes`` of the night before);
- what is the same for everybody has stayed the same.

Else it is looked at; where the last does not hold, or more than :data:`MOST` would be looked at, all are.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from doudi.monitoring.law import rules_of
from doudi.monitoring.opening import Head, read_before, read_head, read_night
from doudi.monitoring.places import places_of
from doudi.monitoring.reach import reach_as_kept
from doudi.monitoring.sweep import law_of_night
from doudi.monitoring.tables import Mask, Tables

MOST = 0.5
"""The share of households from which on it takes no longer to look at all."""


def read_changed(today: Path, before: Path, earlier: Path | None) -> tuple[Tables, Tables]:
    """Of three prepared nights that were swept one after another the last two: of the households alone that have to be looked at,
    or whole. Without the ``earlier`` one they are whole.

    Raises:
        MonitoringError: a folder holds no night.
    """
    asked = rules_of(read_head(today).day).of_the_night_before
    chosen = None if earlier is None else to_look_at(read_head(today), read_head(before), read_head(earlier))
    if chosen is None:
        return read_night(today), read_before(before, asked)
    return read_night(today, chosen[0]), read_before(before, asked, chosen[1])


def to_look_at(today: Head, before: Head, earlier: Head) -> tuple[Mask, Mask] | None:
    """The households of tonight that have to be looked at, and those of the night before that are needed beside them: the same ones
    and those that are not there any more, whose people may have moved. None: all."""
    next_day = today.day - before.day == timedelta(days=1)
    if not next_day or basis(today.page) != basis(before.page):
        return None
    stirred = changed(before, earlier)[0] | before.household["wakes"].to_numpy()
    found, beside = changed(today, before)
    places = places_of(today.household["household_id"], before.household["household_id"])
    there = np.flatnonzero(places >= 0)
    found[there] |= stirred[places[there]]
    beside[places[there]] |= found[there]
    return (found, beside) if found.mean() <= MOST else None


def changed(today: Head, before: Head) -> tuple[Mask, Mask]:
    """The households of a night of which anything that is kept is not what it was the night before, and those of the night before
    that are not on this one as they were."""
    places = places_of(today.household["household_id"], before.household["household_id"])
    there = np.flatnonzero(places >= 0)
    now, then = (night.household["digest"].to_numpy() for night in (today, before))
    same = there[now[there] == then[places[there]]]
    found, beside = (np.ones(night.household.height, np.bool_) for night in (today, before))
    found[same], beside[places[same]] = False, False
    return found, beside


def basis(page: dict[str, Any]) -> dict[str, Any]:
    """What is the same for everybody on a night and decides what is found: the law, which feeds do not answer, of which programmes
    it can be said what is received."""
    day = date.fromisoformat(page["day"])
    watch, _ = law_of_night(page["region"], day, day, reach_as_kept(page))
    return {
        "law": page["stamp"]["watched_by"],
        "region": page["region"],
        "silent": watch.silent,
        "programmes": page["programmes"],
    }
