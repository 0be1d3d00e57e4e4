"""The first page, and the page of conditions."""

from __future__ import annotations

from doudi.procedure.conditions import CONDITIONS
from doudi.procedure.pages.words import role, table
from doudi.procedure.procedure import Procedure

_ABOUT = """每一类办件是一台状态机：阶段、环节、每个环节由谁办、前提是什么、启动和停止哪些时限、出具哪些文书、依据哪一条。
办件只记录发生过的环节，阶段和时限都从记录重算。

Each kind of case is a machine of stages and steps: who may take a step, what must hold, which clocks it starts and stops, which documents
it issues, on which article it rests. A case is the list of steps that were taken; stage and clocks are computed from it."""


def index_page(rules: Procedure) -> str:
    """All kinds of case, roles and local choices."""
    kinds = [
        (f"[{machine.zh}]({machine.name}.md)", machine.en, str(len(machine.stages)), str(len(machine.steps)))
        for machine in rules.machines.values()
    ]
    roles = [(f"`{each.name}`", each.zh, each.en) for each in rules.roles.values()]
    parts = [
        "# 办理程序 Procedure",
        _ABOUT,
        table(("程序", "procedure", "阶段 stages", "环节 steps"), kinds),
        "[时限 clocks](clocks.md) · [工作日历 calendar](calendar.md) · [前提 conditions](conditions.md) · [文书和材料 documents](documents.md)",
        "## 角色 Roles",
        table(("role", "角色", "English"), roles),
        "## 地方选择 Local choices",
        _choices(rules),
    ]
    return "\n\n".join(parts)


def _choices(rules: Procedure) -> str:
    rows = []
    for name, definition in sorted(rules.parameters.definitions.items()):
        if not name.startswith("choice."):
            continue
        national = [definition.format(entry.values.get(None), "zh") for entry in definition.values]
        local = [
            f"{rules.parameters.region(region).zh} {definition.format(entry.values.get(None), 'zh')}"
            for region in sorted(rules.regions)
            for entry in rules.parameters.said_by(region).get(name, ())
        ]
        rows.append(
            (
                f"`{name}`",
                definition.zh,
                "；".join(national) or "未定",
                "；".join(local),
                definition.description,
            )
        )
    return table(("choice", "事项", "全国 national", "地方 local", "English"), rows)


def conditions_page(rules: Procedure) -> str:
    """Every condition: the sentence when it does not hold, the remedy, and the steps that need it."""
    needing: dict[str, dict[str, None]] = {}
    for machine in rules.machines.values():
        for versions in machine.steps.values():
            for step in versions:
                for need in step.needs:
                    for name in need.names if need.kind == "condition" else ():
                        needing.setdefault(name, {})[f"[{machine.zh}]({machine.name}.md)：{step.zh}"] = None
    rows = [
        (
            f'<a id="{each.name}"></a>{each.title_zh}<br>{each.title_en}<br>`{each.name}`',
            f"{each.zh}<br>{each.en}",
            f"{each.remedy_zh}<br>{each.remedy_en}",
            "填写后 when filled in" if each.asks_inputs else "事先 before",
            "<br>".join(needing.get(each.name, {})),
        )
        for each in sorted(CONDITIONS.values(), key=lambda condition: condition.name)
    ]
    staff = "、".join(role(rules, each.name) for each in rules.roles.values() if each.staff)
    general = f"所有环节：{staff}不得办理自己家庭或近亲属的办件；环节不得早于前一环节。Nobody of the staff handles an own or a relative's case."
    heads = ("condition", "不满足时 when it does not hold", "怎么办 remedy", "何时判断 judged", "环节 steps")
    return "\n\n".join(["# 前提 Conditions", general, table(heads, rows)])
