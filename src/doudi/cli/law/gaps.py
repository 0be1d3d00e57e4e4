"""``doudi law gaps``: what a region leaves unset, and what stays undetermined by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from doudi.cli.options import region_and_day, speaking


@click.command()
@click.argument("region")
@click.option("--date", "day", metavar="DATE", help="日期，默认今天 the day; today if not given")
@speaking
def gaps(region: str, day: str | None, language: str, as_json: bool) -> None:
    """一地在某日没有数值的参数，以及因此无法确定的项目。

    Parameters without a value in a region on a day, the last known value, and the programmes that stay undetermined
    by it. What is unknown stays unknown: bring the value with --set or --overlay.

    \b
    示例 Example:
      doudi law gaps 610100 --date 2026-08-01
    """
    from doudi.assessment.gaps import gaps_of, left_open
    from doudi.cli.output import print_json

    place, on = region_and_day(region, day)
    found, affected = gaps_of(place.code, on), left_open(place.code, on)
    if as_json:
        print_json({
            "region": place.code,
            "date": on.isoformat(),
            "gaps": [_data(gap) for gap in found],
            "undetermined": {name: list(each) for name, each in affected.items()},
        })  # fmt: skip
    else:
        _print(place, on, found, affected, language)


def _data(gap: Any) -> dict[str, Any]:
    from doudi.cli.law.words import day_or_none, source_data, value_data

    return {
        "parameter": gap.name,
        "zh": gap.definition.zh,
        "en": gap.definition.en,
        "codes": list(gap.codes),
        "since": day_or_none(gap.since),
        "last": value_data(gap.definition, gap.last),
        "last_source": source_data(gap.last_source),
        "source": source_data(gap.source),
    }


def _print(place: Any, on: date, found: Any, affected: Any, language: str) -> None:
    from doudi.assessment.catalogue import catalogue
    from doudi.cli.law.words import named, place_and_day
    from doudi.cli.manner import say
    from doudi.cli.output import print_table

    title = place_and_day(place, on.isoformat(), language)
    if not found:
        click.echo(title + say(language, "：全部参数都有数值", ": every parameter has a value"))
        return
    click.echo(title + say(language, f"：{len(found)} 项没有数值", f": {len(found)} without a value"))
    click.echo()
    open_now = {name for each in affected.values() for name in each}
    rows = [_row(gap, gap.name in open_now, language) for gap in found]
    print_table(
        say(language, "参数 代码 起 最后数值 影响", "parameter codes since last matters").split(), rows
    )
    click.echo()
    click.echo(say(language, "因此可能无法确定：", "May stay undetermined by it:") if affected else
               say(language, "不影响任何项目", "No programme rests on them"))  # fmt: skip
    for name, parameters in affected.items():
        label = named(catalogue().by_name[name][-1].formula, language)
        count = say(language, f"{len(parameters)} 项参数", f"{len(parameters)} parameters")
        click.echo(f"  {label} {name}: {count}")


def _row(gap: Any, matters: bool, language: str) -> list[str]:
    from doudi.cli.law.words import day_or_none, named
    from doudi.cli.manner import say

    every = gap.definition.by is not None and len(gap.codes) == len(gap.definition.by)
    codes = say(language, "全部", "all") if every else ", ".join(gap.codes)
    last = "" if gap.last is None else gap.definition.format(gap.last, language)
    mark = say(language, "是", "yes") if matters else ""
    return [f"{named(gap.definition, language)} {gap.name}", codes, day_or_none(gap.since) or "", last, mark]
