"""Running a case of procedure against the procedure itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doudi.procedure.case import Actor, Case
from doudi.procedure.cases.model import ClockAlone, Done, Expected, ProcedureCase
from doudi.procedure.errors import MoveError
from doudi.procedure.moves import apply, possible
from doudi.procedure.procedure import procedure
from doudi.procedure.running import Pause, Reading, Run
from doudi.procedure.standing import read_run, readings, standing
from doudi.rules.units import unit

HOUSEHOLD = frozenset({"resident"})


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is not as a case says: what, what was wanted, what was found, in one language-neutral line each."""

    what: str
    wanted: str
    found: str


def run_case(case: ProcedureCase) -> list[Failure]:
    """What is not as the case says; empty when it holds.

    Raises:
        LawError: the case names something that does not exist on its day.
    """
    if case.clock is not None:
        reading = _clock_alone(case.clock, case)
        wanted = (case.expected.clocks or {}) if case.expected else {}
        return list(_of_clock(case.clock.clock, reading, dict(wanted.get(case.clock.clock, {}))))
    now, failures = Case(case.kind, case.region, (), HOUSEHOLD, case.kin), []
    opens: tuple[str, ...] = ()
    for number, done in enumerate(case.events, start=1):
        try:
            taken = apply(now, done.step, done.actor, done.at, done.inputs)
        except MoveError as error:
            return [
                Failure(
                    f"{number}. {done.step}", "allowed", "; ".join(p.sentence("en") for p in error.problems)
                )
            ]
        now, opens = taken.case, taken.opens
    for done in case.refused:
        failures += _refused(now, done)
    if case.expected is not None:
        failures += list(_expected(now, case.expected, opens))
    return failures


def _clock_alone(alone: ClockAlone, case: ProcedureCase) -> Reading:
    rules = procedure()
    clock = rules.clock(alone.clock)
    reason = next(iter(clock.pauses), "")
    pauses = tuple(Pause(reason, begun, ended) for begun, ended in alone.pauses)
    at = case.expected.at if case.expected else alone.start
    return read_run(rules, case.region, Run(clock, alone.start, pauses), dict(alone.facts), at)


def _refused(now: Case, done: Done) -> list[Failure]:
    try:
        apply(now, done.step, done.actor, done.at, done.inputs)
    except MoveError as error:
        return _same_reasons(done, [problem.code for problem in error.problems])
    return [Failure(f"refused {done.step}", ", ".join(done.because), "allowed")]


def _same_reasons(done: Done, codes: list[str]) -> list[Failure]:
    found = sorted({code.removeprefix("move.") for code in codes})
    wanted = sorted(done.because)
    return [] if found == wanted else [Failure(f"refused {done.step}", ", ".join(wanted), ", ".join(found))]


def _expected(now: Case, expected: Expected, opens: tuple[str, ...]) -> Iterator[Failure]:
    state = standing(procedure(), now)
    for what, wanted, found in (
        ("stage", expected.stage, state.stage.name),
        ("owner", expected.owner, state.stage.owner),
    ):
        if wanted and wanted != found:
            yield Failure(what, wanted, found)
    shown = {reading.run.clock.name: reading for reading in readings(procedure(), now, expected.at)}
    for name, clock in (expected.clocks or {}).items():
        if name in shown:
            yield from _of_clock(name, shown[name], dict(clock))
        else:
            yield Failure(f"clock {name}", "started", "never started")
    for name, value in (expected.facts or {}).items():
        found = _fact(name, state.facts.get(name))
        if found != value:
            yield Failure(f"fact {name}", value, found)
    yield from _moves(now, expected)
    issued = {name for event in now.events for name in event.documents}
    for name in expected.documents:
        if name not in issued:
            yield Failure("documents", name, ", ".join(sorted(issued)))
    if expected.opens and expected.opens != opens:
        yield Failure("opens", ", ".join(expected.opens), ", ".join(opens))


def _moves(now: Case, expected: Expected) -> Iterator[Failure]:
    for role, steps in (expected.may or {}).items():
        allowed = {
            move.step.name
            for move in possible(now, Actor(role, role.partition("/")[0]), expected.at)
            if move.allowed
        }
        for step in steps:
            if step not in allowed:
                yield Failure(f"{role} may", step, ", ".join(sorted(allowed)))
    for done in expected.may_not:
        moves = {move.step.name: move for move in possible(now, done.actor, expected.at)}
        here = moves.get(done.step)
        yield from _same_reasons(done, [problem.code for problem in here.reasons] if here else ["move.stage"])


def _of_clock(name: str, reading: Reading, wanted: dict[str, str]) -> Iterator[Failure]:
    due = reading.due
    found = {
        "due": "none"
        if due is None
        else due.at.isoformat(" ", "minutes")
        if reading.unit == "hours"
        else str(due.day),
        "left": str(reading.left),
        "late": str(reading.late),
        "state": reading.state,
        "provisional": str(due is not None and due.provisional).lower(),
        "overdue": str(reading.is_overdue).lower(),
        "length": str(reading.length),
    }
    for key, value in wanted.items():
        if found.get(key) != value:
            yield Failure(f"clock {name}.{key}", value, found.get(key, "no such key"))


def _fact(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and procedure().inputs[name].kind == "money":
        return unit("CNY").number(value)
    return str(value)
