"""What a form shows before anything is typed: what follows from the case, the calculation and what is on record.

Nothing here decides: every value can be changed, and the procedure judges what is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from doudi import procedure
from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.assessment.frozen import replay
from doudi.procedure.calendar import add_months
from doudi.procedure.grace import planned_steps
from doudi.procedure.model.stages import Step
from doudi.web.cases.models import StandingReading
from doudi.web.cases.readings import Meeting, meeting_of
from doudi.web.cases.selectors.calculating import determination_of, proposal_of
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.selectors.overpaid import first_month, of_case, over_of
from doudi.web.cases.services.cases import as_procedures, local_now
from doudi.web.cases.services.committing import earlier_grade
from doudi.web.cases.services.entitling import amended_by, difference_of, known_sum, month_of
from doudi.web.registry.models import Person, State

Values = dict[str, Any]
_fillers: dict[str, Callable[[Folder], Values]] = {}


def _fills(*steps: str) -> Callable[[Callable[[Folder], Values]], Callable[[Folder], Values]]:
    def add(filler: Callable[[Folder], Values]) -> Callable[[Folder], Values]:
        _fillers.update(dict.fromkeys(steps, filler))
        return filler

    return add


def initial(folder: Folder, step: Step) -> Values:
    """What the form of a step shows."""
    asked = {each.name for each, _required in step.inputs}
    found: Values = {}
    if "remedies" in asked:
        found["remedies"] = ["reconsideration", "litigation"]
    if "pay_record" in asked:
        found["pay_record"] = f"{folder.case.number}-{folder.case.steps + 1:02}"
    if "delivered_by" in asked:
        found["delivered_by"] = "in_person"
    if step.name in _fillers:
        found |= _fillers[step.name](folder)
    return {name: value for name, value in found.items() if name in asked}


@_fills("submit")
def _submit(folder: Folder) -> Values:
    """Who has a case before anything was sent was found: by a warning, or when two registers were made one."""
    case = folder.case
    found = case.pk is not None and (case.parent is None or case.parent.kind == "warning")
    return {"source": "found"} if found else {}


@_fills("propose")
def _propose(folder: Folder) -> Values:
    facts = folder.standing.facts
    return {"opinion": "refuse" if facts.get("programme") == "none" else "grant"}


@_fills("conclude")
def _conclude(folder: Folder) -> Values:
    facts = folder.standing.facts
    before, now = facts.get("amount_before"), facts.get("amount")
    if facts.get("programme") == "none":
        return {"change": "steps" if _is_in_grace(folder) else "stop"}
    if isinstance(before, int) and isinstance(now, int) and before != now:
        return {"change": "raise" if now > before else "lower", "amount": now}
    return {"change": "none"}


def _is_in_grace(folder: Folder) -> bool:
    """Whether the frozen determination saw a member at work and income that alone passes the line."""
    if folder.frozen is None:
        return False
    trace = replay(folder.frozen.content()).determination.trace
    return bool(trace.value("has_new_worker") and trace.value("is_dibao_but_for_income"))


@_fills("open_review")
def _review(folder: Folder) -> Values:
    found: Values = {
        "amount_before": known_sum(folder.case),
        "review_cause": "periodic",
        "check_authorised": True,
    }
    if folder.case.parent is None or folder.case.parent.kind != "warning":
        return found
    if _of_parent(folder, "result") != "died":
        return found | {"review_cause": "warning"}
    dead = Person.objects.filter(
        memberships__household=folder.case.household, state=State.DIED, ended_on__isnull=False
    ).order_by("-ended_on")
    died_on = dead.values_list("ended_on", flat=True).first()
    return found | {"review_cause": "death", "died_on": died_on}


@_fills("intend")
def _cut(folder: Folder) -> Values:
    told = _of_parent(folder, "amount")
    ended = folder.case.household is not None and folder.case.household.size == 0
    amount = 0 if ended or _of_parent(folder, "change") == "stop" else told
    found: Values = {
        "amount_before": known_sum(folder.case), "amount": amount, "effective_from": _next_month()
    }  # fmt: skip
    return found | {"ground_for_cut": "death"} if of_case(folder.case) else found


@_fills("plan_steps")
def _steps(folder: Folder) -> Values:
    before, today = known_sum(folder.case), local_now().date()
    if before is None:
        return {}
    here = procedure.ground(procedure.procedure(), folder.case.county, today)
    return {"amount_before": before, "steps": planned_steps(here, before, today)}


@_fills("carry_out_step")
def _step(folder: Folder) -> Values:
    month = f"{local_now():%Y-%m}"
    steps: Any = folder.standing.facts.get("steps", ())
    return {"amount": next((amount for when, amount in steps if when == month), None)}


@_fills("raise_sum")
def _raise(folder: Folder) -> Values:
    return {"effective_from": _next_month()}


@_fills("visit", "interview", "county_visit")
def _visit(folder: Folder) -> Values:
    return {"manner": "on_site"}


@_fills("call_conference", "draft_reading")
def _agenda(folder: Folder) -> Values:
    if folder.frozen is None:
        return {}
    found = discretion(replay(folder.frozen.content()).determination, "zh")
    return {
        "agenda": "\n".join(each.sentence for each in found.elastic if each.path in folder.frozen.turns_on)
    }


@_fills("hold_conference")
def _meeting(folder: Folder) -> Values:
    called = folder.standing.counting.get("call_conference")
    members: Any = called.inputs.get("members", ()) if called else ()
    drafted: Any = folder.standing.facts.get("turns_on", ())
    found: Values = {
        "present": list(members), "signed_by": list(members), "settles": list(folder.turning or drafted),
        "minutes": f"{folder.case.number}-{folder.case.steps + 1:02}",
    }  # fmt: skip
    meeting = meeting_on(folder)
    if meeting is not None and meeting.readings:
        found |= {
            "readings": meeting.readings, "most_favourable": meeting.readings[0], "chosen": meeting.readings[0]
        }  # fmt: skip
    return found


def meeting_on(folder: Folder) -> Meeting | None:
    """The readings that a collective review has before it, the most favourable first; None without a calculation."""
    if folder.frozen is None:
        return None
    found = discretion(replay(folder.frozen.content()).determination, "zh")
    return meeting_of(found, folder.frozen.turns_on)


@_fills("apply_reading")
def _apply(folder: Folder) -> Values:
    if not folder.on_record:
        return {}
    reading = folder.on_record[0]
    return {
        "reading_record": reading.number,
        "settles": [path for path in folder.turning if path in reading.settles],
    }


@_fills("record_reading")
def _record(folder: Folder) -> Values:
    year = local_now().year
    before = StandingReading.objects.filter(county=folder.case.county, recorded_on__year=year).count()
    return {"reading_record": f"{folder.case.county}-{year}-{before + 1:03}"}


@_fills("sign_commitment")
def _commitment(folder: Folder) -> Values:
    return {"earlier_grade": earlier_grade(folder.case)}


@_fills("revoke_decision")
def _restored(folder: Folder) -> Values:
    return amended_by(folder.case)


@_fills("change_decision")
def _changed(folder: Folder) -> Values:
    """The same, with the sum that the law gives today where it gives one."""
    found = determination_of(folder.case) if folder.case.household else None
    amount = proposal_of(found, discretion(found)).amount if isinstance(found, Determination) else None
    return amended_by(folder.case) | ({} if amount is None else {"amount": amount})


@_fills("settle_difference")
def _difference(folder: Folder) -> Values:
    found = difference_of(folder.case.county, folder.standing.facts, local_now().date())
    if found is None:
        return {}
    return {"difference": abs(found), "settlement": "paid" if found > 0 else "waived"}


@_fills("order_recovery")
def _recovery(folder: Folder) -> Values:
    return {"amount": folder.standing.facts.get("amount")}


@_fills("order_return", "net_off")
def _overpaid(folder: Folder) -> Values:
    """What was paid too much before the month in which the new sum begins; nothing where that cannot be determined."""
    over = over_of(folder.case, first_month(folder.standing.facts))
    return {"amount": over, "overpaid": over}


@_fills("record_return", "record_recovery")
def _recovered(folder: Folder) -> Values:
    return {"recovered": folder.standing.facts.get("amount")}


def _next_month() -> Any:
    return add_months(month_of(local_now()), 1)


def _of_parent(folder: Folder, name: str) -> Any:
    """What was filled in last in the case from which this one came."""
    parent = folder.case.parent
    if parent is None:
        return None
    events = as_procedures([parent])[parent.pk].events
    return next((event.inputs[name] for event in reversed(events) if name in event.inputs), None)
