"""The options that commands share, and what their texts mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from doudi.cli.manner import LANGUAGES, usual_language
from doudi.rules.errors import Problem, Problems

if TYPE_CHECKING:
    from doudi.rules.parameters import Region

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
BIND = click.option(
    "--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="地址 address"
)
WORKERS = click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数 processes"
)


def speaking(command: Command) -> Command:
    """``--lang`` and ``--json``, given to the command as ``language`` and ``as_json``."""
    command = click.option("--json", "as_json", is_flag=True, help="输出 JSON write JSON")(command)
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        default=usual_language,
        help="语言 language (zh, en)",
    )(command)


def place_and_day(command: Command) -> Command:
    """``--region`` and ``--date``, given as texts ``region`` and ``day``."""
    command = click.option("--date", "day", metavar="DATE", help="日期 the day, such as 2026-08-01")(command)
    return click.option("--region", metavar="REGION", help="地区代码或名称 code or name of the region")(
        command
    )


def changed_law(command: Command) -> Command:
    """``--set`` and ``--overlay``, given as ``settings`` (texts ``key=value``) and ``overlay``."""
    command = click.option(
        "--overlay", type=FILE, metavar="REGION.yaml", help="地区参数文件 a file with a region's parameters"
    )(command)
    return click.option(
        "--set", "settings", multiple=True, metavar="KEY=VALUE",
        help="改用参数值，可多次 replace a parameter, such as dibao.standard.rural=600; repeatable",
    )(command)  # fmt: skip


def account(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The account that an option names; an empty one is as missing as none at all."""
    if value is not None and not value.strip():
        raise click.MissingParameter(ctx=ctx, param=parameter)
    return value


def day_of(text: str) -> date:
    """The day that ``--date`` names.

    Raises:
        LawError: no such day.
    """
    from doudi.rules.parameters import as_day, iso

    return date.fromisoformat(iso(as_day(text)))


def region_and_day(region: str, day: str | None) -> tuple[Region, date]:
    """The region named and the day, today if none is named.

    Raises:
        CommandError: with the faults of both.
    """
    from doudi.assessment.statute import all_parameters
    from doudi.cli.faults import CommandError, gathering

    problems = Problems()
    place, on = None, date.today()
    with gathering(problems):
        place = all_parameters().region(region)
    with gathering(problems):
        on = day_of(day) if day else on
    problems.raise_as(CommandError)
    assert place is not None
    return place, on


def settings_of(texts: Iterable[str], problems: Problems) -> dict[str, str]:
    """The parameters that ``--set`` replaces; texts that are no ``key=value`` go to ``problems``."""
    from doudi.cli.faults import named_twice

    found: dict[str, str] = {}
    for text in texts:
        key, _, value = (part.strip() for part in text.partition("="))
        if key in found:
            problems.add(named_twice("--set", key))
            continue
        if key and value:
            found[key] = value
            continue
        problems.add(Problem(
            "usage.set", "--set 应写成 键=值", "--set takes key=value",
            "如 --set dibao.standard.rural=600", "such as --set dibao.standard.rural=600", value=text,
        ))  # fmt: skip
    return found


def regions_named() -> str:
    """All regions with their codes and names, in one line."""
    from doudi.assessment.statute import all_parameters

    found = [region for region in all_parameters().regions().walk() if region.code != "000000"]
    return "；".join(f"{region.code} {region.zh} {region.en}" for region in found)
