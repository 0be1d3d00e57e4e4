"""Health, ability, study and absence of the persons of a synthetic county."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import CHILD, GRANDCHILD, KIND, Homes, People
from doudi.population.days import YEAR, History, age_on, first_of_september, school_year
from doudi.population.draw import Bools, Floats, Ints, among, chance, pick, pick_by, step

DISABILITIES = ("none", "sight", "hearing", "speech", "limb", "intellectual", "mental", "multiple")
LIMB, INTELLECTUAL, MENTAL, MULTIPLE = 4, 5, 6, 7
_DISABILITY_MIX = (
    (0, 8, 12, 8, 24, 26, 8, 14),
    (0, 12, 15, 2, 31, 11, 14, 15),
    (0, 18, 33, 0.4, 28, 1.5, 2, 17),
)
_GRADE_MIX = (0, 12, 22, 27, 39)

ILLNESSES = (
    "none", "cancer", "uraemia", "leukaemia", "organ_transplant", "severe_mental",
    "haemophilia", "heart_surgery", "stroke_sequelae", "other_serious",
)  # fmt: skip
OTHER_SERIOUS = ILLNESSES.index("other_serious")
_ILLNESS_MIX = (0, 40, 9, 3, 2, 10, 1, 9, 16, 10)

STUDIES = (
    "none", "kindergarten", "primary", "junior", "senior",
    "vocational_secondary", "higher_vocational", "bachelor", "postgraduate",
)  # fmt: skip
_STUDY_FROM_AGE = (3, 6, 12, 15, 18, 22, 25)
_STUDY_MIX = (
    (1, 0, 0, 0, 0, 0, 0, 0, 0),
    (12, 88, 0, 0, 0, 0, 0, 0, 0),
    (0, 0, 1, 0, 0, 0, 0, 0, 0),
    (0, 0, 0, 1, 0, 0, 0, 0, 0),
    (10, 0, 0, 0, 56, 34, 0, 0, 0),
    (42, 0, 0, 0, 0, 0, 28, 30, 0),
    (90, 0, 0, 0, 0, 0, 1, 5, 4),
    (1, 0, 0, 0, 0, 0, 0, 0, 0),
)
_LEAVES_SCHOOL = 18
_YEARS_ILL, _YEARS_DISABLED = 3.0, 14.0

ABSENCES = (
    "none",
    "prison",
    "detox",
    "declared_missing",
    "pretrial",
    "missing_undeclared",
    "conscript",
    "clergy",
)
CONSCRIPT, CLERGY = 6, 7
_ABSENCE_MIX = (99_685, 130, 35, 25, 20, 55, 0, 50)
_LONGEST_ABSENCE = np.array([0, 120, 24, 180, 9, 90, 24, 240])

ABILITIES = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")
_LOST_AT = np.array([0.95, 0.80, 0.72, 0.68, 0.62, 0.45])


@dataclass(frozen=True, slots=True)
class Condition:
    """How each person fares on the last day, and since when; codes are places in the tuples of this module."""

    disability: Ints
    grade: Ints
    component: Ints
    illness: Ints
    study: Ints
    absence: Ints
    absence_months: Ints
    abilities: Bools
    can_work: Bools
    ill_since: Ints
    disabled_since: Ints
    study_since: Ints
    away_since: Ints

    @property
    def severe(self) -> Bools:
        """Grade 1 or 2, or grade 3 where the mind is affected."""
        return ((self.grade > 0) & (self.grade <= 2)) | ((self.grade == 3) & self.of_mind)

    @property
    def of_mind(self) -> Bools:
        """A mental or intellectual disability."""
        return among(self.disability, (INTELLECTUAL, MENTAL))


def conditions(homes: Homes, people: People, history: History, rng: np.random.Generator) -> Condition:
    """Conditions drawn by age, household and fortune: misfortune and illness go together."""
    size = people.home.size
    strain = np.exp(-0.35 * homes.fortune[people.home])
    disability, grade, component = _disabilities(homes, people, strain, rng)
    ill = chance(rng, step(people.age, (15, 40, 60), (0.0010, 0.0022, 0.0078, 0.0165)) * strain)
    illness = np.where(ill, pick(rng, _ILLNESS_MIX, size), 0)
    study, study_since = _studies(people, grade, history, rng)
    absence, months = _absences(people, study, rng)
    gravely = (grade > 0) & (grade <= 2)
    frailty = np.clip(
        step(people.age, (60, 75, 85), (0, 0.01, 0.06, 0.2)) + 0.30 * gravely + 0.12 * ill, 0, 1
    )
    frail = rng.random(size)[:, None]
    abilities = ~((frail < frailty[:, None]) & (rng.random((size, 6)) < 1.25 - _LOST_AT))
    can_work = (people.age >= 16) & (people.age < 75) & ~gravely & abilities.all(axis=1) & ~ill
    return Condition(
        disability, grade, component, illness, study, absence, months, abilities, can_work,
        _since(history, people, _YEARS_ILL, rng), _since(history, people, _YEARS_DISABLED, rng), study_since,
        np.maximum(history.ends - (months * 30.44).astype(np.int64), people.born),
    )  # fmt: skip


def _since(history: History, people: People, years: float, rng: np.random.Generator) -> Ints:
    """A day of onset, most of them long ago."""
    ago = 20 + (rng.exponential(years, people.home.size) * YEAR).astype(np.int64)
    return np.maximum(history.ends - ago, people.born + 30)


def _disabilities(
    homes: Homes, people: People, strain: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Kind, grade 1 to 4 and, for a multiple one, its gravest component."""
    likely = step(people.age, (15, 40, 60, 75), (0.012, 0.022, 0.051, 0.122, 0.21)) * strain
    kept_home = (homes.kind[people.home] == KIND["old_and_child"]) & (people.relation == CHILD)
    disabled = chance(rng, np.clip(np.where(kept_home, 0.24, likely), 0, 0.6))
    kind = pick_by(rng, _DISABILITY_MIX, np.digitize(people.age, (15, 60)).astype(np.int64))
    kind = np.where(disabled, kind, 0)
    grade = np.where(disabled, pick(rng, _GRADE_MIX, disabled.size), 0)
    component = pick(rng, (0, 2, 2, 1, 5, 3, 2), disabled.size)
    return kind, grade, np.where(kind == MULTIPLE, component, 0)


