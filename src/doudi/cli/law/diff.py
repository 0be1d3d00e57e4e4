"""``doudi law diff``: what differs between two days, or between two regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.options import day_of, speaking

if TYPE_CHECKING:
    from doudi.rules.parameters import Region

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
    from doudi.cli.output import print_json

    places, (before, after) = _sides(region, other, last)
    changes = all_parameters().diff(places[0].code, before, after, places[1].code)
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


def _sides(region: str, other: str, last: str) -> tuple[list[Region], tuple[date, date]]:
    """The regions and the days that are compared.

    Raises:
        LawError: with the faults of all of them.
    """
    from doudi.assessment.statute import all_parameters
    from doudi.cli.faults import gathering
    from doudi.rules.errors import LawError, Problems

    problems = Problems()
    of_days = bool(_DAY.fullmatch(other))
    names, texts = ((region, region), (other, last)) if of_days else ((region, other), (last, last))
    places, days = [], []
    for name in names:
        with gathering(problems):
            places.append(all_parameters().region(name))
    for text in texts:
        with gathering(problems):
            days.append(day_of(text))
    problems.found = list(dict.fromkeys(problems.found))
    problems.raise_as(LawError)
    return places, (days[0], days[1])


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
    from doudi.cli.law.words import named
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
    rows = [_row(change, language) for change in changes]
    if rows:
        click.echo()
        print_table(
            say(language, "参数 代码 之前 之后 依据", "parameter code before after reference").split(), rows
        )
    for rule in rules:
        click.echo()
        for line in _versions(rule, language):
            click.echo(line)


def _row(change: Any, language: str) -> list[str]:
    from doudi.cli.law.words import code_label, elastic, named

    definition, key = change.definition, change.definition.key(change.code)
    cells = [
        definition.format(cell.value, language) + elastic(definition, cell.elastic, language)
        for cell in (change.before, change.after)
    ]
    cited = "" if change.after.source is None else change.after.source.reference.sentence(language)
    return [
        f"{named(definition, language)} {change.name}",
        code_label(definition, key, language),
        *cells,
        cited,
    ]


def _versions(rule: dict[str, Any], language: str) -> Iterator[str]:
    """A rule before and after."""
    from doudi.cli.manner import say

    yield say(language, f"规则 {rule['name']}", f"rule {rule['name']}")
    for side, word in (
        ("before", say(language, "之前", "before")),
        ("after", say(language, "之后", "after")),
    ):
        version = rule[side]
        text = say(language, "无", "none") if version is None else version[language]
        references = "" if version is None else ", ".join(each["id"] for each in version["references"])
        yield f"  {word}: {text} {references}".rstrip()
