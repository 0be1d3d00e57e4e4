"""``doudi run``: a whole register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.assessment.run import RunResult

SET_ASIDE = 1
MOST_TOLD = 10
_STEPS = {"审核家庭": "households", "写入工作簿": "workbook"}


@click.command()
@click.argument("register", type=FILE)
@place_and_day
@click.option(
    "-o", "--out", type=FILE, required=True, metavar="OUT", help="结果写入的文件夹 folder for the results"
)
@changed_law
@speaking
@click.pass_context
def run(
    ctx: click.Context,
    register: Path,
    region: str | None,
    day: str | None,
    out: Path,
    settings: tuple[str, ...],
    overlay: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """审核一个登记册：逐户认定、理由、汇总、工作簿和报告；有错误的户整户搁置，退出码为1。

    Assesses a register (a folder of Parquet, CSV or XLSX tables, or one workbook): determinations, reasons, summary,
    workbook, report. Households at fault are set aside whole, with the reason beside each row; the exit code is then 1.

    \b
    示例 Example:
      doudi run register/ --region 999901 --date 2026-08-01 -o out
    """
    result = assessed(register, region, day, out, settings, overlay, language)
    if as_json:
        from doudi.cli.output import print_json

        print_json(data_of(result))
    else:
        tell(data_of(result), language)
    ctx.exit(SET_ASIDE if result.had_set_aside else 0)


def assessed(
    register: Path,
    region: str | None,
    day: str | None,
    out: Path,
    settings: Sequence[str],
    overlay: Path | None,
    language: str,
) -> RunResult:
    """A register under the law of the options, with the results laid down in ``out``.

    Raises:
        CommandError: with every fault of the options and of the register as a whole.
    """
    from doudi.rules.memory import keep_memory

    keep_memory()
    from doudi.assessment.run import run_register
    from doudi.cli.inputs import register_and_law
    from doudi.cli.options import settings_of
    from doudi.cli.output import steps
    from doudi.rules.errors import Problems

    statute = register_and_law(register, out, region, day, settings, overlay)
    with steps(lambda step: say(language, step, _STEPS.get(step, step))) as progress:
        return run_register(
            register,
            statute.resolved.region.code,
            statute.day,
            out,
            settings_of(settings, Problems()),
            overlay,
            progress,
        )


def data_of(result: RunResult) -> dict[str, Any]:
    """What the command tells: the summary, the files, and the first faults of rows."""
    from doudi.assessment.run import summary_data

    return {
        **summary_data(result),
        "files": {kind: [str(path) for path in paths] for kind, paths in result.written.items()},
        "faults": [problem.as_data() for problem in result.register.problems[:MOST_TOLD]],
    }


def tell(data: Mapping[str, Any], language: str) -> None:
    """The same on the screen: notices and faults on the standard error, the summary on the standard output."""
    from doudi.cli.summary import lines, where_it_lies
    from doudi.rules.errors import Problem

    for notice in data["notices"]:
        click.echo(Problem(**notice).sentence(language), err=True)
    for line in (*lines(data, language), "", *where_it_lies(data["files"], language)):
        click.echo(line)
    if data["faults"]:
        count = sum(data["problems"].values())
        click.echo(say(language, f"有 {count:,} 处错误，例如：", f"{count:,} faults, such as:"), err=True)
    for fault in data["faults"]:
        click.echo(Problem(**fault).sentence(language), err=True)
