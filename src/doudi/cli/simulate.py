"""``doudi simulate``: what a change of the law would do to a population."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking
from doudi.simulation.asking import COVERED

if TYPE_CHECKING:
    from doudi.assessment.statute import Statute
    from doudi.facts.register import Register
    from doudi.rules.errors import Problem
    from doudi.simulation.comparison import Comparison
    from doudi.simulation.reach import Reached

ROWS_SET_ASIDE = 1


@click.command()
@click.argument("register", type=FILE)
@place_and_day
@changed_law
@click.option(
    "--reach",
    "wanted",
    metavar="10%",
    help="要覆盖全部人口的多少 share of all persons to be covered; needs --by",
)
@click.option(
    "--by", "parameter", metavar="PARAMETER", help="为此调整哪个参数 the parameter that is varied for it"
)
@click.option(
    "--covered", type=click.Choice(COVERED), default="any", show_default=True,
    help="覆盖指进入哪一类：任何一类、按月发的，或者某一类 covered by which tier: any, those paid monthly, or one",
)  # fmt: skip
@click.option(
    "--line",
    metavar="YUAN",
    help="贫困线，元每人每月；不写按低保标准 line of poverty, yuan a head and month; the dibao standard when not given",
)
@click.option(
    "-o",
    "--out",
    type=FILE,
    metavar="OUT",
    help="报告和有变化的家庭写入的文件夹 folder for the page and the households that change",
)
@speaking
@click.pass_context
def simulate(
    ctx: click.Context, register: Path, region: str | None, day: str | None, settings: tuple[str, ...],
    overlay: Path | None, wanted: str | None, parameter: str | None, covered: str, line: str | None, out: Path | None,
    language: str, as_json: bool,
) -> None:  # fmt: skip
    """政策仿真：改了参数，谁进、谁出、多少钱、各级财政各负担多少、贫困减少多少、漏保错保多少、悬崖在哪里。

    Simulates a reform on a register: the law as it is against the law with --set and --overlay; with --reach the value of a
    parameter nearest to today's at which that share of all persons is covered is looked for first. Prints coverage, cost by level of
    government, poverty, errors, and aid around the line; with -o the households that change are written down. Nothing is
    decided: households whose result is open are counted apart.

    \b
    示例 Examples:
      doudi simulate register/ --region 999901 --date 2026-08-01 --set dibao.standard.rural=700 -o out
      doudi simulate register/ --region 999901 --date 2026-08-01 --reach 10% --by low_margin.multiple
    """
    from doudi.rules.memory import keep_memory

    keep_memory()
    comparison, reached = _compared(
        register, out, region, day, settings, overlay, (wanted, parameter, covered), line, language
    )
    files = [] if out is None else _write(comparison, reached, out)
    if as_json:
        from doudi.cli.output import print_json
        from doudi.simulation.telling import reached_data

        found = None if reached is None else reached_data(reached)
        print_json({**comparison.as_data(), "reached": found, "files": [str(file) for file in files]})
    else:
        _tell(comparison, reached, language)
        for file in files:
            click.echo(str(file))
    aside = sum(frame.height for frame in comparison.register.set_aside.values())
    if aside:
        click.echo(
            say(
                language,
                f"{aside:,} 行有错误，整户搁置，没有算在内；见 doudi run",
                f"{aside:,} rows at fault were left out with their households; see doudi run",
            ),
            err=True,
        )
    ctx.exit(ROWS_SET_ASIDE if aside else 0)


def _compared(
    path: Path, out: Path | None, region: str | None, day: str | None, settings: Sequence[str], overlay: Path | None,
    target: tuple[str | None, str | None, str], line: str | None, language: str,
) -> tuple[Comparison, Reached | None]:  # fmt: skip
    """The register under both laws.

    Raises:
        CommandError: with every fault of the options and of the register as a whole.
    """
    from doudi.cli.faults import CommandError, gathering
    from doudi.cli.inputs import register_and_law
    from doudi.facts.register import read_register
    from doudi.rules.errors import Problems
    from doudi.simulation.asking import line_of, share_of
    from doudi.simulation.comparison import Comparison, changed_values
    from doudi.simulation.side import Side

    problems = Problems()
    after = None
    with gathering(problems):
        after = register_and_law(path, out, region, day, settings, overlay)
    wanted, parameter, tier = target
    share = share_of(wanted, parameter, problems, ("--reach", "--by"))
    poor = line_of(line, problems, "--line")
    before = None if after is None else _as_it_is(after, overlay)
    if before is not None and after is not None and wanted is None and not changed_values(before, after):
        problems.add(_no_reform())
    problems.raise_as(CommandError)
    assert after is not None
    assert before is not None
    people = read_register(path, after.day)
    if share is None or parameter is None:
        return Comparison.of(people, before, after, poor), None
    found = _reached(people, after, parameter, share, tier, language)
    return Comparison(Side.of(people, before), found.side, poor), found


def _as_it_is(after: Statute, overlay: Path | None) -> Statute:
    """The law of the same place and day with nothing changed; of a place that only the overlay knows, what the overlay says."""
    from doudi.assessment.statute import law_of
    from doudi.rules.errors import RegionError

    try:
        return law_of(after.region, after.day)
    except RegionError:
        return law_of(after.region, after.day, overlay=overlay)


def _reached(
    people: Register, after: Statute, parameter: str, share: float, tier: str, language: str
) -> Reached:
    import sys

    from doudi.simulation.reach import reach

    def told(number: int, covers: float) -> None:
        if sys.stderr.isatty():
            click.echo(
                say(language, f"第 {number} 次：{covers:.2%}", f"try {number}: {covers:.2%}"), err=True
            )

    return reach(people, after, parameter, share, tier, told)


def _no_reform() -> Problem:
    from doudi.rules.errors import Problem

    return Problem(
        "usage.reform", "没有写要改什么", "nothing is changed",
        "用 --set、--overlay 或者 --reach", "use --set, --overlay or --reach",
    )  # fmt: skip


def _tell(comparison: Comparison, reached: Reached | None, language: str) -> None:
    from doudi.cli.output import table
    from doudi.simulation.tables import heading, tables

    for line in heading(comparison, reached, language):
        click.echo(line)
    for each in tables(comparison, language):
        click.echo("")
        click.echo(table(list(each.heads), [list(row) for row in each.rows], range(1, len(each.heads))))
        for note in each.notes:
            click.echo(note)


def _write(comparison: Comparison, reached: Reached | None, out: Path) -> list[Path]:
    """The households that change as Parquet, and the page."""
    from doudi.simulation.page import write_page

    out.mkdir(parents=True, exist_ok=True)
    path = out / "changes.parquet"
    comparison.table().write_parquet(path)
    return [path, write_page(comparison, reached, out / "simulation.html")]
