"""What must be true of every machine: reachable, with a way out, with roles, and naming only what exists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from doudi.procedure.conditions import CONDITIONS
from doudi.procedure.model.clocks import Clock
from doudi.procedure.model.papers import Document
from doudi.procedure.model.stages import Machine, Step
from doudi.rules.errors import Problem, nearest


def faults(
    machines: Mapping[str, Machine],
    clocks: Mapping[str, Clock],
    documents: Mapping[str, Document],
    inputs: Collection[str],
) -> list[Problem]:
    """Every fault of every machine, with file and line."""
    found = [
        problem
        for machine in machines.values()
        for problem in (
            *_of_stages(machine),
            *(
                problem
                for versions in machine.steps.values()
                for step in versions
                for problem in _of_step(machine, step, machines, clocks, documents, inputs)
            ),
            *_of_versions(machine),
        )
    ]
    used = {name for machine in machines.values() for versions in machine.steps.values() for step in versions
            for name in step.starts}  # fmt: skip
    found += [_fault(clock.file, clock.line, "没有环节启动这个时限", "no step starts this clock", clock.name)
              for clock in clocks.values() if clock.name not in used]  # fmt: skip
    issued = {name for machine in machines.values() for versions in machine.steps.values() for step in versions
              for name in step.documents}  # fmt: skip
    found += [_fault("papers/documents.yaml", None, "没有环节出具这份文书", "no step issues this document", name)
              for name in documents if name not in issued]  # fmt: skip
    return list(dict.fromkeys(found))


def reachable(machine: Machine) -> set[str]:
    """The stages that some sequence of steps leads to from the beginning."""
    found, waiting = {machine.begins}, [machine.begins]
    while waiting:
        here = waiting.pop()
        for versions in machine.steps.values():
            for step in versions:
                if here in step.origins and step.to and step.to not in found:
                    found.add(step.to)
                    waiting.append(step.to)
    return found


def _of_stages(machine: Machine) -> Iterator[Problem]:
    if machine.begins not in machine.stages:
        yield _fault(machine.file, None, "begins 不是一个阶段", "begins is no stage", machine.begins)
        return
    reached = reachable(machine)
    leaving = {origin for versions in machine.steps.values() for step in versions if step.to
               for origin in step.origins if step.to != origin}  # fmt: skip
    for stage in machine.stages.values():
        if stage.name not in reached:
            yield _fault(machine.file, None, "阶段到达不了", "the stage cannot be reached", stage.name)
        if not stage.final and stage.name not in leaving:
            yield _fault(machine.file, None, "阶段没有出路", "the stage has no way out", stage.name)


def _of_step(
    machine: Machine, step: Step, machines: Mapping[str, Machine], clocks: Mapping[str, Clock],
    documents: Mapping[str, Document], inputs: Collection[str],
) -> Iterator[Problem]:  # fmt: skip
    reasons = {reason for clock in clocks.values() for reason in clock.pauses}
    periods = {name for name, clock in clocks.items() if clock.nature == "period"}
    named: list[tuple[Collection[str], Collection[str], str, str]] = [
        (step.origins, machine.stages, "阶段", "stage"),
        ((step.to,) if step.to else (), machine.stages, "阶段", "stage"),
        (step.starts, clocks, "时限", "clock"),
        (step.stops, clocks, "时限", "clock"),
        (step.documents, documents, "文书", "document"),
        (step.voids, machine.steps, "环节", "step"),
        (step.opens, machines, "程序", "procedure"),
        ((*step.pauses, *step.resumes), reasons, "中止事由", "reason to rest"),
    ]
    for need in step.needs:
        if need.kind == "fact":
            named.append(([name.partition("=")[0] for name in need.names], inputs, "填写项", "input"))
            continue
        known = {"condition": CONDITIONS, "period_over": periods}.get(need.kind, machine.steps)
        named.append((need.names, known, "条件", "condition"))
    for words, known, zh, en in named:
        for word in [word for word in words if word not in known]:
            near = nearest(word, known)
            yield Problem(
                "procedure.unknown", f"{machine.name}：没有这个{zh}", f"{machine.name}: no such {en}",
                f"相近的：{near}", f"did you mean {near}", step.file, step.line, value=f"{step.name}: {word}",
            )  # fmt: skip
    if not step.origins:
        yield _fault(
            step.file, step.line, f"{machine.name}：环节没有起点", f"{machine.name}: no origin", step.name
        )


def _of_versions(machine: Machine) -> Iterator[Problem]:
    for versions in machine.steps.values():
        for before, after in pairwise(versions):
            until, start = before.validity.until, after.validity.start
            if until is None or start is None or until + timedelta(days=1) != start:
                yield _fault(
                    after.file, after.line, "各版本的施行日期须首尾相接", "versions must follow each other day by day",
                    after.name,
                )  # fmt: skip


def _fault(file: str, line: int | None, zh: str, en: str, value: str) -> Problem:
    return Problem("procedure.unsound", zh, en, file=file, line=line, value=value)
