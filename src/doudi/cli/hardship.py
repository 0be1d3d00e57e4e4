"""``doudi hardship``: the multidimensional hardship index of a household or of a register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.assessment.statute import Statute
    from doudi.hardship.household import HouseholdIndex
    from doudi.hardship.register import RegisterIndex

ROWS_SET_ASIDE = 1
VILLAGE = "village"
MOST_TOLD = 5
"""Faults of rows told on the screen."""
HOUSEHOLD_FILES = (".yaml", ".yml", ".json")


@click.command()
@click.argument("path", type=FILE)
@place_and_day
@click.option(
    "--by", type=click.Choice(("village", "area", "route")),
    help="登记册按什么分组，默认 village groups of a register, village if not given",
)  # fmt: skip
@click.option(
    "-o", "--out", type=FILE, metavar="OUT", help="登记册的结果写入的文件夹 folder for a register's results"
)
@changed_law
@speaking
def hardship(
    path: Path, region: str | None, day: str | None, by: str | None, out: Path | None, settings: tuple[str, ...],
    overlay: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """多维困难指数：收入、医疗、教育、住房、照料、家庭负担六个维度，得分、依据、缺什么信息、优先通道。

    The multidimensional hardship index of a household file, with reasons, or of a register (folder or workbook): how many
    are in hardship (H), how deeply (A), both together (M0), and what dimensions and groups contribute. The index orders
    visits; it decides no right. The exit code is 1 when rows of a register were set aside.

    \b
    示例 Example:
      doudi hardship examples/the-silent.yaml
      doudi hardship register/ --region 999901 --date 2026-08-01 --by area -o out
    """
    from doudi.cli.output import print_json

    if path.suffix.lower() in HOUSEHOLD_FILES:
        _of_register_only(by, out)
        found = _household(path, region, day, settings, overlay, language)
        if as_json:
            print_json(found.as_data())
        else:
            _tell_household(found)
        return
    by = by or VILLAGE
    index = _register(path, region, day, settings, overlay, out)
    from doudi.hardship.summary import summary_of

    files = [] if out is None else _write(index, by, out, language)
    if as_json:
        print_json({**summary_of(index, by, language), "files": [str(file) for file in files]})
    else:
        _tell_register(index, by, language)
        for file in files:
            click.echo(str(file))
    aside = sum(frame.height for frame in index.register.set_aside.values())
    click.get_current_context().exit(ROWS_SET_ASIDE if aside else 0)


def _of_register_only(by: str | None, out: Path | None) -> None:
    """Refuse for a household what is told of registers alone; raises CommandError."""
    from doudi.cli.faults import CommandError
    from doudi.rules.errors import Problem, Problems

    problems = Problems()
    for name, given in (("-o", out), ("--by", by)):
        if given is not None:
            problems.add(Problem(
                "usage.register", f"{name} 只用于登记册，不用于一户的文件", f"{name} is for registers, not for the file of a household",
                f"去掉 {name}", f"leave {name} away", value=str(given),
            ))  # fmt: skip
    problems.raise_as(CommandError)


def _household(
    path: Path, region: str | None, day: str | None, settings: tuple[str, ...], overlay: Path | None, language: str
) -> HouseholdIndex:  # fmt: skip
    from doudi.cli.inputs import household_and_law
    from doudi.hardship.household import index_of
    from doudi.hardship.index import law_of

    household, law = household_and_law(path, region, day, settings, overlay, law_of)
    return index_of(household, law, language)


def _register(
    path: Path, region: str | None, day: str | None, settings: tuple[str, ...], overlay: Path | None, out: Path | None
) -> RegisterIndex:  # fmt: skip
    from doudi.cli.inputs import register_and_law
    from doudi.facts.register import read_register
    from doudi.hardship.index import law_of
    from doudi.hardship.register import index_of_register

    law: Statute = register_and_law(path, out or path / "-", region, day, settings, overlay, law_of)
    return index_of_register(read_register(path, law.day), law)


def _write(index: RegisterIndex, by: str, out: Path, language: str) -> list[Path]:
    from doudi.documents import to_html
    from doudi.hardship.document import document_of
    from doudi.hardship.summary import summary_of
    from doudi.rules.files import put_text, put_whole

    out.mkdir(parents=True, exist_ok=True)
    table, data, page = (out / f"hardship.{form}" for form in ("parquet", "json", "html"))
    with put_whole(table) as making:
        index.households.write_parquet(making)
    put_text(data, json.dumps(summary_of(index, by), ensure_ascii=False, indent=1) + "\n")
    put_text(page, to_html(document_of(index, by, "zh" if language == "zh" else "en")))
    return [table, data, page, *index.register.write_set_aside(out / "set_aside")]


def _tell_household(found: HouseholdIndex) -> None:
    from doudi.cli.output import print_table
    from doudi.hardship.index import label
    from doudi.hardship.measures import shown

    zh = found.language == "zh"
    low, high = (shown(each) for each in found.score)
    score = low if low == high else f"{low} – {high}"
    parts = "–".join(dict.fromkeys((str(found.least), str(found.most))))
    labels = [label(found.law, "hardship_route", route, found.language) for route in found.routes]
    click.echo(("得分 " if zh else "score ") + f"{score}  ({parts} / {found.scale.whole})")
    between = " 至 " if zh else " to "
    click.echo(("优先通道：" if zh else "route: ") + between.join(dict.fromkeys(labels)))
    marks = {True: ("困难", "deprived"), False: ("否", "no"), None: ("不清楚", "not known")}
    rows = [
        (label(found.law, "hardship_dimension", one.dimension, found.language), one.label, marks[one.deprived][not zh],
         str(one.parts), one.sentence)
        for one in found.indicators
    ]  # fmt: skip
    heads = (
        ("维度", "指标", "结果", "权重", "依据")
        if zh
        else ("dimension", "indicator", "result", "weight", "why")
    )
    print_table(heads, rows, numbers=(3,))


def _tell_register(index: RegisterIndex, by: str, language: str) -> None:
    from doudi.cli.output import print_table
    from doudi.documents import Table
    from doudi.documents.model import Figures, Heading
    from doudi.hardship.document import document_of

    for block in document_of(index, by, "zh" if language == "zh" else "en").blocks:
        if isinstance(block, Figures):
            for figure in block.items:
                click.echo(f"{figure.label}  {figure.value}")
        elif isinstance(block, Heading):
            click.echo(f"\n{block.text}")
        elif isinstance(block, Table):
            rows = [[cell.text for cell in row] for row in block.rows]
            numbers = range(1, len(block.columns))
            print_table([column.title for column in block.columns], rows, numbers=numbers)
    for problem in index.register.problems[:MOST_TOLD]:
        click.echo(problem.sentence(language), err=True)
    click.echo(
        say(language, "指数只用于排定先后，不作为认定依据。", "The index orders visits; it decides no right.")
    )
