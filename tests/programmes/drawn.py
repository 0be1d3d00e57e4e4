"""Households of any shape with costs of illness, drawn from seeds so that they are always the same."""

from __future__ import annotations

from random import Random

from doudi.assessment.statute import OWNED
from doudi.facts.household import HouseholdFacts
from tests.law.households import SHARE_CHANGED, Builder, Case

FEN = 100


def drawn(seed: int, number: int, unknown: float = 0.0, ill: bool = False) -> list[Case]:
    """Households of one to four persons; with ``ill`` most persons have costs of treatment."""
    found = []
    for place in range(number):
        chance = Random(seed * 1000 + place)
        sizes = {"person": chance.randint(1, 4), "supporter": chance.randint(0, 2)}
        sizes.update({entity: chance.randint(0, 2) for entity in OWNED})
        case = Builder(chance, chance.choice(SHARE_CHANGED), unknown).household(sizes)
        if ill:
            for row in case["person"]:
                row.update(_illness(chance))
            case["household"].update(
                essential_shortfall=chance.choice([0, 0, 3_000 * FEN]), temporary_aid_times=0
            )
        found.append(case)
    return found


def _illness(chance: Random) -> dict[str, int]:
    """Costs from nothing to half a million yuan, in fen; what is within scope is at most the cost."""
    costs = {}
    for kind in ("inpatient", "outpatient"):
        cost = chance.choice(
            [0, 700 * FEN, chance.randint(0, 60_000 * FEN), chance.randint(0, 500_000 * FEN)]
        )
        costs |= {f"{kind}_cost": cost, f"{kind}_in_scope": chance.choice([cost, chance.randint(0, cost)])}
    return {**costs, "insurance": chance.choice([0, 1, 1, 1, 2]), "other_medical_paid": 0}


def alone(case: Case) -> HouseholdFacts:
    """A drawn household as the reader of files would give it."""
    return HouseholdFacts(
        case, {"household": ["h"], "person": [str(n) for n in range(len(case["person"]))]}, []
    )
