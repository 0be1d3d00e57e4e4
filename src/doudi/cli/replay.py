"""``doudi replay``: a frozen determination, evaluated again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking
from doudi.rules.errors import ReplayError

DIFFERS = 1
MOST_SHOWN = 20


@click.command("replay")
@click.argument("file", type=FILE)
@speaking
@click.pass_context
def replay_file(ctx: click.Context, file: Path, language: str, as_json: bool) -> None:
    """用留存文件中的事实和参数重新计算，逐项核对。结果不同的，退出码为1。

    Evaluates a frozen determination again with its own facts and parameters and compares every value. The exit code
    is 1 when one differs.

    \b
    示例 Example:
      doudi assess household.yaml --region 999901 --freeze decision.json
      doudi replay decision.json
    """
    from doudi.assessment.frozen import replay
    from doudi.cli.output import print_json

    try:
        result = replay(file.read_bytes())
    except ReplayError as error:
        raise ReplayError([replace(problem, file=str(file)) for problem in error.problems]) from error
    if as_json:
        print_json(result.as_data())
    else:
        _print(result, language)
    ctx.exit(0 if result.identical else DIFFERS)


def _print(result: Any, language: str) -> None:
    statute = result.determination.statute
    region = statute.resolved.region
    place = say(language, f"{region.code} {region.zh}，", f"{region.code} {region.en}, ")
    click.echo(place + statute.day.isoformat())
    if result.identical:
        click.echo(say(language, "逐项相同", "every value is the same"))
    else:
        count = len(result.differences)
        click.echo(say(language, f"{count} 项不同：", f"{count} values differ:"))
    for each in result.differences[:MOST_SHOWN]:
        click.echo(f"  {each.name}[{each.row}]: {each.frozen} → {each.now}")
    if result.formulas:
        names = ", ".join(result.formulas)
        click.echo(say(language, f"此后改动的规则：{names}", f"rules changed since: {names}"))
    for each in result.parameters:
        path = each.name if each.code is None else f"{each.name}.{each.code}"
        click.echo(
            say(language, "此后改动的参数：", "parameter changed since: ")
            + f"{path} {_pair(each, statute, language)}"
        )
    same = result.frozen_version == result.version
    version = result.version[:12] if same else f"{result.frozen_version[:12]} → {result.version[:12]}"
    click.echo(say(language, f"法规版本 {version}", f"version of the law {version}"))


def _pair(each: Any, statute: Any, language: str) -> str:
    definition = statute.resolved.definition(each.name)
    return " → ".join(definition.format(value, language) for value in (each.frozen, each.now))
