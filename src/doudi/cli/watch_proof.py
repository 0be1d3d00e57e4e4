"""``doudi watch proof``: what the sweep finds of all that is true of a synthetic county."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking


@click.command(name="proof")
@click.option(
    "--persons",
    type=click.IntRange(100, 1_000_000),
    default=10_000,
    show_default=True,
    help="县的人数 persons of the county",
)
@click.option("--seed", type=click.IntRange(0), default=2026, show_default=True, help="随机种子 seed")
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=100,
    show_default=True,
    help="判最后多少天的各夜 nights of so many last days",
)
@click.option("-o", "--out", type=FILE, metavar="FILE", help="结果写入 JSON write the result as JSON")
@speaking
def proof(persons: int, seed: int, days: int, out: Path | None, language: str, as_json: bool) -> None:
    """检验监测：造一个有24个月历史的虚拟县，逐夜判，对照其中真实发生的事：急难事件当夜查全率、从未申请的家庭、各指标准确率。

    Proves monitoring on a synthetic county with a history of 24 months: its nights are swept and held against what is true of it.
    doudi web proof-load shows the result in the pages. A county of 10,000 takes some minutes.

    \b
    示例 Example:
      doudi watch proof -o build/demo/proof.json
    """
    from doudi.cli.output import print_json, steps
    from doudi.monitoring.proof.proving import prove
    from doudi.rules.files import put_text

    with steps(lambda _step: say(language, "判各夜", "nights")) as progress:
        found = prove(persons, seed, days, lambda done, of: progress("nights", done, of))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        put_text(out, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if as_json:
        print_json(found)
        return
    for line in lines(found, language):
        click.echo(line)
    if out is not None:
        click.echo(str(out))


def lines(found: Mapping[str, Any], language: str) -> Iterator[str]:
    """What the command tells on the screen."""
    from doudi.cli.output import table
    from doudi.monitoring.catalogue import catalogue

    visible = sum(one["visible"] for one in found["urgent"].values())
    warned = sum(one["on_the_night"] for one in found["urgent"].values())
    silent = found["silent"]
    yield say(
        language,
        f"虚拟县 {found['persons']:,} 人，{found['from']} 至 {found['until']} 共 {found['nights']} 夜",
        f"synthetic county of {found['persons']:,} persons, {found['nights']} nights from {found['from']} to {found['until']}",
    )
    yield say(
        language,
        f"看得见的急难事件 {visible:,} 起，当夜预警 {_share(warned, visible)}",
        f"urgent events that a department told of: {visible:,}, warned of that night: {_share(warned, visible)}",
    )
    yield say(
        language,
        f"从未申请的困难家庭 {silent['planted']:,} 户：预警 {silent['warned']:,}，待判 {silent['open']:,}，漏掉 {silent['lost']:,}",
        f"silent households: {silent['planted']:,}; warned of {silent['warned']:,}, open {silent['open']:,}, lost {silent['lost']:,}",
    )
    known = catalogue().indicators
    rows = [
        (id, known[id].name(language) if id in known else id, f"{one['warnings']:,}", _share(one["right"], one["warnings"]))
        for id, one in found["precision"].items()
    ]  # fmt: skip
    yield table(
        say(language, "代码,指标,预警,准确率", "id,indicator,warnings,precision").split(","), rows, (2,)
    )


def _share(number: int, of: int) -> str:
    """A share with its interval."""
    from doudi.monitoring.trying import Precision

    found = Precision(number, of)
    if found.share is None or found.interval is None:
        return "—"
    low, high = found.interval
    return f"{found.share:.1%} ({number:,}/{of:,}, {low:.1%}–{high:.1%})"
