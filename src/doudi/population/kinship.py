"""Who has somebody able to support them, and which children nobody able cares for (民发〔2021〕43号 art. 8)."""

from __future__ import annotations

import numpy as np

from doudi.population.composition import CHILD, GRANDCHILD, HEAD, PARENT, SPOUSE, Homes, People
from doudi.population.condition import Condition
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, among
from doudi.population.supporters import Supporters, able

_GROWN, _ABLE_BELOW = 18, 60


def supported(
    homes: Homes, people: People, stay: Stay, condition: Condition, supporters: Supporters
) -> Bools:
    """Who has somebody surely able to support them: outside, or among spouse, parents and children in the household."""
    outside = np.zeros(people.home.size, dtype=bool)
    outside[supporters.person[able(supporters)]] = True
    grave = (condition.grade > 0) & (condition.grade <= 3)
    fit = stay.here & (people.age >= _GROWN) & (people.age < _ABLE_BELOW) & ~grave & (condition.absence == 0)
    elders = count_by_home(homes, people, fit & among(people.relation, (HEAD, SPOUSE)))[people.home]
    children = count_by_home(homes, people, fit & (people.relation == CHILD))[people.home]
    is_elder = among(people.relation, (HEAD, SPOUSE))
    is_child_of_them = among(people.relation, (CHILD, PARENT))
    inside = np.where(
        is_elder, (elders - fit > 0) | (children > 0), np.where(is_child_of_them, elders > 0, children > 0)
    )
    return outside | inside


def unattended(people: People, stay: Stay, raised: Bools) -> Bools:
    """Children for whom nobody able cares (事实无人抚养儿童)."""
    return stay.here & (people.age < _GROWN) & among(people.relation, (CHILD, GRANDCHILD)) & ~raised


def count_by_home(homes: Homes, people: People, who: Bools) -> Ints:
    """How many of the chosen persons each household has."""
    return np.bincount(people.home[who], minlength=homes.size.size)
