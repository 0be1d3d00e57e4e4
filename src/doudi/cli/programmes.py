"""``doudi programmes``: the catalogue of programmes."""

from __future__ import annotations

import click

from doudi.cli.lazy import LazyGroup
from doudi.cli.manner import say
from doudi.cli.options import speaking

COMMANDS = {
    "list": ("doudi.cli.programmes:list_programmes", "列出全部项目 List all programmes."),
    "show": ("doudi.cli.programmes:show", "查看一个项目 Show one programme."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def programmes() -> None:
    """各部门和组织的救助帮扶项目。The programmes of all departments and organisations.

    \b
    示例 Example:
      doudi programmes list
      doudi programmes show disability_nursing
    """


@click.command(name="list")
@click.option("--group", metavar="GROUP", help="只列一组，如 medical only one group, such as medical")
@speaking
def list_programmes(group: str | None, language: str, as_json: bool) -> None:
    """列出项目目录：项目、主管、对象、方式。

    Lists the catalogue: each programme, who answers for it, for whom, in which form.

    \b
    示例 Example:
      doudi programmes list --group medical
    """
    from doudi.cli.faults import fault
    from doudi.cli.output import print_json, print_table
    from doudi.programmes.catalogue import GROUPS, catalogue
    from doudi.programmes.entries import FORMS, PERIODS, UNITS
    from doudi.programmes.words import pick, programme_data
    from doudi.rules.errors import nearest

    if group is not None and group not in GROUPS:
        near = nearest(group, GROUPS) or ", ".join(GROUPS)
        raise fault(
            "programme.group", "没有这一组", "no such group", f"可用：{near}", f"use {near}", value=group
        )
    found = [one for one in catalogue().programmes.values() if group in (None, one.group)]
    if as_json:
        print_json([programme_data(one, language) for one in found])
        return
    heads = say(language, "代码 项目 主管 对象 方式", "id programme organisation for form").split()
    who = catalogue().organisations
    print_table(heads, [
        (
            one.id, one.name(language), pick((who[one.organisation].zh, who[one.organisation].en), language),
            pick(UNITS[one.unit], language), f"{pick(PERIODS[one.period], language)} {pick(FORMS[one.form], language)}",
        )
        for one in found
    ])  # fmt: skip
    organisations = len({one.organisation for one in found})
    click.echo(say(language, f"{len(found)} 个项目，{organisations} 个部门和组织",
                   f"{len(found)} programmes of {organisations} departments and organisations"))  # fmt: skip


@click.command()
@click.argument("programme", metavar="PROGRAMME")
@speaking
def show(programme: str, language: str, as_json: bool) -> None:
    """查看一个项目：主管、决定、方式、材料、分担、依据、与其他项目的关系。

    Shows one programme, by its id or Chinese name: who answers and decides, form, documents, funding, references,
    and how it bears on others.

    \b
    示例 Example:
      doudi programmes show inpatient_aid
    """
    from doudi.cli.output import print_json
    from doudi.programmes.catalogue import catalogue
    from doudi.programmes.words import programme_data, programme_lines

    found = catalogue().programme(programme)
    if as_json:
        print_json(programme_data(found, language))
        return
    for line in programme_lines(found, language):
        click.echo(line)
