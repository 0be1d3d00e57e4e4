"""``doudi statement``: a year of a household, programme by programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.programmes.statement import Statement

FIRST_YEAR = 2022
"""The first year of which there is law from its first day to its last."""


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR, 2099),
    metavar="YEAR",
    help="年份，默认按日期 the year, else that of the date",
)
@place_and_day
@changed_law
@click.option(
    "--html", type=FILE, metavar="OUT.html", help="另写一个网页 also write a page to open in a browser"
)
@speaking
def statement(
    file: Path,
    year: int | None,
    region: str | None,
    day: str | None,
    settings: tuple[str, ...],
    overlay: Path | None,
    html: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """一户一年的救助清单：每个项目的日期、应享和实得金额、合计；漏了什么、少了什么、多了什么、还缺什么信息。

    The statement of a household for a year: every programme with dates, what was due and what was received, and the
    totals; what was missed, too little or too much, and what is not yet known. A year that is not over runs to the date.

    \b
    示例 Example:
      doudi statement examples/one-household-one-file.yaml --year 2024
      doudi statement household.yaml --date 2026-08-01 --html statement.html
    """
    from doudi.cli.faults import refuse_same
    from doudi.cli.output import print_json
    from doudi.programmes.words import statement_data

    refuse_same(html, file, overlay)
    found = _of_file(file, year, region, day, settings, overlay)
    if html is not None:
        from doudi.programmes.page import write_statement

        write_statement(found, html)
    if as_json:
        print_json(statement_data(found, language))
    else:
        _print(found, html, language)


def _of_file(
    file: Path,
    year: int | None,
    region: str | None,
    day: str | None,
    settings: tuple[str, ...],
    overlay: Path | None,
) -> Statement:
    from doudi.cli.faults import fault
    from doudi.cli.inputs import household_and_law
    from doudi.cli.options import settings_of
    from doudi.programmes.law import law_of
    from doudi.programmes.statement import statement as statement_of
    from doudi.rules.errors import Problems

    household, law = household_and_law(file, region, day, settings, overlay, law_of)
    chosen = year or law.day.year
    if day is not None and chosen > law.day.year:
        raise fault(
            "usage.year", f"{chosen} 年在 --date 之后才开始", f"{chosen} begins after --date", "去掉 --year，或者换一个日期",
            "leave --year away, or name another date", value=day,
        )  # fmt: skip
    until = law.day if chosen == law.day.year else date(chosen, 12, 31)
    return statement_of(
        household,
        region or law.region,
        chosen,
        until=until,
        settings=settings_of(settings, Problems()),
        overlay=overlay,
    )


def _print(found: Statement, html: Path | None, language: str) -> None:
    for line in _lines(found, language):
        click.echo(line)
    if html is not None:
        click.echo(say(language, f"已写出 {html}", f"written: {html}"))


def _lines(found: Statement, language: str) -> Iterator[str]:
    from doudi.cli.output import table
    from doudi.programmes.waterfall import waterfall
    from doudi.programmes.words import named, shown, standing_data, sum_line, waterfall_lines

    yield say(
        language,
        f"{found.year} 年救助清单（截至 {found.until}）",
        f"Statement of {found.year}, up to {found.until}",
    )
    yield ""
    heads = (
        ("项目", "对象", "实得", "应享", "状态")
        if language == "zh"
        else ("programme", "for", "received", "due", "state")
    )
    yield table(heads, [sum_line(one, found, language) for one in found.sums], (2, 3))
    total = shown(found.received, language), shown(found.due, language)
    yield say(language, f"共 {found.kinds} 项，实得合计 {total[0]}，应享合计 {total[1]}",
              f"{found.kinds} kinds, received {total[0]}, due {total[1]}")  # fmt: skip
    open_ones = [one for one in found.sums if one.missing]
    if open_ones:
        yield ""
        yield say(language, "待补充的信息", "Not known yet")
        for one in open_ones:
            yield f"- {one.programme.name(language)}: {'、'.join(named(name, language) for name in one.missing)}"
    fall = list(waterfall_lines(waterfall(found.last), language))
    if fall:
        yield ""
        yield from fall
    apart = found.last.in_state("gives_way")
    if apart:
        yield ""
        yield say(language, "让位于其他项目", "Gives way to another programme")
        for each in apart:
            data = standing_data(each, found.last, language)
            reason = each.relation.sentence(language) if each.relation else ""
            yield f"- {data['name']}（{data['whom']}）: {reason}"
