"""``doudi link``: whose rows are these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.options import FILE, speaking

if TYPE_CHECKING:
    from doudi.linkage.evaluation import Evaluation
    from doudi.linkage.store import Run

MISSING = {"splink", "duckdb", "pypinyin", "pyarrow"}


@click.command()
@click.argument("rows", type=FILE)
@click.argument("persons", type=FILE)
@click.option(
    "-o", "--output", type=FILE, required=True, metavar="OUT", help="输出文件夹 folder of the results"
)
@click.option(
    "--truth", type=FILE, metavar="FILE", help="真实归属，用于评估 who the rows belong to, for an evaluation"
)
@click.option("--decisions", type=FILE, metavar="FILE", help="人工决定 decisions of people, which override")
@click.option(
    "--config", type=FILE, metavar="FILE", help="配置，默认 chinese configuration: chinese, latin or a file"
)
@click.option("--anew", is_flag=True, help="全部重新训练和连接 train and link everything again")
@click.option("--memory", metavar="LIMIT", help="数据库内存上限，如 2GB limit of the database's memory")
@speaking
def link(
    rows: Path,
    persons: Path,
    output: Path,
    truth: Path | None,
    decisions: Path | None,
    config: Path | None,
    anew: bool,
    memory: str | None,
    language: str,
    as_json: bool,
) -> None:
    """把部门数据的行 ROWS 连接到人员 PERSONS，分为连接、复核、无三类；再次运行只连接新的行。

    Links ROWS of departments (row_id, id_number, name, sex, born, village) to PERSONS (person_id and the same), CSV or
    Parquet: linked, left to a person for review, or nobody's. Run again, it links only what is new. docs/linkage.md tells more.

    \b
    示例 Example:
      doudi link rows.parquet persons.parquet -o out/linkage
      doudi link rows.csv persons.csv -o out/linkage --decisions decided.csv
    """
    from doudi.cli.output import print_json

    run, found = _run(rows, persons, output, truth, decisions, config, anew, memory)
    if as_json:
        print_json(_data(run, found, output))
    else:
        _tell(run, found, output, language)


@contextmanager
def linkage_needed() -> Iterator[None]:
    """Turn a library that is not installed into a sentence.

    Raises:
        CommandError: the extra ``linkage`` is not installed.
    """
    from doudi.cli.faults import fault

    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in MISSING:
            raise
        raise fault(
            "linkage.extra", "没有安装连接所需的库", "the libraries for linkage are not installed",
            "安装 doudi[linkage]", "install doudi[linkage]", value=error.name,
        ) from None  # fmt: skip


def _run(
    rows: Path, persons: Path, output: Path, truth: Path | None, decisions: Path | None, config: Path | None, anew: bool,
    memory: str | None,
) -> tuple[Run, Evaluation | None]:  # fmt: skip
    from doudi.cli.faults import CommandError, gathering
    from doudi.rules.errors import Problems
    from doudi.rules.files import not_ours

    with linkage_needed():
        from doudi.linkage import evaluate, link_into, read_config, read_decisions
        from doudi.linkage.reading import read_keyed, read_table
        from doudi.linkage.report import write_report
        from doudi.linkage.store import WRITTEN

        problems = Problems()
        tables: dict[str, Any] = {}
        readers: dict[str, tuple[Callable[[Path], Any], Path | None]] = {
            "rows": (partial(read_keyed, key="row_id"), rows),
            "persons": (partial(read_keyed, key="person_id"), persons),
            "truth": (read_table, truth),
            "decisions": (read_decisions, decisions),
        }
        for name, (read, path) in readers.items():
            if path is not None:
                with gathering(problems):
                    tables[name] = read(path)
        with gathering(problems):
            chosen = read_config(config)
        problems.extend(not_ours(output, WRITTEN, ("links.parquet", "waterfall.parquet")))
        problems.raise_as(CommandError)
        run = link_into(
            output,
            tables["rows"],
            tables["persons"],
            chosen,
            decisions=tables.get("decisions"),
            anew=anew,
            memory=memory,
        )
    if truth is None:
        return run, None
    found = evaluate(run.linkage.links, tables["truth"])
    write_report(found, output / "evaluation.html", run.linkage.counts())
    return run, found


def _data(run: Run, found: Evaluation | None, output: Path) -> dict[str, Any]:
    return {
        "counts": run.linkage.counts(),
        "linked_now": run.linked_now,
        "trained": run.linkage.model.trained,
        "why": {zone: dict(reasons) for zone, reasons in _reasons(run).items()},
        "evaluation": found.as_data() if found else None,
        "output": str(output),
    }


def _reasons(run: Run) -> dict[str, list[tuple[str, int]]]:
    """For linked and reviewed rows how many there are of each reason, most first."""
    links = run.linkage.links
    counted = links.group_by("zone", "by", "why").len().sort("len", "why", descending=[True, False])
    found: dict[str, list[tuple[str, int]]] = {"link": [], "review": []}
    for zone, by, why, count in counted.iter_rows():
        if zone in found:
            found[zone].append((f"{by}:{why}" if by in ("clerical", "remembered") else why or by, count))
    return found


def _tell(run: Run, found: Evaluation | None, output: Path, language: str) -> None:
    from doudi.cli.output import print_table

    words = _WORDS[language]
    counts = run.linkage.counts()
    click.echo(words["counts"].format(**counts, now=run.linked_now))
    if not run.linkage.model.trained:
        click.echo(words["shipped"])
    for zone, reasons in _reasons(run).items():
        click.echo(f"{words[zone]}{words['sign'].join(f'{why} {count:,}' for why, count in reasons) or '–'}")
    if found:
        from doudi.linkage.evaluation import table_rows
        from doudi.linkage.report import word

        rows = [(word(row[0], language), *row[1:]) for row in table_rows(found)]
        print_table(words["heads"].split("|"), rows, range(1, 9))
        click.echo(words["plot"].format(path=output / "evaluation.html"))
    click.echo(words["written"].format(path=output))


_WORDS = {
    "zh": {
        "counts": "{rows:,} 行：连接 {link:,}，复核 {review:,}，无 {none:,}（本次处理 {now:,} 行）",
        "shipped": "数据较少，使用自带的权重", "link": "连接依据：", "review": "复核原因：", "sign": "，",
        "heads": "差错|行|属本县|连接|正确|复核|精确率|召回率|F1", "plot": "图：{path}", "written": "结果：{path}",
    },
    "en": {
        "counts": "{rows:,} rows: {link:,} linked, {review:,} for review, {none:,} nobody's ({now:,} rows in this run)",
        "shipped": "few data: the weights that ship are used", "link": "linked by: ", "review": "for review: ", "sign": ", ",
        "heads": "noise|rows|true|linked|right|review|precision|recall|F1", "plot": "plot: {path}", "written": "written: {path}",
    },
}  # fmt: skip
