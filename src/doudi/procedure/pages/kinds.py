"""The page of one kind of case: its diagram, stages, steps and cases."""

from __future__ import annotations

from collections.abc import Sequence

from doudi.procedure.cases import ProcedureCase
from doudi.procedure.model.stages import Machine, Step
from doudi.procedure.pages.words import case_line, cited, needed, role, span, table
from doudi.procedure.procedure import Procedure

_SIDE = frozenset({"declare_kin"})


def kind_page(rules: Procedure, machine: Machine, cases: Sequence[ProcedureCase]) -> str:
    """Diagram, stages, steps and cases of one kind of case."""
    parts = [
        f"# {machine.zh}",
        f"{machine.en} — `{machine.name}`",
        f"> {machine.about}",
        "## 流程图 Diagram",
        diagram(machine),
        "## 阶段 Stages",
        _stages(rules, machine),
        "## 环节 Steps",
        _steps(rules, machine),
        "## 案例 Cases",
        "\n".join(case_line(case) for case in cases if case.kind == machine.name),
    ]
    return "\n\n".join(parts)


def diagram(machine: Machine) -> str:
    """The stages and the steps between them as a Mermaid diagram; steps that stay, and withdrawals, are left out."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {machine.begins}"]
    lines += [f"    {stage.name}: {stage.zh}" for stage in machine.stages.values()]
    arrows: dict[tuple[str, str], list[str]] = {}
    for versions in machine.steps.values():
        for step in versions:
            for origin in step.origins if step.to and step.name != "withdraw" else ():
                names = arrows.setdefault((origin, step.to), [])
                if step.zh not in names:
                    names.append(step.zh)
    lines += [f"    {origin} --> {to}: {'；'.join(names)}" for (origin, to), names in arrows.items()]
    lines += [f"    {stage.name} --> [*]" for stage in machine.stages.values() if stage.final]
    return "\n".join([*lines, "```"])


def _stages(rules: Procedure, machine: Machine) -> str:
    rows = [
        (
            f"`{stage.name}`",
            stage.zh,
            stage.en,
            "—" if stage.final else f"{role(rules, stage.owner)} {role(rules, stage.owner, 'en')}",
        )
        for stage in machine.stages.values()
    ]
    return table(("stage", "阶段", "English", "下一步由 next"), rows)


def _steps(rules: Procedure, machine: Machine) -> str:
    rows = [
        _step_row(rules, machine, step)
        for versions in machine.steps.values()
        for step in versions
        if step.name not in _SIDE
    ]
    heads = (
        "step",
        "环节",
        "从 → 到 from → to",
        "由 by",
        "前提 needs",
        "填写 inputs",
        "时限 clocks",
        "文书 documents",
        "依据 law",
    )
    side = "另外，任何阶段的工作人员都可以办理“近亲属备案（回避）”（`declare_kin`）。Any officer may declare kinship in any stage."
    return table(heads, rows) + "\n\n" + side


def _step_row(rules: Procedure, machine: Machine, step: Step) -> tuple[str, ...]:
    origins = "、".join(machine.stages[name].zh for name in step.origins)
    to = machine.stages[step.to].zh if step.to else "（不变）"
    when = f"<br>{span(step.validity)}" if span(step.validity) else ""
    inputs = "、".join(each.zh if required else f"[{each.zh}]" for each, required in step.inputs)
    clocks = [f"起：{rules.clocks[name].zh}" for name in step.starts]
    clocks += [f"止：{rules.clocks[name].zh}" for name in step.stops]
    clocks += ["中止" for _ in step.pauses[:1]] + ["恢复" for _ in step.resumes[:1]]
    opens = [f"另案：{rules.machines[name].zh}" for name in step.opens]
    return (
        f"`{step.name}`",
        f"{step.zh}<br>{step.en}{when}",
        f"{origins} → {to}",
        "、".join(role(rules, name) for name in step.roles),
        "<br>".join(needed(rules, step, need) for need in step.needs),
        inputs,
        "<br>".join(clocks),
        "<br>".join([*(rules.documents[name].zh for name in step.documents), *opens]),
        cited(step.reference),
    )
