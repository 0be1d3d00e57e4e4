"""``doudi web converge-load`` and ``demo-converge``: two registers made one, and the web application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, day_of, speaking


@click.command("converge-load")
@click.argument("folder", type=FILE)
@click.option(
    "--since", metavar="DATE", help="合并调查开始，默认9月1日 first day of the survey, else 1 September"
)
@click.option(
    "--until", metavar="DATE", help="合并调查结束，默认9月30日 last day of the survey, else 30 September"
)
@speaking
def converge_load(folder: Path, since: str | None, until: str | None, language: str, as_json: bool) -> None:
    """把 doudi converge 写入 FOLDER 的并轨结果接收到网页系统，供村、乡、县审核，并建立合并调查。同一份再次接收不改变什么。

    Takes what doudi converge wrote into FOLDER into the web application, to be reviewed there, and begins the merged survey.
    The same again changes nothing.

    \b
    示例 Example:
      doudi web converge-load out/converge
    """
    from doudi.web.start import ready

    with ready():
        from doudi.web.convergence.services.taking import take_in
        from doudi.web.migration import analyse, must_be_current
        from doudi.web.warnings.services.surveying import usual_period

        must_be_current()
        first, last = usual_period()
        found = take_in(
            folder, first if since is None else day_of(since), last if until is None else day_of(until)
        )
        if not found.again:
            analyse("convergence")
            analyse("warnings")
    _tell(found, language, as_json)


def _tell(found: Any, language: str, as_json: bool) -> None:
    if as_json:
        from doudi.cli.output import print_json

        counts = {"persons": found.persons, "unknown": found.unknown, "again": found.again}
        print_json({"day": found.convergence.day.isoformat(), **counts})
        return
    if found.again:
        click.echo(
            say(language, "这份结果已经接收过，没有变化", "this result had been taken in; nothing changed")
        )
        return
    click.echo(say(language, f"{found.persons:,} 人待审核", f"{found.persons:,} persons to be reviewed"))
    if found.unknown:
        click.echo(say(
            language,
            f"{found.unknown:,} 人不在登记中，不能直接立案；先用 doudi web load 载入",
            f"{found.unknown:,} persons are not registered, so no case can be opened for them; doudi web load enters them",
        ))  # fmt: skip


@click.command("demo-converge")
@click.option("--county", type=FILE, metavar="FOLDER", help="doudi demo 的文件夹 the folder of doudi demo")
@speaking
def demo_converge(county: Path | None, language: str, as_json: bool) -> None:
    """演示县的防返贫监测名单和在保名册，像经办人上传一样检查、并轨，等村级评议。

    Sends the list against return to poverty and the roll of the demonstration county the way an officer uploads them.

    \b
    示例 Example:
      doudi web demo-converge
    """
    import os

    home = county or Path(os.environ.get("DOUDI_HOME") or "build/demo")
    os.environ.setdefault("DOUDI_MODE", "demo")
    os.environ.setdefault("DOUDI_EVIDENCE", str(home / "evidence"))
    from doudi.cli.output import print_json
    from doudi.web.start import only_in_demo, ready

    with ready():
        only_in_demo()
        from doudi.web.demonstration.county import county_in
        from doudi.web.demonstration.registers import converge
        from doudi.web.migration import must_be_current

        must_be_current()
        day = county_in(home)
        pair = None if day is None else converge(home, day)
    if as_json:
        print_json({"state": pair.state if pair else None, "faults": pair.faults if pair else []})
    elif pair is None:
        click.echo(say(language, "先运行 doudi demo", "run doudi demo first"), err=True)
    else:
        persons = pair.convergence.rows["accepted"] if pair.convergence else 0
        click.echo(say(
            language, f"{pair.get_state_display()}：名单 {persons:,} 人", f"{pair.state}: {persons:,} persons of the list",
        ))  # fmt: skip
        for fault in pair.faults:
            click.echo(fault[language])
