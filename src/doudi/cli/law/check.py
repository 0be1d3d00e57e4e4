"""``doudi law check``: all files of the law, and overlays that are not installed yet."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking
from doudi.rules.errors import Problem, Problems

FAILED = 1


@click.command()
@click.argument("overlays", nargs=-1, type=FILE, metavar="[REGION.yaml]...")
@speaking
@click.pass_context
def check(ctx: click.Context, overlays: tuple[Path, ...], language: str, as_json: bool) -> None:
    """检查全部法规文件：条文引用、日期、单位、范围、地区、案例；或者检查尚未装入的地区参数文件。

    Checks all files of the law: references, dates, units, ranges, regions, cases; or region files that are not
    installed yet. All faults are told at once, with file and line; the exit code is 1 if there are any.

    \b
    示例 Example:
      doudi law check
      doudi law check 610199-mycounty.yaml
    """
    from doudi.cli.faults import BAD_INPUT, tell
    from doudi.cli.manner import Manner
    from doudi.cli.output import print_json

    problems = _of_overlays(overlays) if overlays else _of_the_law(language)
    counts = {} if problems else _counts(overlays)
    if as_json:
        print_json({"counts": counts, "problems": [problem.as_data() for problem in problems]})
    elif problems:
        tell(problems, Manner(language, False))
    else:
        words = _words(language)
        click.echo(
            words["fine"] + words["sign"].join(f"{count} {words[name]}" for name, count in counts.items())
        )
    absent = {str(path) for path in overlays if not path.exists()}
    faulty = any(problem.file not in absent for problem in problems)
    ctx.exit(FAILED if faulty else BAD_INPUT if absent else 0)


def _of_overlays(overlays: tuple[Path, ...]) -> list[Problem]:
    from doudi.assessment.statute import all_parameters
    from doudi.cli.faults import gathering

    problems = Problems()
    for path in overlays:
        with gathering(problems):
            all_parameters().with_overlay(path)
    return list(problems)


def _of_the_law(language: str) -> list[Problem]:
    """The faults of all files, each once; programmes and indicators rest on the tiers and meet their faults again."""
    from doudi.assessment.house_rules import STEPS, faults_of, grounded
    from doudi.cli.output import watched
    from doudi.monitoring.house_rules import indicator_faults
    from doudi.programmes.house_rules import programme_faults

    def of_programmes() -> list[Problem]:
        return programme_faults() if grounded() else []

    def of_indicators() -> list[Problem]:
        return indicator_faults() if grounded() else []

    every = (*STEPS, of_programmes, of_indicators)
    with watched(every, say(language, "检查", "checking"), len(every)) as steps:
        return list(faults_of(steps))


def _counts(overlays: tuple[Path, ...]) -> dict[str, int]:
    if overlays:
        return {"files": len(overlays)}
    from doudi.assessment.cases import read_cases
    from doudi.assessment.catalogue import catalogue
    from doudi.law import library
    from doudi.monitoring.cases import read_cases as of_indicators
    from doudi.monitoring.catalogue import catalogue as indicators
    from doudi.programmes.cases import read_cases as of_programmes
    from doudi.programmes.catalogue import catalogue as programmes

    found = catalogue()
    return {
        "rules": len(found.by_name),
        "parameters": len(found.parameters),
        "values": sum(1 for name in found.parameters for _ in found.said(name)),
        "regions": len(found.regions) - 1,
        "documents": len(library.documents().by_id),
        "programmes": len(programmes().programmes),
        "indicators": len(indicators().indicators),
        "cases": len(read_cases()) + len(of_programmes()) + len(of_indicators()),
    }


def _words(language: str) -> dict[str, str]:
    if language == "en":
        names = (
            "rules", "parameters", "values", "regions", "documents", "programmes", "indicators", "cases", "files",
        )  # fmt: skip
        return {"fine": "no fault: ", "sign": ", ", **{name: name for name in names}}
    return {
        "fine": "没有问题：", "sign": "，", "rules": "条规则", "parameters": "个参数", "values": "项数值", "regions": "个地区",
        "documents": "份文件", "programmes": "个项目", "indicators": "个指标",
        "cases": "个案例", "files": "个文件",
    }  # fmt: skip
