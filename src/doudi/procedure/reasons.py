"""Every reason against a step: stage, role, own or relatives' case, time, inputs, and what must hold before."""

from __future__ import annotations

from datetime import datetime

from doudi.procedure.case import Actor, Case, Inputs
from doudi.procedure.conditions import CONDITIONS, View
from doudi.procedure.filled import input_problems
from doudi.procedure.ground import ground
from doudi.procedure.model.stages import Need, Step
from doudi.procedure.procedure import Procedure
from doudi.procedure.running import Reading
from doudi.procedure.standing import Standing, read_run
from doudi.rules.errors import LawError, Problem

NOTHING: Inputs = {}


def kin_of(case: Case, now: Standing) -> frozenset[str]:
    """The accounts of staff who are near relatives: known from the start, or declared since."""
    declared = (event.inputs.get("kin_account") for event in now.ever.get("declare_kin", ()))
    return case.kin | {str(account) for account in declared}


def reasons(
    rules: Procedure, case: Case, now: Standing, step: Step, actor: Actor, at: datetime, inputs: Inputs | None
) -> list[Problem]:
    """Every reason against a step; without inputs only those that do not hang on them.

    Raises:
        LawError: an unknown role.
    """
    if actor.role not in rules.roles:
        raise LawError([_no_role(rules, actor)])
    found = [*_of_stage(now, step), *_of_person(rules, case, now, step, actor), *_of_time(case, at)]
    if inputs is not None:
        found += input_problems(step, inputs)

    def reading(clock: str) -> Reading | None:
        run = now.run(clock)
        return read_run(rules, case.region, run, now.facts, at) if run else None

    here = ground(rules, case.region, at.date())
    seen = Case(case.machine, case.region, case.events, case.household, kin_of(case, now))
    view = View(seen, now, here, rules.papers, rules.inputs, actor, at, step, inputs or NOTHING, reading)
    for need in step.needs:
        if need.validity.covers(at.date()):
            found += _of_need(need, view, inputs is not None)
    return found


def _of_stage(now: Standing, step: Step) -> list[Problem]:
    if now.stage.name in step.origins:
        return []
    stages = "、".join(now.machine.stages[name].zh for name in step.origins)
    return [
        Problem(
            "move.stage",
            f"“{now.stage.zh}”阶段不能{step.zh}",
            f"not possible in the stage '{now.stage.en}'",
            f"可以在：{stages}",
            f"possible in {', '.join(step.origins)}",
            value=step.name,
        )
    ]


def _of_person(rules: Procedure, case: Case, now: Standing, step: Step, actor: Actor) -> list[Problem]:
    found = []
    if actor.role not in step.roles:
        roles = [rules.roles[name] for name in step.roles]
        found.append(Problem(
            "move.role", f"这个角色不能{step.zh}", "this role may not take the step",
            f"由{'、'.join(role.zh for role in roles)}办理", f"done by {', '.join(role.en for role in roles)}",
            value=actor.role,
        ))  # fmt: skip
    if rules.roles[actor.role].staff and actor.account in case.household:
        found.append(Problem("move.own_case", "不能办理自己家庭的事项", "nobody handles the case of their own household",
                             "回避，换人办理", "step aside; somebody else does it"))  # fmt: skip
    if rules.roles[actor.role].staff and step.name != "declare_kin" and actor.account in kin_of(case, now):
        found.append(Problem("move.kin", "近亲属应当回避", "a near relative steps aside",
                             "换人办理", "somebody else does it"))  # fmt: skip
    if actor.role == "resident" and actor.account not in case.household:
        found.append(Problem("move.other_household", "只能办理自己家庭的事项", "a household acts in its own case only",
                             "用本家庭的账号", "use an account of the household"))  # fmt: skip
    return found


def _of_time(case: Case, at: datetime) -> list[Problem]:
    if not case.events or at >= case.events[-1].at:
        return []
    last = case.events[-1].at.isoformat(" ", "minutes")
    return [
        Problem(
            "move.before_last", "早于上一个环节", "before the last step", f"不早于 {last}", f"not before {last}",
            value=at.isoformat(" ", "minutes"),
        )
    ]  # fmt: skip


def _of_need(need: Need, view: View, has_inputs: bool) -> list[Problem]:
    if need.kind == "done":
        return [_not_done(view, name) for name in need.names if not view.standing.has(name)]
    if need.kind == "apart_from":
        return _four_eyes(need, view)
    if need.kind == "period_over":
        return [problem for name in need.names for problem in _not_over(view, name)]
    if need.kind == "fact":
        own = {each.name for each, _ in view.step.inputs} if not has_inputs else set()
        known = [name for name in need.names if name.partition("=")[0] not in own]
        return [problem for name in known for problem in _other_fact(view, name)]
    found = []
    for name in need.names:
        condition = CONDITIONS[name]
        if (has_inputs or not condition.asks_inputs) and not condition.holds(view):
            found.append(Problem(
                f"move.{name}", condition.zh, condition.en, condition.remedy_zh, condition.remedy_en, value=view.step.name
            ))  # fmt: skip
    return found


def _not_done(view: View, name: str) -> Problem:
    step = view.standing.machine.steps[name][0]
    return Problem(
        "move.not_done", f"尚未完成：{step.zh}", f"not yet done: {step.en}",
        f"先办理“{step.zh}”", f"first take the step '{step.en}'", value=name,
    )  # fmt: skip


def _other_fact(view: View, wanted: str) -> list[Problem]:
    name, _, values = wanted.partition("=")
    if str(view.fact(name)) in values.split("|"):
        return []
    each = view.vocabulary[name]
    zh = "或".join(each.codes.get(value, (value, value))[0] for value in values.split("|"))
    en = " or ".join(each.codes.get(value, (value, value))[1] for value in values.split("|"))
    return [
        Problem(
            "move.fact", f"{each.zh}应为{zh}", f"{each.en} must be {en}",
            "走与结论相符的环节", "take the step that fits the result", value=wanted,
        )
    ]  # fmt: skip


def _four_eyes(need: Need, view: View) -> list[Problem]:
    events = [view.last(name) for name in need.names]
    same = [event for event in events if event is not None and event.actor.account == view.actor.account]
    return [
        Problem(
            "move.four_eyes", "提出意见和作出决定不能是同一人", "who proposed does not decide",
            "换人办理", "somebody else decides", value=event.step,
        )
        for event in same
    ]  # fmt: skip


def _not_over(view: View, name: str) -> list[Problem]:
    reading = view.reading(name)
    if reading is None:
        return [Problem("move.period", "期限尚未开始", "the period has not begun", value=name)]
    if reading.due is None or (reading.state in ("over", "stopped") and view.at > reading.due.at):
        return []
    clock, due = reading.run.clock, reading.due.day
    return [
        Problem(
            "move.period", f"{clock.zh}未满", f"not over: {clock.en}",
            f"{due} 届满后办理", f"wait until {due} is over", value=name,
        )
    ]  # fmt: skip


def _no_role(rules: Procedure, actor: Actor) -> Problem:
    known = "、".join(rules.roles)
    return Problem(
        "actor.role", "没有这个角色", "no such role", f"可用：{known}", f"use {known}", value=actor.role
    )
