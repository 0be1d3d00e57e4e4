"""``doudi web worker``: the process that does background jobs."""

from __future__ import annotations

import click

from doudi.cli.options import speaking


@click.command()
@click.option(
    "--threads",
    type=click.IntRange(1, 16),
    default=2,
    show_default=True,
    help="同时进行的任务数 jobs at a time",
)
@speaking
@click.pass_context
def worker(ctx: click.Context, threads: int, language: str, as_json: bool) -> None:
    """执行后台任务的进程；中断后自动重新启动，任务从中断处继续。Does background jobs; restarts itself, jobs go on where they stood.

    \b
    示例 Example:
      doudi web worker --threads 4
    """
    from doudi.web.jobs.keeping import COMMAND, Keeper

    keeper = Keeper([*COMMAND, "--threads", str(threads)])
    keeper.stop_at_signals()
    ctx.exit(keeper.keep())
