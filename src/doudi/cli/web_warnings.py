"""``doudi web`` ``watch-load``, ``outreach-load``, ``proof-load``, ``watch-decisions``, ``watch-answers``: monitoring and the web application."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking


@click.command("watch-load")
@click.argument("folder", type=FILE)
@speaking
def watch_load(folder: Path, language: str, as_json: bool) -> None:
    """把 doudi watch 写入 FOLDER 的一夜预警接收到网页系统。同一夜再次接收不改变什么。

    Takes the night that doudi watch laid down in FOLDER into the web application. The same again changes nothing.

    \b
    示例 Example:
      doudi web watch-load build/demo/watch
    """
    from doudi.web.start import ready

    with ready():
        from doudi.web.migration import analyse, must_be_current
        from doudi.web.warnings.services.nights import take_in

        must_be_current()
        found = take_in(folder)
        if not found.again:
            analyse("warnings")
    _tell(found, language, as_json)


@click.command("outreach-load")
@click.argument("folder", type=FILE)
@click.option("--region", required=True, metavar="CODE", help="县的区划代码 the county's code")
@click.option(
    "--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="名单的日期 day of the list"
)
@click.option(
    "--priority",
    type=click.IntRange(1, 4),
    default=4,
    show_default=True,
    help="接收到第几类 the last priority taken in",
)
@speaking
def outreach_load(
    folder: Path, region: str, day: datetime, priority: int, language: str, as_json: bool
) -> None:
    """把 doudi outreach 写入 FOLDER 的名单接收为待走访的预警；一年内看过的不再建。

    Takes the list that doudi outreach laid down in FOLDER in as warnings; households that were looked at within a year stay as they are.

    \b
    示例 Example:
      doudi web outreach-load build/demo/visits --region 999901 --date 2026-08-01
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.database.scope import acting_as, system
        from doudi.web.migration import analyse, must_be_current
        from doudi.web.warnings.services.outreach import take_in_outreach

        must_be_current()
        with acting_as(system()):
            found = take_in_outreach(folder / "outreach.parquet", region[:6], day.date(), priority)
        analyse("warnings")
    if as_json:
        print_json(found._asdict())
        return
    click.echo(say(
        language,
        f"新建 {found.raised:,} 条，已有或者一年内看过 {found.waiting:,} 条，家庭不在登记中 {found.unplaced:,} 条",
        f"{found.raised:,} raised, {found.waiting:,} waiting or looked at within a year, {found.unplaced:,} not registered",
    ))  # fmt: skip


@click.command("proof-load")
@click.argument("file", type=FILE)
@speaking
def proof_load(file: Path, language: str, as_json: bool) -> None:
    """把 doudi watch proof 写的 FILE 放到网页“监测检验”。同一份再次接收不改变什么。

    Shows what doudi watch proof wrote into FILE in the pages. The same again changes nothing.

    \b
    示例 Example:
      doudi web proof-load build/demo/proof.json
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.migration import must_be_current
        from doudi.web.warnings.services.proofs import take_in_proof

        must_be_current()
        found, new = take_in_proof(file)
    if as_json:
        print_json({"proof": found.content, "new": new})
    elif new:
        click.echo(say(language, "已接收，见“监测检验”页", "taken in; see the page of the proof"))
    else:
        click.echo(say(language, "已经接收过", "it had been taken in"))


@click.command("watch-decisions")
@click.argument("file", type=FILE)
@click.option("--region", required=True, metavar="CODE", help="县的区划代码 the county's code")
@speaking
def watch_decisions(file: Path, region: str, language: str, as_json: bool) -> None:
    """把“暂不提示”的决定写成 FILE，供 doudi watch --decisions 使用。

    Writes the standing decisions to hold warnings back to FILE, for doudi watch --decisions.

    \b
    示例 Example:
      doudi web watch-decisions build/demo/decisions.csv --region 999901
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.migration import must_be_current
        from doudi.web.registry.counties import known_county
        from doudi.web.warnings.services.holding import write_decisions

        must_be_current()
        known_county(region)
        count = write_decisions(file, region)
    if as_json:
        print_json({"file": str(file), "decisions": count})
        return
    click.echo(say(language, f"{count} 条决定：{file}", f"{count} decisions: {file}"))


@click.command("watch-answers")
@click.argument("file", type=FILE)
@click.option("--region", required=True, metavar="CODE", help="县的区划代码 the county's code")
@speaking
def watch_answers(file: Path, region: str, language: str, as_json: bool) -> None:
    """把已办结预警的核查结果（有用与否）写成 FILE，供 doudi watch try --answers 使用。

    Writes whether each closed warning was useful to FILE, for doudi watch try --answers.

    \b
    示例 Example:
      doudi web watch-answers build/demo/answers.csv --region 999901
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.migration import must_be_current
        from doudi.web.registry.counties import known_county
        from doudi.web.warnings.services.telling import write_answers

        must_be_current()
        known_county(region)
        count = write_answers(file, region)
    if as_json:
        print_json({"file": str(file), "answers": count})
        return
    click.echo(say(language, f"{count} 条结果：{file}", f"{count} answers: {file}"))


def _tell(found: Any, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json

    if as_json:
        print_json({"day": found.night.day.isoformat(), "counts": found.counts, "again": found.again})
        return
    if found.again:
        click.echo(
            say(language, "这一夜已经接收过，没有变化", "this night had been taken in; nothing changed")
        )
        return
    for name, count in found.counts.items():
        click.echo(f"{name}: {count:,}")
    if found.counts["unplaced"]:
        click.echo(say(
            language,
            f"{found.counts['unplaced']:,} 条预警的家庭不在登记中，没有办件；先用 doudi web load 载入",
            f"{found.counts['unplaced']:,} warnings are of households that are not registered; doudi web load enters them",
        ))  # fmt: skip
