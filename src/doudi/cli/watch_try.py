"""``doudi watch try``: a threshold tried on the nights of a past month before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking


@click.command(name="try")
@click.option("--indicator", required=True, metavar="ID", help="指标代码、编号或名称 id, number or name")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="改用参数值，可多次 replace a parameter; repeatable",
)
@click.option("--month", required=True, metavar="MONTH", help="月份 such as 2026-07")
@click.option(
    "-o",
    "--out",
    type=FILE,
    required=True,
    metavar="OUT",
    help="doudi watch 的结果 the results of doudi watch",
)
@click.option("--answers", type=FILE, metavar="FILE", help="核查结果 answers: indicator, subject_id, useful")
@click.option("--write", type=FILE, metavar="FILE", help="名单写入 CSV write who is in it as CSV")
@speaking
def try_indicator(
    indicator: str, settings: tuple[str, ...], month: str, out: Path, answers: Path | None, write: Path | None,
    language: str, as_json: bool,
) -> None:  # fmt: skip
    """用过去一个月的数据试算改变阈值：多提示多少、少提示多少、是谁、已知的准确率。

    Tries parameters on the nights of a month that were watched into OUT: how many more and how many fewer are warned of, who
    they are, and, from the answers of visits, how often the warning was right.

    \b
    示例 Example:
      doudi watch try --indicator resident_medical_cost --set watch.medical.resident=40000 --month 2026-07 -o out/watch
    """
    from doudi.cli.faults import CommandError
    from doudi.cli.options import settings_of
    from doudi.cli.output import print_json
    from doudi.monitoring.run import NIGHTS
    from doudi.monitoring.trying import nights_of, read_answers, try_out
    from doudi.rules.errors import Problems
    from doudi.rules.files import put_whole

    problems = Problems()
    replaced = settings_of(settings, problems)
    problems.raise_as(CommandError)
    known = read_answers(answers) if answers is not None else None
    trial = try_out(nights_of(out / NIGHTS, month), indicator, replaced, known)
    if write is not None:
        with put_whole(write) as making:
            trial.table.write_csv(making)
    data = {**trial.data(), "list": None if write is None else str(write)}
    if as_json:
        print_json(data)
        return
    for line in lines(data, language):
        click.echo(line)


def lines(data: Mapping[str, Any], language: str) -> list[str]:
    """What the command tells on the screen."""
    told = [
        f"{data[language]}（{data['indicator']}）"
        if language == "zh"
        else f"{data['en']} ({data['indicator']})",
        say(
            language,
            f"{len(data['nights'])} 夜：现行 {data['as_it_is']:,}，改后 {data['as_it_would_be']:,}；多 {data['more']:,}，少 {data['fewer']:,}",
            f"{len(data['nights'])} nights: {data['as_it_is']:,} as it is, {data['as_it_would_be']:,} as it would be; "
            f"{data['more']:,} more, {data['fewer']:,} fewer",
        ),
    ]
    for name, zh, en in (
        ("precision", "现行准确率", "precision as it is"),
        ("precision_then", "改后准确率", "precision as it would be"),
    ):
        told.append(f"{say(language, zh, en)}{say(language, '：', ': ')}{_share(data[name], language)}")
    if data["list"]:
        told.append(data["list"])
    return told


def _share(of: Mapping[str, Any], language: str) -> str:
    if of["share"] is None:
        return say(language, "没有核查结果", "no answers")
    low, high = of["interval"]
    return f"{of['share']:.1%} ({of['useful']}/{of['answered']}, {low:.1%}–{high:.1%})"
