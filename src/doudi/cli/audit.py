"""``doudi audit``: the audit trail, verified."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

TAMPERED = 1


@click.group()
def audit() -> None:
    """审计记录。The audit trail.

    \b
    示例 Example:
      doudi audit verify --anchors /safe/place/anchors.jsonl
    """
    from doudi.cli.extra import need_web

    need_web()


@audit.command()
@click.option(
    "--anchors", type=FILE, metavar="FILE",
    help="留存链尾的文件，放在数据库之外 a file outside the database that keeps the newest link of each verification",
)  # fmt: skip
@speaking
@click.pass_context
def verify(ctx: click.Context, anchors: Path | None, language: str, as_json: bool) -> None:
    """验证审计链：有改动、缺失、插入、截断的，说明位置，退出码为 1。

    Verifies the chain of the audit trail; what was changed, deleted, inserted or cut off is told with its place, and
    the exit code is 1.

    \b
    示例 Example:
      doudi audit verify
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.audit.verification import verify as go_through

        found = go_through(anchors)
    if as_json:
        print_json({
            "links": found.links, "number": found.number, "head": found.head.hex(),
            "faults": [fault.as_data() for fault in found.faults],
        })  # fmt: skip
    else:
        for fault in found.faults:
            click.echo(fault.sentence(language), err=True)
        whole = (
            say(language, "完好", "whole") if not found.faults else say(language, "被改动", "tampered with")
        )
        count = say(language, f"{found.links} 条记录", f"{found.links} entries")
        click.echo(
            f"{whole}：{count}，{found.head.hex()}"
            if language == "zh"
            else f"{whole}: {count}, {found.head.hex()}"
        )
    ctx.exit(TAMPERED if found.faults else 0)
