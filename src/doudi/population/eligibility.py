"""Who clearly may hold which aid, and who might: from means, age, disability and supporters.

What is clear holds with room to spare under the law of the county; what is possible leaves no room for doubt that the rest
is not eligible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import CHILD, GRANDCHILD, HEAD, KIND, PARENT, SPOUSE, Homes, People
from doudi.population.condition import CLERGY, Condition
from doudi.population.county import County, by_area
from doudi.population.days import OPEN
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, among
from doudi.population.need import Means
from doudi.population.supporters import Supporters, able

_ELDER, _CHILD_BELOW, _ABLE_BELOW = 60, 18, 60
_MONTHS_OF_MONEY = 24


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Of households: clearly dibao, low-margin or rigid; all clearly tekun; possibly any aid by what all have together; with a disabled member. Of
    persons: clearly alone in dibao (单人保), possibly alone, and possibly tekun."""

    dibao: Bools
    low_margin: Bools
    rigid: Bools
    tekun: Bools
    possible: Bools
    disabled: Bools
    single: Bools
    possibly_single: Bools
    possibly_tekun: Bools


def eligibility_of(
    county: County, homes: Homes, people: People, stay: Stay, condition: Condition, supporters: Supporters,
    raised: Bools, means: Means,
) -> Eligibility:  # fmt: skip
    """Judges every household and person of the last day."""
    here, standard = homes.left == OPEN, means.standard
    alone, possibly_alone = _alone(homes, people, stay, condition, means)
    tekun = _possibly_tekun(people, stay, condition, means, raised)
    refused = _any(
        homes, people, np.isin(np.arange(people.home.size), supporters.person[~supporters.consents])
    )
    marked = _any(homes, people, possibly_alone | tekun | (condition.illness > 0) & stay.here)
    any_tekun = _any(homes, people, tekun)
    away = _any(homes, people, (condition.absence > 0) & stay.here)
    little = here & means.owns_little & ~away & ~refused & _settled(homes, people, stay)
    funds = means.standard * means.heads
    dibao = little & ~any_tekun & (100 * means.before < 92 * standard) & (means.money < 22 * funds)
    near = (100 * means.after >= 103 * standard) & (100 * means.before < 143 * standard)
    low_margin = little & ~marked & near & (means.money < 33 * funds)
    income = means.before * 12 * means.heads
    disposable = by_area(county, "disposable", homes.rural).astype(np.int64) * 100
    above = 100 * means.after >= 156 * standard
    rigid = (
        little & ~marked & above & (100 * 12 * means.before < 95 * disposable) & (means.money < 38 * funds)
    )
    rigid &= 100 * means.spent > 66 * income
    burdened = (100 * means.spent > 56 * income) & (100 * 12 * means.after < 103 * disposable)
    low = 100 * means.after < 156 * standard
    members = np.bincount(people.home[stay.here], minlength=homes.size.size)
    possible = here & (low | burdened) & (means.money < 45 * standard * members)
    disabled = _any(homes, people, (condition.grade > 0) & stay.here)
    only_tekun = here & _all_tekun(homes, people, stay, condition, supporters, means, tekun)
    return Eligibility(dibao, low_margin, rigid, only_tekun, possible, disabled, alone, possibly_alone, tekun)


def _any(homes: Homes, people: People, who: Bools) -> Bools:
    found = np.zeros(homes.size.size, dtype=bool)
    found[people.home[who]] = True
    return found


def _settled(homes: Homes, people: People, stay: Stay) -> Bools:
    """Nobody joined within the history but by birth or with all others, so that everyone counts who should."""
    joined = stay.here & (stay.enters > people.born) & (stay.enters > homes.came[people.home])
    return ~_any(homes, people, joined)


def _alone(
    homes: Homes, people: People, stay: Stay, condition: Condition, means: Means
) -> tuple[Bools, Bools]:
    """Grown, severely disabled and without work: clearly, and possibly, taken as a household of one; with them clergy."""
    standard = means.standard[people.home]
    severe = (condition.grade > 0) & (condition.grade <= 2)
    grown = stay.here & (people.age >= 18)
    disabled = grown & severe & ~condition.can_work
    clear = (
        disabled & (condition.absence == 0) & (means.income * 100 < 92 * 12 * standard) & means.owns_no_more
    )
    clear &= means.own_money < 20 * standard
    possible = (disabled | grown & (condition.absence == CLERGY)) & (means.income * 100 < 140 * 12 * standard)
    return clear, possible & (means.own_money < 26 * standard)


def _unable(people: People, condition: Condition) -> Bools:
    """Without working ability: by age, or by kind and grade of disability."""
    return (
        (people.age >= _ELDER)
        | (people.age < _CHILD_BELOW)
        | ((condition.grade > 0) & (condition.grade <= 3))
    )


def _possibly_tekun(people: People, stay: Stay, condition: Condition, means: Means, raised: Bools) -> Bools:
    """Grown people who might be tekun: unable to work, poor, and with nobody who surely is able to support them."""
    standard = means.standard[people.home]
    poor = (means.income * 100 < 130 * 12 * standard) & (means.own_money < (_MONTHS_OF_MONEY + 2) * standard)
    return stay.here & (people.age >= _CHILD_BELOW) & _unable(people, condition) & poor & ~raised


def supported(
    homes: Homes, people: People, stay: Stay, condition: Condition, supporters: Supporters
) -> Bools:
    """Who has somebody surely able to support them: outside, or among spouse, parents and children in the household."""
    outside = np.zeros(people.home.size, dtype=bool)
    outside[supporters.person[able(supporters)]] = True
    grave = (condition.grade > 0) & (condition.grade <= 3)
    fit = stay.here & (people.age >= 18) & (people.age < _ABLE_BELOW) & ~grave & (condition.absence == 0)
    elders = _count(homes, people, fit & among(people.relation, (HEAD, SPOUSE)))[people.home]
    children = _count(homes, people, fit & (people.relation == CHILD))[people.home]
    is_elder = among(people.relation, (HEAD, SPOUSE))
    is_child_of_them = among(people.relation, (CHILD, PARENT))
    inside = np.where(
        is_elder, (elders - fit > 0) | (children > 0), np.where(is_child_of_them, elders > 0, children > 0)
    )
    return outside | inside


def unattended(people: People, stay: Stay, raised: Bools) -> Bools:
    """Children for whom nobody able cares (事实无人抚养儿童)."""
    return stay.here & (people.age < _CHILD_BELOW) & among(people.relation, (CHILD, GRANDCHILD)) & ~raised


def _count(homes: Homes, people: People, who: Bools) -> Ints:
    return np.bincount(people.home[who], minlength=homes.size.size)


def _all_tekun(
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    supporters: Supporters,
    means: Means,
    tekun: Bools,
) -> Bools:
    """Old people alone, or as a couple, without any supporter, poor beyond doubt."""
    named = np.zeros(people.home.size, dtype=bool)
    named[supporters.person] = True
    standard = means.standard[people.home]
    clear = tekun & ~named & (people.age >= _ELDER) & (means.income * 100 < 90 * 12 * standard)
    clear &= (means.own_money < 20 * standard) & means.owns_no_more & (condition.absence == 0)
    kinds = among(homes.kind, [KIND["old_alone"], KIND["old_couple"]])
    return kinds & (_count(homes, people, clear) == _count(homes, people, stay.here))
