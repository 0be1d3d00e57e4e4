"""``doudi law diff``: what differs between two days, or between two regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from doudi.cli.options import day_of, speaking

_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


@click.command()
@click.argument("region")
@click.argument("other", metavar="DATE|REGION2")
@click.argument("last", metavar="DATE2|DATE")
@speaking
def diff(region: str, other: str, last: str, language: str, as_json: bool) -> None:
    """同一地区两个日期，或者同一日期两个地区，参数和规则有何差别。

    What differs in parameters and rules between two days of a region, or between two regions on a day.

    \b
    示例 Example:
      doudi law diff 620825 2024-01-01 2026-08-01
      doudi law diff 西安市 宝鸡市 2026-08-01
    """
    from doudi.assessment.statute import all_parameters
    from doudi.cli.faults import gathering
    from doudi.cli.output import print_json
    from doudi.rules.errors import LawError, Problems

    parameters, problems = all_parameters(), Problems()
    one, two, first, second = region, region, "", last
    days = bool(_DAY.fullmatch(other))
    if days:
        first = other
    else:
        two, first = other, last
    places = []
    for name in (one, two):
        with gathering(problems):
            places.append(parameters.region(name))
    for day in (first, second):
        with gathering(problems):
            day_of(day)
    problems.found = list(dict.fromkeys(problems.found))
    problems.raise_as(LawError)
    before, after = day_of(first), day_of(second)
    changes = parameters.diff(places[0].code, before, after, places[1].code)
    rules = list(_rules_that_differ(before, after))
    if as_json:
        print_json({
            "before": {"region": places[0].code, "date": before.isoformat()},
            "after": {"region": places[1].code, "date": after.isoformat()},
            "parameters": [_data(change) for change in changes],
            "rules": rules,
        })  # fmt: skip
    else:
        _print(places, (before, after), changes, rules, language)


def _rules_that_differ(before: date, after: date) -> Iterator[dict[str, Any]]:
    """Rules of which another version, or none, applies on the other day."""
    from doudi.assessment.catalogue import catalogue
    from doudi.cli.law.words import rule_data

    for name, versions in catalogue().by_name.items():
        old, new = ([rule for rule in versions if rule.formula.applies(day)] for day in (before, after))
        if old != new:
            yield {
                "name": name,
                "before": rule_data(old[0]) if old else None,
                "after": rule_data(new[0]) if new else None,
            }


def _data(change: Any) -> dict[str, Any]:
    from doudi.cli.law.words import cell_data

    key = change.definition.key(change.code)
    return {
        "parameter": change.name,
        "zh": change.definition.zh,
        "en": change.definition.en,
        "code": change.code,
        "before": cell_data(change.definition, key, change.before),
        "after": cell_data(change.definition, key, change.after),
    }


def _print(
    places: Sequence[Any], days: Sequence[date], changes: Any, rules: Sequence[dict[str, Any]], language: str
) -> None:
    from doudi.cli.law.words import code_label, elastic, named
    from doudi.cli.manner import say
    from doudi.cli.output import print_table

    titles = [
        f"{named(place, language)} {place.code} {day.isoformat()}"
        for place, day in zip(places, days, strict=True)
    ]
    click.echo(" → ".join(titles))
    if not changes and not rules:
        click.echo(say(language, "没有差别", "no difference"))
        return
    rows = []
    for change in changes:
        definition, key = change.definition, change.definition.key(change.code)
        cells = [
            definition.format(cell.value, language) + elastic(definition, cell.elastic, language)
            for cell in (change.before, change.after)
        ]
        cited = "" if change.after.source is None else change.after.source.reference.sentence(language)
        rows.append(
            [
                f"{named(definition, language)} {change.name}",
                code_label(definition, key, language),
                *cells,
                cited,
            ]
        )
    if rows:
        click.echo()
        print_table(
            say(language, "参数 代码 之前 之后 依据", "parameter code before after reference").split(), rows
        )
    for rule in rules:
        click.echo()
        click.echo(say(language, f"规则 {rule['name']}", f"rule {rule['name']}"))
        for side, word in (
            ("before", say(language, "之前", "before")),
            ("after", say(language, "之后", "after")),
        ):
            version = rule[side]
            text = say(language, "无", "none") if version is None else version[language]
            references = "" if version is None else ", ".join(each["id"] for each in version["references"])
            click.echo(f"  {word}: {text} {references}".rstrip())
