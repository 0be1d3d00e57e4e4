"""``doudi procedure show``: kinds of case, and one of them with its stages, steps and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from doudi.cli.manner import say
from doudi.cli.options import place_and_day, speaking

if TYPE_CHECKING:
    from doudi.procedure import Ground, Procedure
    from doudi.procedure.model.stages import Machine, Step


@click.command()
@click.argument("kind", required=False)
@place_and_day
@speaking
def show(kind: str | None, region: str | None, day: str | None, language: str, as_json: bool) -> None:
    """一类办件 KIND 的阶段、环节、时限；不写则列出各类办件。

    Stages, steps and limits of a kind of case, as the law stands in a region on a day; all kinds when none is named.

    \b
    示例 Example:
      doudi procedure show
      doudi procedure show application --region 310000 --date 2026-08-01
    """
    from doudi.cli.output import print_json
    from doudi.cli.procedure.place import ground_of
    from doudi.procedure import procedure

    rules, here = procedure(), ground_of(region, day)
    if kind is None:
        _list(rules, language, as_json)
        return
    machine = rules.machine(kind)
    if as_json:
        print_json(_data(rules, machine, here))
    else:
        _tell(rules, machine, here, language)


def _list(rules: Procedure, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json, print_table

    if as_json:
        print_json({"kinds": [_summary(machine) for machine in rules.machines.values()]})
        return
    heads = ("名称", "程序", "阶段", "环节") if language == "zh" else ("name", "procedure", "stages", "steps")
    rows = [
        (
            machine.name,
            say(language, machine.zh, machine.en),
            str(len(machine.stages)),
            str(len(machine.steps)),
        )
        for machine in rules.machines.values()
    ]
    print_table(heads, rows, numbers=(2, 3))


def _tell(rules: Procedure, machine: Machine, here: Ground, language: str) -> None:
    from doudi.cli.output import print_table

    click.echo(f"{machine.zh}  {machine.en}  {machine.name}\n")
    heads = ("从", "环节", "到", "由", "依据") if language == "zh" else ("from", "step", "to", "by", "law")
    print_table(heads, [_row(rules, machine, step, language) for step in machine.steps_on(here.day)])
    click.echo()
    names = [name for name in rules.clocks if name in _clocks_of(machine, here)]
    titles = (
        ("时限", "时长", "责任方", "超期告知") if language == "zh" else ("clock", "length", "bound", "told")
    )
    print_table(
        titles,
        [
            (
                say(language, rules.clocks[name].zh, rules.clocks[name].en),
                length_of(rules, name, here, language),
                say(
                    language,
                    rules.roles[rules.clocks[name].bound].zh,
                    rules.roles[rules.clocks[name].bound].en,
                ),
                say(
                    language,
                    rules.roles[rules.clocks[name].overdue_to].zh,
                    rules.roles[rules.clocks[name].overdue_to].en,
                ),
            )
            for name in names
        ],
    )


def _row(rules: Procedure, machine: Machine, step: Step, language: str) -> tuple[str, ...]:
    def stage(name: str) -> str:
        return say(language, machine.stages[name].zh, machine.stages[name].en)

    origins = [stage(name) for name in step.origins]
    shown = "、".join(origins[:2]) + ("…" if len(origins) > 2 else "")
    roles = "、".join(say(language, rules.roles[name].zh, rules.roles[name].en) for name in step.roles)
    return (
        shown,
        say(language, step.zh, step.en),
        stage(step.to) if step.to else "",
        roles,
        str(step.reference or ""),
    )


def length_of(rules: Procedure, clock: str, here: Ground, language: str) -> str:
    """How long a clock runs in a place, with its unit."""
    name, _ = here.length(rules.clocks[clock], {"delegated": str(here.delegated).lower()})
    return here.resolved.format(name, lang=language)


def _clocks_of(machine: Machine, here: Ground) -> set[str]:
    return {name for step in machine.steps_on(here.day) for name in step.starts}


def _summary(machine: Machine) -> dict[str, Any]:
    return {
        "name": machine.name,
        "zh": machine.zh,
        "en": machine.en,
        "stages": len(machine.stages),
        "steps": len(machine.steps),
    }


def _data(rules: Procedure, machine: Machine, here: Ground) -> dict[str, Any]:
    stages = [
        {"name": each.name, "zh": each.zh, "en": each.en, "owner": each.owner, "final": each.final}
        for each in machine.stages.values()
    ]
    steps = [
        {
            "name": step.name, "zh": step.zh, "en": step.en, "from": list(step.origins), "to": step.to or None,
            "roles": list(step.roles), "needs": [{need.kind: list(need.names)} for need in step.needs],
            "inputs": [{"name": each.name, "kind": each.kind, "required": required} for each, required in step.inputs],
            "starts": list(step.starts), "stops": list(step.stops), "pauses": list(step.pauses),
            "resumes": list(step.resumes), "documents": list(step.documents), "opens": list(step.opens),
            "reference": str(step.reference),
        }
        for step in machine.steps_on(here.day)
    ]  # fmt: skip
    clocks = {
        name: {
            "zh": rules.clocks[name].zh,
            "en": rules.clocks[name].en,
            "length": here.length(rules.clocks[name], {"delegated": str(here.delegated).lower()})[1],
            "unit": here.unit(rules.clocks[name].limit),
        }
        for name in sorted(_clocks_of(machine, here))
    }
    return {"name": machine.name, "region": here.asked, "date": here.day.isoformat(), "begins": machine.begins,
            "stages": stages, "steps": steps, "clocks": clocks}  # fmt: skip
