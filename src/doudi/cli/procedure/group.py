"""The group of commands about the procedure."""

from __future__ import annotations

import click

from doudi.cli.lazy import LazyGroup

COMMANDS = {
    "show": ("doudi.cli.procedure.show:show", "一类办件的阶段和环节 Stages and steps of a kind of case."),
    "clock": ("doudi.cli.procedure.clock:clock", "一个时限何时届满 When a time limit ends."),
    "cases": ("doudi.cli.procedure.cases:cases", "运行程序案例 Run cases of procedure."),
    "docs": ("doudi.cli.procedure.docs:docs", "写出程序目录 Write the pages of the procedure."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def procedure() -> None:
    """办理程序：阶段、环节、时限、文书。The procedure: stages, steps, time limits, documents.

    \b
    示例 Example:
      doudi procedure show application --region 310000
      doudi procedure clock start_inquiry --from 2026-09-29
    """