def _studies(people: People, grade: Ints, history: History, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Stage of study by age at the beginning of the school year, and the day it began; grown-up students are children of
    the house."""
    year = school_year(history.ends)
    begins = first_of_september(np.array([year]))[0]
    age = np.maximum(age_on(int(begins), people.born), 0)
    band = np.searchsorted(_STUDY_FROM_AGE, age, side="right")
    study = pick_by(rng, _STUDY_MIX, band.astype(np.int64))
    of_the_house = among(people.relation, (CHILD, GRANDCHILD))
    kept_away = ((age >= _LEAVES_SCHOOL) & ~of_the_house) | ((grade == 1) & chance(rng, 0.6, study.size))
    entered = year - (age - np.array((0, *_STUDY_FROM_AGE))[band])
    return np.where(kept_away, 0, study), first_of_september(entered)


def _absences(people: People, study: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Who is away from home for a reason that the law names, and for how many months."""
    grown = (people.age >= 18) & (people.age < 75) & (study == 0)
    absence = np.where(grown, pick(rng, _ABSENCE_MIX, grown.size), 0)
    of_age = people.male & (people.age >= 18) & (people.age <= 23) & (people.relation == CHILD) & (study == 0)
    absence = np.where(of_age & chance(rng, 0.06, grown.size), CONSCRIPT, absence)
    longest = _LONGEST_ABSENCE[absence]
    return absence, np.where(absence > 0, 1 + (rng.random(grown.size) * longest).astype(np.int64), 0)
