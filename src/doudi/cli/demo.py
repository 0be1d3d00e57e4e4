"""``doudi demo``: the demonstration county, from the files of its departments to determinations and visits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import speaking

HOME = Path("build/demo")
PERSONS, SEED, REGION, DAY = 50_000, 2026, "999901", date(2026, 8, 1)


@click.command()
@click.option(
    "--persons", type=click.IntRange(1, 20_000_000), default=PERSONS, show_default=True, help="人数 persons"
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="随机种子 seed")
@click.option("--fresh", is_flag=True, help="全部重做 make everything anew")
@click.option("--until-eof", is_flag=True, hidden=True)
@speaking
@click.pass_context
def demo(
    ctx: click.Context, persons: int, seed: int, fresh: bool, until_eof: bool, language: str, as_json: bool
) -> None:
    """演示县：部门文件入库、认人、生成事实、按2026年8月1日的法律审核，找出可能漏掉的家庭，判一夜的监测指标；结果在 build/demo（或者 DOUDI_HOME）。

    The demonstration county: the files of its departments are landed, their rows linked to persons and turned into
    facts, the register is assessed under the law of 2026-08-01, households that may have been missed are named, and the
    indicators of monitoring are held against the night. Nobody in it exists. Everything lies under build/demo, or under
    DOUDI_HOME, and is taken as it is while nothing has changed.

    \b
    示例 Example:
      doudi demo
    """
    from doudi.cli.demo_steps import Demonstration
    from doudi.cli.output import print_json
    from doudi.cli.run import SET_ASIDE, tell

    if until_eof:
        from doudi.web.outliving import end_with_starter

        end_with_starter()
    home = Path(os.environ.get("DOUDI_HOME") or HOME)
    told = Demonstration(home, persons, seed, REGION, DAY).done(fresh, language)
    if as_json:
        print_json(_data(told))
    else:
        for line in before_lines(told, language):
            click.echo(line)
        tell(told["assessed"], language)
        for line in _visits(told["visits"], language):
            click.echo(line)
        click.echo(_night(told["watched"], language))
    ctx.exit(SET_ASIDE if told["assessed"]["faults"] else 0)


def _data(told: Mapping[str, Any]) -> dict[str, Any]:
    names = {"departments": "landed", "facts": "built", "visits": "visits", "night": "watched"}
    return {**told["assessed"], **{name: told[step] for name, step in names.items()}}


def before_lines(told: Mapping[str, Any], language: str) -> Iterator[str]:
    """What came from the departments and whose it was."""
    landed, named, people = told["landed"], told["built"]["named"], told["built"]["people"]
    yield say(
        language,
        f"部门文件 {landed['files']:,} 个，入库 {landed['landed']:,} 个，重复报送不收 {landed['refused']:,} 个；"
        f"共 {landed['records']:,} 行：入库 {landed['accepted']:,}，退回 {landed['rejected']:,}，重复 {landed['repeated']:,}，"
        f"空行和合计等 {landed['blank'] + landed['notes']:,}",
        f"files of departments: {landed['files']:,}, landed {landed['landed']:,}, sent twice and refused {landed['refused']:,}; "
        f"{landed['records']:,} rows: {landed['accepted']:,} accepted, {landed['rejected']:,} set aside, "
        f"{landed['repeated']:,} repeated, {landed['blank'] + landed['notes']:,} blank or totals",
    )
    yield say(
        language,
        f"认人：连接 {named['linked']:,}，待人工复核 {named['review']:,}，不是本县的人 {named['nobody']:,}；"
        f"在县 {people['present']:,} 人，{people['households']:,} 户",
        f"linked: {named['linked']:,}, for review {named['review']:,}, nobody of this county {named['nobody']:,}; "
        f"present: {people['present']:,} persons in {people['households']:,} households",
    )
    yield ""


def _visits(found: Mapping[str, Any], language: str) -> Iterator[str]:
    """Who is worth a visit, and how that compares with what is true of the county."""
    from doudi.assessment.outreach_words import lines

    yield ""
    yield say(
        language,
        "没有申报过的家庭大多“待补充信息”：部门不掌握打零工和种养收入、存款和户外子女。下面按推定找出值得入户的，推定不作为认定依据。",
        "Most households that have declared nothing are undetermined: departments know nothing of casual and farm income, savings and "
        "children elsewhere. Those worth a visit are found by presumptions, which decide nothing.",
    )
    yield from lines(found, language)
    score = found["score"]
    first, first_right = score["by_priority"].get("1", (0, 0))
    yield say(
        language,
        f"与实情对照：预埋的沉默家庭 {score['planted']:,} 户，找到 {score['planted_found']:,} 户（{score['recall']:.1%}）；"
        f"实际漏保 {score['due']:,} 户，找到 {score['due_found']:,} 户；名单中确属漏保 {score['right']:,} 户，指错 {score['wrong']:,} 户"
        f"（准确率 {score['precision']:.1%}）；第一类 {first:,} 户中 {first_right:,} 户确属漏保",
        f"against the truth: of {score['planted']:,} silent households planted {score['planted_found']:,} were found "
        f"({score['recall']:.1%}); of {score['due']:,} due aid and without it, {score['due_found']:,}; of those named "
        f"{score['right']:,} are due it, {score['wrong']:,} were pointed at wrongly "
        f"(precision {score['precision']:.1%}); of the {first:,} to visit first {first_right:,} are due it",
    )


def _night(found: Mapping[str, Any], language: str) -> str:
    """What the night came to."""
    return say(
        language,
        f"当夜监测：{found['warnings']:,} 条预警，{found['tasks']:,} 户有待办任务",
        f"the night watched: {found['warnings']:,} warnings, {found['tasks']:,} households to look at",
    )
