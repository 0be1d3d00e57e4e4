"""``doudi watch``: the indicators of monitoring held against a night."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doudi.cli.lazy import LazyGroup
from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, speaking

COMMANDS = {
    "list": ("doudi.cli.watch_catalogue:list_indicators", "列出全部指标 List all indicators."),
    "show": ("doudi.cli.watch_catalogue:show", "查看一个指标 Show one indicator."),
    "words": (
        "doudi.cli.watch_catalogue:list_words",
        "指标可用的数据栏 The fields of rows that indicators may ask for.",
    ),
    "docs": ("doudi.cli.watch_catalogue:docs", "写出指标页 Write the page of indicators."),
    "try": ("doudi.cli.watch_try:try_indicator", "用过去一个月试算阈值 Try a threshold on a past month."),
    "proof": (
        "doudi.cli.watch_proof:proof",
        "在虚拟县上检验：查全率、准确率 Recall and precision on a synthetic county.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, invoke_without_command=True)
@click.option("--today", type=FILE, metavar="EVIDENCE", help="当日事实 the evidence of the day")
@click.option("--before", type=FILE, metavar="EVIDENCE", help="前一夜的事实 the evidence of the night before")
@click.option("--store", type=FILE, metavar="STORE", help="部门数据仓 where the feeds were landed")
@click.option("--region", metavar="REGION", help="地区代码或名称 code or name of the region")
@click.option(
    "--date", "day", metavar="DATE", help="核对日期，应与当日事实一致 must be the day of the evidence"
)
@click.option("-o", "--out", type=FILE, metavar="OUT", help="结果写入的文件夹 folder for the results")
@click.option(
    "--changed-only",
    is_flag=True,
    help="只看可能与前一夜不同的家庭，得到的状态一样 only households of which something may be otherwise; the same state",
)
@click.option(
    "--decisions", type=FILE, metavar="FILE", help="暂不提示的决定 standing decisions to hold warnings back"
)
@click.option(
    "--indicator", "indicators", multiple=True, metavar="ID", help="只判这些指标 only these; repeatable"
)
@changed_law
@speaking
@click.pass_context
def watch(
    ctx: click.Context, today: Path | None, before: Path | None, store: Path | None, region: str | None, day: str | None,
    out: Path | None, changed_only: bool, decisions: Path | None, indicators: tuple[str, ...], settings: tuple[str, ...],
    overlay: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """监测预警：用当日和前一夜的事实判全部指标，写出预警、任务和状态；同一夜运行两次只算一次。

    Holds every indicator against the facts of a day and of the night before (folders of `doudi facts build`), and lays down
    warnings, one task for each household, and the state of every warning over time. The same night twice counts once.

    \b
    示例 Example:
      doudi watch --today facts/2026-07-16 --before facts/2026-07-15 --store data --region 999901 -o out/watch
      doudi watch try --indicator resident_medical_cost --set watch.medical.resident=40000 --month 2026-07 -o out/watch
    """
    if ctx.invoked_subcommand is not None:
        return
    from doudi.cli.faults import need_folder
    from doudi.cli.options import settings_of
    from doudi.cli.output import print_json, steps
    from doudi.monitoring.run import STATE, SUMMARY, TASKS, WARNINGS
    from doudi.monitoring.run import watch as run
    from doudi.rules.errors import Problems
    from doudi.rules.files import not_ours

    today, store, out = _needed(today, store, out, region)
    problems = Problems()
    replaced = settings_of(settings, problems)
    need_folder(store)
    _of_that_day(today, day, problems)
    problems.extend(not_ours(out, (WARNINGS, TASKS, STATE, SUMMARY), (WARNINGS, STATE)))
    _raise(problems)
    words = {"prepare": say(language, "准备", "preparing"), "sweep": say(language, "判指标", "judging")}
    with steps(lambda step: words[step]) as progress:
        night = run(
            today, before, store, str(region), out, changed_only=changed_only, decisions=decisions,
            indicators=indicators or None, settings=replaced or None, overlay=overlay, progress=progress,
        )  # fmt: skip
    data = {**night.summary, "files": [str(path) for path in night.files]}
    if as_json:
        print_json(data)
        return
    for line in lines(data, language):
        click.echo(line)


def _needed(
    today: Path | None, store: Path | None, out: Path | None, region: str | None
) -> tuple[Path, Path, Path]:
    """What every sweep needs; all that is missing is told at once."""
    from doudi.cli.inputs import no_region
    from doudi.rules.errors import Problem, Problems

    problems = Problems()
    for name, value in (("--today", today), ("--store", store), ("-o", out)):
        if value is None:
            problems.add(Problem(
                "usage.missing", f"缺少 {name}", f"{name} is missing", "见 doudi watch --help", "see doudi watch --help",
            ))  # fmt: skip
    if region is None:
        problems.add(no_region())
    _raise(problems)
    assert today is not None
    assert store is not None
    assert out is not None
    return today, store, out


def _of_that_day(today: Path, day: str | None, problems: Any) -> None:
    """That the evidence is of the day that ``--date`` names."""
    from doudi.cli.options import day_of
    from doudi.monitoring.ground import ground_of
    from doudi.rules.errors import Problem

    found = ground_of(today, today).day
    if day is not None and day_of(day) != found:
        problems.add(Problem(
            "usage.date", f"当日事实是 {found} 的", f"the evidence is of {found}", "换一个文件夹或者日期", "name another folder or day",
            value=day,
        ))  # fmt: skip


def _raise(problems: Any) -> None:
    from doudi.cli.faults import CommandError

    problems.raise_as(CommandError)


def lines(data: Mapping[str, Any], language: str) -> list[str]:
    """What the command tells on the screen."""
    from doudi.cli.output import table
    from doudi.monitoring.entries import CLASSES, LEVELS
    from doudi.monitoring.nights import STATES

    place = 0 if language == "zh" else 1
    found = [
        (id, one[language], CLASSES[one["class"]][place], LEVELS[one["level"]][place], f"{one['raised']:,}", f"{one['open']:,}")
        for id, one in data["indicators"].items()
        if one["raised"]
    ]  # fmt: skip
    heads = say(language, "代码,指标,类别,级别,预警,待判", "id,indicator,class,level,warnings,open").split(
        ","
    )
    states = "，".join(
        f"{words[place]} {data['states'][name]:,}" for name, words in STATES.items() if data["states"][name]
    )
    told = [table(heads, found, (4, 5)), ""] if found else []
    told.append(say(
        language,
        f"{data['day']}：{data['households']:,} 户，{data['warnings']:,} 条预警，{data['to_answer']:,} 户有待办任务",
        f"{data['day']}: {data['households']:,} households, {data['warnings']:,} warnings, {data['to_answer']:,} tasks",
    ))  # fmt: skip
    if states:
        told.append(states)
    for feed in data["not_judged"]:
        told.append(_silence(feed, language))
    quiet = sum(1 for one in data["indicators"].values() if one["state"] == "not_judged")
    if quiet:
        told.append(
            say(
                language,
                f"{quiet} 个指标没有数据来源说明已享，未判",
                f"{quiet} indicators were not judged: no feed tells what is received",
            )
        )
    return [*told, "", *data["files"]]


def _silence(feed: Mapping[str, Any], language: str) -> str:
    """One line on a feed that does not answer: its state and its newest period; never "nothing happened"."""
    from doudi.feeds import contract

    made, newest = contract(feed["feed"]), feed["newest"]
    if language == "zh":
        last = f"最近一期 {newest}，已 {feed['age']} 天" if newest else "从未收到"
        return f"未判全：{made.zh}（{made.department_zh}）{last}；情况不明，不等于没有发生"
    last = f"the newest is {newest}, {feed['age']} days old" if newest else "it never came"
    return f"not judged in full: {feed['feed']} ({made.department_en}), {last}; unknown, not nothing"
