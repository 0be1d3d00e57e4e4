"""``doudi procedure docs``: the pages of the procedure."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

FOLDER = Path("docs/procedure")


@click.command()
@click.option(
    "-o", "--out", type=FILE, default=FOLDER, show_default=True, metavar="FOLDER", help="写到何处 where to"
)
@speaking
def docs(out: Path, language: str, as_json: bool) -> None:
    """写出程序目录：每类办件的流程图、阶段、环节、案例，全部时限、工作日历、前提、文书。

    Writes the pages: diagram, stages, steps and cases of each kind of case; clocks, calendar, conditions, documents.

    \b
    示例 Example:
      doudi procedure docs -o docs/procedure
    """
    from doudi.cli.law.docs import write_pages
    from doudi.cli.output import print_json
    from doudi.procedure.pages import MARK, procedure_pages

    pages = procedure_pages()
    removed = write_pages(pages, out, MARK)
    if as_json:
        print_json({"folder": str(out), "pages": sorted(pages), "removed": removed})
    else:
        click.echo(say(language, f"{out}：{len(pages)} 页", f"{out}: {len(pages)} pages"))
