"""Whatever people do within what is possible, some things never happen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.procedure import Actor, Case, MoveError, apply, possible, procedure, readings, standing
from doudi.procedure.case import Event, Plain
from doudi.procedure.model.stages import Input, Step

RULES = procedure()
LAW = date(2026, 7, 1)
STAFF = [name for name, role in RULES.roles.items() if role.staff]
KIN = "township_clerk/3"
RARE = (
    "withdraw",
    "declare_kin",
    "refuse_acceptance",
    "end_for_refusal",
    "return_papers",
    "request_papers",
    "turn_to_ordinary",
)
GOOD: dict[str, list[Plain]] = {
    "papers": [("income_statement",), ("medical_receipts", "bank_account")],
    "investigators": [("a", "b")],
    "manner": ["on_site"],
    "remedies": [("reconsideration", "litigation")],
    "members": [("m1", "m2", "m3")],
    "present": [("m1", "m2", "m3")],
    "signed_by": [("m1", "m2", "m3")],
    "readings": [("wide", "narrow")],
    "most_favourable": ["wide"],
    "chosen": ["wide"],
    "settles": [("cap",)],
    "turns_on": [(), ("cap",)],
    "evidence": [("visit",)],
    "earlier_accounts": [("township_clerk/1",)],
    "sample_percent": [30, 10],
    "effective_from": ["2026-06-01", "2026-09-01"],
    "worker_started": ["2026-05-01"],
    "amount_before": [90_000],
    "amount": [50_000, 0],
    "members_counted": [2],
    "check_authorised": [True],
    "authorised": [True],
    "papers_complete": [True],
    "committed": [True],
    "signed_by_both": [True],
    "earlier_grade": ["none"],
    "within_range": [True],
}


def filled(step: Step, rng: Random, at: datetime) -> dict[str, Plain]:
    """Inputs that mostly fit, as people would write them."""
    return {
        each.name: _value(each, rng, at) for each, required in step.inputs if required or rng.random() < 0.6
    }


def _value(each: Input, rng: Random, at: datetime) -> Plain:
    if each.name in GOOD:
        return rng.choice(GOOD[each.name])
    if each.kind == "steps":
        first = at.year * 12 + at.month
        months = [f"{(first + step) // 12}-{(first + step) % 12 + 1:02d}" for step in range(3)]
        return tuple(zip(months, (90_000, 90_000, 72_000), strict=True))
    if each.kind == "code":
        return rng.choice(list(each.codes))
    plain: dict[str, Plain] = {
        "text": "x",
        "flag": rng.random() < 0.5,
        "count": 1,
        "money": 10_000,
        "day": "2026-06-01",
        "list": ("x",),
    }
    return plain[each.kind]


def walk(kind: str, region: str, seed: int, tries: int = 120) -> Case:
    """A random sequence of possible steps: what may be tried from the stage is tried, mostly what was not done yet."""
    rng = Random(seed)
    case = Case(kind, region, (), frozenset({"home"}), frozenset({KIN}))
    at = datetime(2026, 5, 1, 9) + timedelta(days=rng.randrange(120))
    for _ in range(tries):
        now = standing(RULES, case)
        if now.stage.final:
            break
        at += timedelta(days=rng.choice((0, 0, 1, 3, 8, 20)), hours=rng.randrange(5))
        steps = [step for step in now.machine.steps_on(at.date()) if now.stage.name in step.origins]
        usual = [step for step in steps if step.name not in RARE or rng.random() < 0.03]
        fresh = [step for step in usual if step.name not in now.ever]
        step = rng.choice(fresh if fresh and rng.random() < 0.8 else usual or steps)
        role = rng.choice(step.roles)
        actor = Actor("home" if role == "resident" else f"{role}/{rng.randint(1, 3)}", role)
        try:
            case = apply(case, step.name, actor, at, filled(step, rng, at)).case
        except MoveError:
            continue
    return case


def last_before(case: Case, number: int, *steps: str) -> Event | None:
    return next((event for event in reversed(case.events[: number - 1]) if event.step in steps), None)


def check(case: Case) -> None:
    """Everything that must be true of every case."""
    kin = {KIN}
    for event in case.events:
        assert event.actor.account not in kin or event.actor.role not in STAFF or event.step == "declare_kin"
        kin |= {str(event.inputs["kin_account"])} if event.step == "declare_kin" else set()
        if event.step == "pay":
            assert last_before(case, event.number, "confirm", "confirm_delegated", "confirm_small")
        if event.step.startswith(("confirm", "recognise", "refuse")) and event.step != "refuse_acceptance":
            proposed = last_before(case, event.number, "propose")
            assert proposed is not None
            assert proposed.actor.account != event.actor.account
            assert {"visit", "report_check"} <= {each.step for each in case.events[: event.number]}
        if event.step.startswith("confirm") and case.machine != "temporary_urgent":
            assert last_before(case, event.number, "post_notice")
        if event.step.startswith(("decide_cut", "decide_steps", "decide_ending")) and event.at.date() >= LAW:
            assert _was_heard(case, event)
        if event.step in ("aid_first", "county_aid_first", "aid_on_commitment"):
            assert case.machine in ("temporary_urgent", "commitment")
    numbers = [event.number for event in case.events]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [event.at for event in case.events] == sorted(event.at for event in case.events)
    _check_clocks(case)
    _check_steps(case)


def _was_heard(case: Case, event: Event) -> bool:
    facts = {name: value for each in case.events[: event.number] for name, value in each.inputs.items()}
    if "death" in (facts.get("ground_for_cut"), facts.get("ending_ground")):
        return True
    if last_before(case, event.number, "hear"):
        return True
    before = Case(case.machine, case.region, case.events[: event.number - 1], case.household, case.kin)
    spoken = [each for each in readings(RULES, before, event.at) if each.run.clock.name == "speak_up"]
    return any(each.due is not None and event.at > each.due.at for each in spoken)


def _check_clocks(case: Case) -> None:
    end = case.events[-1].at if case.events else datetime(2026, 5, 1)
    for reading in readings(RULES, case, end + timedelta(days=30)):
        assert reading.left >= 0
        assert reading.late >= 0
        assert not (reading.left and reading.late)
        if reading.run.stopped is None and not reading.run.clock.outlives:
            assert not standing(RULES, case).stage.final


def _check_steps(case: Case) -> None:
    carried = [int(str(event.inputs["amount"])) for event in case.events if event.step == "carry_out_step"]
    assert all(amount <= 90_000 for amount in carried)


@pytest.mark.parametrize("kind", RULES.machines)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), region=st.sampled_from(["999901", "310000", "330000", "000000"]))
def test_no_sequence_of_possible_steps_breaks_a_promise(kind: str, seed: int, region: str):
    check(walk(kind, region, seed))


@pytest.mark.parametrize("kind", RULES.machines)
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), tries=st.integers(0, 60))
def test_from_everywhere_somebody_can_go_on(kind: str, seed: int, tries: int):
    case = walk(kind, "999901", seed, tries)
    if standing(RULES, case).stage.final:
        return
    at = (case.events[-1].at if case.events else datetime(2026, 9, 1)) + timedelta(days=40)
    names = {
        move.step.name
        for role in RULES.roles
        for move in possible(case, Actor("home" if role == "resident" else f"{role}/fresh", role), at)
        if move.allowed
    }
    assert names - {"declare_kin", "note_again", "extend"}


@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_the_same_events_always_tell_the_same(seed: int):
    case = walk("application", "999901", seed)
    again = Case(case.machine, case.region, (), case.household, case.kin)
    for event in case.events:
        again = apply(again, event.step, event.actor, event.at, event.inputs).case
    assert standing(RULES, again) == standing(RULES, case)
    assert readings(RULES, again, datetime(2027, 1, 1)) == readings(RULES, case, datetime(2027, 1, 1))


def test_walks_reach_decisions_payments_and_cuts():
    kinds = ("application", "temporary_spending", "cut", "grace")
    walks = [walk(kind, "999901", seed, 300) for kind in kinds for seed in range(14)]
    reached = {event.step for case in walks for event in case.events}
    assert {"propose", "post_notice", "county_review", "pay", "decide_cut", "decide_steps", "hear"} <= reached
