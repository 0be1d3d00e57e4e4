"""A member has died (成员死亡): the household is reviewed once, and what was paid after the month of death is looked at once.

However often a death is reported, the household has one review of it and one overpayment.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.procedure.calendar import add_months
from doudi.procedure.moves import Taken
from doudi.web.audit import record
from doudi.web.cases.effects import after
from doudi.web.cases.models import Case, Overpayment, Step, Way
from doudi.web.cases.services.entitling import known_sum, month_of
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case, running_review
from doudi.web.registry.effects import after as after_change
from doudi.web.registry.models import Change, Household

DEATH = "death"
NOT_BEGUN = frozenset({"due", "noted"})


@after_change(DEATH)
def review_once(change: Change, by: Any) -> None:
    """Begin the review of a household in aid from the approved change of a death; where nobody is left, the case that ends aid.

    A review that runs already takes note of it (民发〔2021〕57号 art. 30); one that waits is begun (art. 31).
    """
    household = change.household
    household.refresh_from_db()
    if household.size == 0:
        _end_aid(household, change.on)
        return
    running = running_review(household)
    if running is None and _sum_of(household) is None and not household.held:
        return
    case = running or open_case("review", household)
    if case.stage in NOT_BEGUN:
        take(case, "open_review", None, _cause(case, change.on))
        return
    take(case, "note_again", None, {"evidence": (f"死亡变更 {change.on.isoformat()}",)})
    look_at(case, change.on)


@after("review", "open_review")
def reviewed_for_death(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """A review of a death looks at what was paid since."""
    facts = taken.event.inputs
    if facts.get("review_cause") == DEATH and facts.get("died_on"):
        look_at(case, date.fromisoformat(str(facts["died_on"])))


def look_at(case: Case, died_on: date) -> Overpayment:
    """The overpayment of a household after a death; made when it is first asked for."""
    since = add_months(month_of(died_on), 1)
    found: Overpayment
    found, new = Overpayment.objects.get_or_create(
        household=case.household, since=since,
        defaults={"region_id": case.region_id, "county": case.county, "case": case, "died_on": died_on},
    )  # fmt: skip
    if new:
        record("overpayment.enter", case, details={"since": since.isoformat()})
    return found


def _end_aid(household: Household, died_on: date) -> None:
    """Nobody is left: a review that runs ends, and aid in a case of its own, where an overpayment of an earlier death is decided
    as well."""
    running = running_review(household)
    if running is not None:
        take(running, "end_with_household", None, {"died_on": died_on.isoformat()})
    if _sum_of(household) is None:
        return
    case = open_case("cut", household)
    look_at(case, died_on)
    Overpayment.objects.filter(household=household, way=Way.OPEN).update(case=case)


def _sum_of(household: Household) -> int | None:
    return known_sum(Case(household=household, county=household.county))


def _cause(case: Case, died_on: date) -> dict[str, Any]:
    """What opens the review. A household in aid has agreed to checks when it applied (民发〔2021〕57号 art. 9)."""
    found: dict[str, Any] = {"review_cause": DEATH, "died_on": died_on.isoformat(), "check_authorised": True}
    before = known_sum(case)
    return found if before is None else found | {"amount_before": before}
