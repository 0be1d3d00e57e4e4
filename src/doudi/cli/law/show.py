"""``doudi law show``: one parameter, rule, region, document or article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from doudi.cli.law import show_parameter, show_region, show_rule
from doudi.cli.options import place_and_day, region_and_day, speaking


@click.command()
@click.argument("name")
@place_and_day
@speaking
def show(name: str, region: str | None, day: str | None, language: str, as_json: bool) -> None:
    """一个参数、规则、地区、文件或条文：含义、条文、数值及其来源。

    A parameter, rule, region, document or article: its sentence, its article, and its values with source and mark of
    verification. Without --region a parameter is shown with what every region says of it.

    \b
    示例 Example:
      doudi law show dibao.standard --region 999901 --date 2026-08-01
      doudi law show dibao_income
      doudi law show 西安市
      doudi law show mf-2021-57:13
    """
    from doudi.cli.output import print_json

    data, lines = shown(name, region, day, language)
    if as_json:
        print_json(data)
    else:
        for line in lines:
            click.echo(line)


def shown(
    name: str, region: str | None, day: str | None, language: str
) -> tuple[dict[str, Any], Iterator[str]]:
    """What is known under a name, as plain data and as lines.

    Raises:
        DoudiError: nothing is known under it, or region or day are at fault.
    """
    from doudi.assessment.catalogue import catalogue
    from doudi.cli.faults import CommandError, gathering
    from doudi.rules.errors import Problems
    from doudi.rules.parameters import NATIONAL

    found, problems, place = catalogue(), Problems(), ""
    with gathering(problems):
        region_and_day(region or NATIONAL, day)
    if not (name in found.parameters or name in found.by_name or show_rule.is_document(name)):
        with gathering(problems):
            place = show_region.region_or_nothing(name)
    problems.raise_as(CommandError)
    if name in found.parameters:
        return show_parameter.data(name, region, day), show_parameter.lines(name, region, day, language)
    if name in found.by_name:
        return show_rule.data(name), show_rule.lines(name, region, day, language)
    if show_rule.is_document(name):
        return show_rule.article_data(name), show_rule.article_lines(name, language)
    return show_region.data(place, day), show_region.lines(name, day, language)
