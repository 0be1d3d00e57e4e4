"""``doudi cases``: cases of law, run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

FAILED = 1


@click.command()
@click.argument("paths", nargs=-1, type=FILE, metavar="[PATH]...")
@speaking
@click.pass_context
def cases(ctx: click.Context, paths: tuple[Path, ...], language: str, as_json: bool) -> None:
    """运行案例：文件或者文件夹；不写则运行全部随附案例。有不通过的，退出码为1。

    Runs cases of law from files or folders; all that ship when no path is given. The exit code is 1 when one fails.

    \b
    示例 Example:
      doudi cases
      doudi cases my-county.cases.yaml --json
    """
    from doudi.cli.case_files import need_cases
    from doudi.cli.output import print_json

    need_cases(paths, language, as_json)
    report = _run(paths, language)
    if as_json:
        failures = [_data(failure) for failure in report.failures]
        print_json({"passed": report.passed, "failed": report.failed, "failures": failures})
    else:
        for failure in report.failures:
            click.echo(failure.sentence(language))
        total = report.passed + report.failed
        click.echo(say(
            language, f"{total} 个案例，{report.passed} 个通过，{report.failed} 个不通过",
            f"{total} cases, {report.passed} passed, {report.failed} failed",
        ))  # fmt: skip
    ctx.exit(FAILED if report.failed else 0)


def _run(paths: tuple[Path, ...], language: str) -> Any:
    from doudi.assessment.cases import CaseReport
    from doudi.assessment.cases import read_cases as of_tiers
    from doudi.cli.output import watched
    from doudi.monitoring.cases import read_cases as of_indicators
    from doudi.monitoring.cases import run_case as run_night
    from doudi.programmes.cases import read_cases, run_case

    others = [] if paths else [*of_tiers(), *read_cases()]
    found = [
        *((case, run_case) for case in others),
        *((case, run_night) for case in of_indicators(paths or None)),
    ]
    with watched(found, say(language, "案例", "cases"), len(found)) as waiting:
        results = [run(case) for case, run in waiting]
    failed = sum(1 for each in results if each)
    return CaseReport(len(results) - failed, failed, tuple(failure for each in results for failure in each))


def _data(failure: Any) -> dict[str, Any]:
    return {
        "id": failure.case.id,
        "file": failure.case.file,
        "line": failure.expectation.line,
        "zh": failure.case.zh,
        "en": failure.case.en,
        "source": failure.case.source,
        "name": failure.expectation.name,
        "expected": failure.expectation.text,
        "found": failure.found,
    }
