"""``doudi cliff``: what more earnings leave a household."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.programmes.cliff import Cliff


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--earner",
    type=click.IntRange(1),
    metavar="N",
    help="第几个成员的收入变动 whose wages vary, counted from 1",
)
@place_and_day
@changed_law
@click.option(
    "--html", type=FILE, metavar="OUT.html", help="另写一个网页 also write a page to open in a browser"
)
@speaking
def cliff(
    file: Path,
    earner: int | None,
    region: str | None,
    day: str | None,
    settings: tuple[str, ...],
    overlay: Path | None,
    html: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """悬崖：一名成员的劳动收入从零到中位数三倍，全部项目加在一起，家庭净资源怎样变化，在哪里失去什么。

    The cliff: as the earnings of one member rise from nothing to three times the median, what all programmes together
    leave the household, where something is lost, and how the promised step-down softens it.

    \b
    示例 Example:
      doudi cliff examples/found-a-job.yaml
      doudi cliff household.yaml --earner 2 --html cliff.html
    """
    from doudi.cli.faults import refuse_same
    from doudi.cli.inputs import household_and_law
    from doudi.cli.output import print_json
    from doudi.programmes.cliff import cliff as cliff_of
    from doudi.programmes.law import Offer, law_of
    from doudi.programmes.words import cliff_data

    refuse_same(html, file, overlay)
    household, law = household_and_law(file, region, day, settings, overlay, law_of)
    found = cliff_of(household, Offer(law), None if earner is None else earner - 1)
    if html is not None:
        from doudi.programmes.page import write_cliff

        write_cliff(found, html)
    if as_json:
        print_json(cliff_data(found, language))
        return
    for line in _lines(found, language):
        click.echo(line)
    if html is not None:
        click.echo(say(language, f"已写出 {html}", f"written: {html}"))


def _lines(found: Cliff, language: str) -> Iterator[str]:
    from doudi.assessment.sentences import row_label
    from doudi.cli.output import table
    from doudi.programmes.words import fall_line, named, shown

    whom = row_label(found.household, "person", found.earner, language)
    yield say(
        language,
        f"{whom}的年劳动收入与家庭全年净资源",
        f"Yearly earnings of {whom} and net resources of the household",
    )
    heads = (
        ("劳动收入", "净资源", "有渐退期")
        if language == "zh"
        else ("earnings", "net resources", "with step-down")
    )
    rows = [
        [shown(each, language) for each in (one.earnings, one.net, one.stepped)] for one in found.points[::5]
    ]
    yield table(heads, rows, (0, 1, 2))
    if found.missing:
        names = "、".join(named(name, language) for name in found.missing)
        yield say(language, f"待补充：{names}", f"not known yet: {names}")
    elif not found.falls:
        yield say(language, "没有悬崖：收入增加，净资源不减少", "no cliff: more earnings never leave less")
    for one in found.falls:
        yield f"- {fall_line(one, language)}"
