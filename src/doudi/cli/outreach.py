"""``doudi outreach``: households worth a visit."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.options import FILE, changed_law, place_and_day, speaking


@click.command()
@click.argument("evidence", type=FILE)
@place_and_day
@click.option(
    "-o", "--out", type=FILE, required=True, metavar="OUT", help="结果写入的文件夹 folder for the results"
)
@changed_law
@speaking
def outreach(
    evidence: Path, region: str | None, day: str | None, out: Path, settings: tuple[str, ...], overlay: Path | None,
    language: str, as_json: bool,
) -> None:  # fmt: skip
    """政策找人：按部门数据可能符合基本生活救助、却没有享受的家庭，为什么，入户要了解什么。

    Names the households that are in basic living aid by all that departments tell or that is presumed, and hold none: why
    they are thought so, and what a visit has to ask. EVIDENCE is the folder of `doudi facts build --presume`. Presumptions
    only point; they decide nothing.

    \b
    示例 Example:
      doudi outreach out/facts --region 999901 --date 2026-08-01 -o out/visits
    """
    from doudi.assessment.outreach import POINTING
    from doudi.assessment.outreach import outreach as find
    from doudi.assessment.outreach_files import write_outreach
    from doudi.assessment.outreach_words import counts, lines
    from doudi.cli.inputs import register_and_law

    statute = register_and_law(evidence / POINTING, out, region, day, settings, overlay)
    found = find(evidence, statute)
    paths = write_outreach(found, out)
    data = {**counts(found.households), "files": [str(path) for path in paths]}
    if as_json:
        from doudi.cli.output import print_json

        print_json(data)
        return
    for line in lines(data, language):
        click.echo(line)
