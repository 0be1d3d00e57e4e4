"""Studies over the history: the present stage of each pupil and student, the one before, and those who finished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import CHILD, People
from doudi.population.condition import STUDIES, Condition
from doudi.population.days import BEFORE, History, first_of_september, school_year
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, chance, yuan

FEES = np.array([0, 3_600, 350, 700, 3_800, 2_600, 11_500, 12_500, 11_000], dtype=float)
"""Yuan a year by stage of study."""
_BEFORE_STAGE = np.array([0, 0, 1, 2, 3, 3, 4, 4, 7])
_HOLIDAYS = 62
_FINISHED = 0.4
_PART_TIME = 0.03
_SENIOR, _HIGHER, _BACHELOR = (STUDIES.index(name) for name in ("senior", "higher_vocational", "bachelor"))


@dataclass(frozen=True, slots=True)
class Studies:
    """Studies, one an element: person, stage (place in STUDIES), whether full-time, fees of a year in fen, days."""

    person: Ints
    study: Ints
    full_time: Bools
    fees: Ints
    since: Ints
    until: Ints


def studies_of(
    history: History, people: People, stay: Stay, condition: Condition, rng: np.random.Generator
) -> Studies:
    """All studies; a stage ends in July, the next begins in September."""
    now = np.flatnonzero(condition.study > 0)
    since = condition.study_since[now]
    promoted = (since > history.begins) & (_BEFORE_STAGE[condition.study[now]] > 0)
    before = now[promoted]
    done, stage, ended = _finished(history, people, condition, rng)
    person = np.concatenate((now, before, done))
    study = np.concatenate((condition.study[now], _BEFORE_STAGE[condition.study[before]], stage))
    begins = np.concatenate((since, np.full(before.size + done.size, BEFORE)))
    until = np.concatenate((stay.leaves[now], since[promoted] - _HOLIDAYS, ended))
    until = np.minimum(until, stay.leaves[person])
    rows = np.flatnonzero((begins < until) & (until > history.begins))
    person, study = person[rows], study[rows]
    full_time = ~((people.age[person] >= 18) & chance(rng, _PART_TIME, person.size))
    return Studies(person, study, full_time, yuan(rng, FEES[study], 0.3), begins[rows], until[rows])


def _finished(
    history: History, people: People, condition: Condition, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Young people who left school or college in one of the last summers."""
    young = (people.age >= 18) & (people.age <= 25) & (condition.study == 0) & (people.relation == CHILD)
    person = np.flatnonzero(young & chance(rng, _FINISHED, young.size))
    age = people.age[person]
    stage = np.where(age < 21, _SENIOR, np.where(chance(rng, 0.5, person.size), _HIGHER, _BACHELOR))
    year = school_year(history.ends) + np.where(age % 2 == 0, 0, -1)
    return person, stage, first_of_september(year) - _HOLIDAYS
