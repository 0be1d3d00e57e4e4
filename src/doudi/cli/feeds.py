"""``doudi feeds``: the departments' data, landed, checked and looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.options import FILE, account, day_of, speaking

if TYPE_CHECKING:
    from doudi.feeds import Contract, Field, Report
    from doudi.feeds.synthetic import Sent

SET_ASIDE = 1
_MADE_BY = "synthetic"
"""The account under which files of a synthetic county are landed."""
_ABOUT_FILE = (
    click.option("--feed", metavar="NAME", help="数据目录名称 the contract, where several fit"),
    click.option(
        "--period", metavar="PERIOD", help="期别，如 2026-08 the period, where the file does not say it"
    ),
)


def _about_file(command: Any) -> Any:
    for option in reversed(_ABOUT_FILE):
        command = option(command)
    return command


@click.group()
def feeds() -> None:
    """部门数据：数据目录、入库、检查。The departments' data: contracts, landing, checking.

    \b
    示例 Example:
      doudi feeds list
      doudi feeds show deaths
      doudi feeds check 死亡注销202608.xlsx
      doudi feeds land 死亡注销202608.xlsx --store data --by officer1
    """


@feeds.command()
@click.argument("path", type=FILE)
@click.option("--store", type=FILE, required=True, metavar="FOLDER", help="数据仓 folder of all landings")
@click.option(
    "--by",
    required=True,
    callback=account,
    metavar="ACCOUNT",
    help="入库人账号 account of the officer who lands it",
)
@click.option("--replaces", is_flag=True, help="整期替换 the file is the whole of its period")
@_about_file
@speaking
def land(
    path: Path,
    store: Path,
    by: str,
    replaces: bool,
    feed: str | None,
    period: str | None,
    language: str,
    as_json: bool,
) -> None:
    """把部门文件 PATH 逐行检查后入库，有误的行退回。Lands a department's file; rows at fault are set aside.

    \b
    示例 Example:
      doudi feeds land 死亡注销202608.xlsx --store data --by officer1
    """
    from doudi.feeds import land as land_file

    report = land_file(path, store, by, feed=feed, period=period, replaces=replaces)
    _tell(report, language, as_json)


@feeds.command()
@click.argument("path", type=FILE)
@click.option("--set-aside", type=FILE, metavar="FOLDER", help="写出有误的行 write the rows at fault there")
@_about_file
@speaking
def check(
    path: Path, set_aside: Path | None, feed: str | None, period: str | None, language: str, as_json: bool
) -> None:
    """检查部门文件 PATH，不入库。Checks a department's file without landing it.

    \b
    示例 Example:
      doudi feeds check 死亡注销202608.xlsx --set-aside out
    """
    from doudi.feeds import check as check_file

    _tell(check_file(path, feed=feed, period=period, set_aside=set_aside), language, as_json)


@feeds.command("list")
@click.option(
    "--store", type=FILE, metavar="FOLDER", help="数据仓 folder of all landings: tells what is late"
)
@click.option(
    "--date", "day", metavar="DATE", help="日期 the day on which it is looked at, today if not given"
)
@speaking
def list_feeds(store: Path | None, day: str | None, language: str, as_json: bool) -> None:
    """列出数据目录；有数据仓时列出迟报和未报的。Lists the contracts and, of a store, what is late.

    \b
    示例 Example:
      doudi feeds list --store data
    """
    from doudi.cli.faults import need_folder
    from doudi.cli.output import print_json, print_table
    from doudi.feeds import contracts, stale

    if store is not None:
        need_folder(store)
    known = contracts().values()
    late = stale(store, date.today() if day is None else day_of(day)) if store else []
    if as_json:
        print_json(
            {
                "feeds": [_summary(made) for made in known],
                "stale": [
                    {"feed": each.feed, "state": each.state, "missing": list(each.missing)} for each in late
                ],
            }
        )
        return
    zh = language == "zh"
    heads = (
        ("名称", "数据", "部门", "期", "列") if zh else ("name", "data", "department", "period", "columns")
    )
    print_table(
        heads,
        [
            (made.name, made.zh if zh else made.en, made.department_zh if zh else made.department_en, made.period,
             str(len(made.fields)))
            for made in known
        ],
        numbers=(4,),
    )  # fmt: skip
    for each in late:
        click.echo(each.sentence(language))


@feeds.command()
@click.argument("name")
@speaking
def show(name: str, language: str, as_json: bool) -> None:
    """一个数据目录：依据、期限、各列的要求。One contract: legal basis, period, what each column must hold.

    \b
    示例 Example:
      doudi feeds show deaths
    """
    from doudi.cli.output import print_json, print_table
    from doudi.feeds import contract

    made = contract(name)
    if as_json:
        print_json(_summary(made) | {"fields": [_field(field) for field in made.fields.values()]})
        return
    zh = language == "zh"
    click.echo(f"{made.zh}  {made.en}  {made.name}")
    click.echo(
        f"{made.department_zh if zh else made.department_en}：{made.purpose_zh if zh else made.purpose_en}"
    )
    for reference in made.basis:
        click.echo(f"  {reference.sentence(language)}")
    click.echo(made.correction_zh if zh else made.correction_en)
    heads = (
        ("列", "接受的列名", "类型", "必填", "敏感")
        if zh
        else ("column", "headings", "type", "required", "sensitivity")
    )
    rows = [
        (field.name, "、".join(field.headings), field.type, "是" if field.required else "", field.sensitivity)
        for field in made.fields.values()
    ]
    print_table(heads, rows)


@feeds.command()
@click.argument("folder", type=FILE)
@click.option(
    "--persons", type=click.IntRange(1, 5_000_000), default=50_000, show_default=True, help="人数 persons"
)
@click.option("--seed", type=click.IntRange(0), default=2026, show_default=True, help="随机种子 seed")
@click.option("--region", default="999901", show_default=True, help="虚拟县代码 code of a synthetic county")
@click.option(
    "--until",
    metavar="DATE",
    help="到哪一天为止所收到的 what was sent by that day; the last day if not given",
)
@click.option("--store", type=FILE, metavar="FOLDER", help="数据仓；逐个入库 land every file there")
@speaking
def make(
    folder: Path,
    persons: int,
    seed: int,
    region: str,
    until: str | None,
    store: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """生成虚拟县：实情（truth）、各部门文件（departments）、民政登记（registry）。其中没有真实的人。

    Makes a synthetic county: its truth, the files of all departments, and what civil affairs holds itself. Nobody in
    it is real; the same seed gives the same files.

    \b
    示例 Example:
      doudi feeds make build/county --persons 10000 --store build/store
    """
    from doudi.cli.manner import say
    from doudi.cli.output import print_json

    sent, day = _made(folder, (persons, seed, region), until, store, language)
    rows = sum(file.rows for file in sent.files)
    if as_json:
        told = {"folder": str(folder), "until": day.isoformat(), "files": len(sent.files), "rows": rows}
        print_json(told | {"store": str(store) if store else None})
        return
    zh = f"{folder}：{len(sent.files)} 个部门文件，{rows:,} 行，收到于 {day} 或以前"
    click.echo(
        say(
            language,
            zh,
            f"{folder}: {len(sent.files)} files of departments, {rows:,} rows, received by {day}",
        )
    )


def _made(
    folder: Path, size: tuple[int, int, str], until: str | None, store: Path | None, language: str
) -> tuple[Sent, date]:
    """Makes all parts of a county of that size (persons, seed, region); what departments sent, and by which day."""
    from doudi.cli.manner import say
    from doudi.cli.output import watched
    from doudi.feeds.synthetic import land_all, write_departments, write_registry
    from doudi.population import world_of, write_world
    from doudi.population.made_up import refuse_real_county

    world = world_of(*size)
    day = world.ends if until is None else day_of(until)
    refuse_real_county(folder, ("truth", "registry", "departments"), store)
    steps = ("truth", "registry", "departments", "store")[: 4 if store else 3]
    with watched(steps, say(language, "生成文件", "files"), len(steps)) as waiting:
        for step in waiting:
            if step == "truth":
                write_world(world, folder)
            elif step == "registry":
                write_registry(world, folder / "registry", day, size[1])
            elif step == "departments":
                sent = write_departments(world, folder / "departments", day, seed=size[1])
            elif store is not None:
                land_all(sent, store, _MADE_BY)
    return sent, day


def _tell(report: Report, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json

    if as_json:
        print_json(report.as_data())
    else:
        click.echo(report.text(language), nl=False)
    if report.set_aside_rows:
        raise click.exceptions.Exit(SET_ASIDE)


def _summary(made: Contract) -> dict[str, Any]:
    return {
        "name": made.name, "zh": made.zh, "en": made.en, "department": made.department_zh,
        "basis": [str(reference) for reference in made.basis], "purpose": made.purpose_zh, "kind": made.kind,
        "period": made.period, "due_days": made.due_days, "key": list(made.key), "check_only": made.check_only,
    }  # fmt: skip


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name, "zh": field.zh, "en": field.en, "headings": list(field.headings), "type": field.type,
        "codes": list(field.codes.codes) if field.codes else None, "required": field.required,
        "sensitivity": field.sensitivity, "element": field.element, "verified": field.verified,
    }  # fmt: skip
