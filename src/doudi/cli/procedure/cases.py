"""``doudi procedure cases``: cases of procedure, run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

if TYPE_CHECKING:
    from doudi.procedure.cases import Failure, ProcedureCase

FAILED = 1


@click.command()
@click.argument("paths", nargs=-1, type=FILE, metavar="[PATH]...")
@speaking
@click.pass_context
def cases(ctx: click.Context, paths: tuple[Path, ...], language: str, as_json: bool) -> None:
    """运行程序案例：文件或者文件夹；不写则运行全部随附案例。有不通过的，退出码为1。

    Runs cases of procedure from files or folders; all that ship when no path is given. The exit code is 1 when one fails.

    \b
    示例 Example:
      doudi procedure cases
      doudi procedure cases my-county.cases.yaml --json
    """
    from doudi.cli.case_files import need_cases
    from doudi.procedure.cases import read_cases, run_case

    need_cases(paths, language, as_json)
    results = [(case, run_case(case)) for case in read_cases(paths or None)]
    failed = [(case, failures) for case, failures in results if failures]
    _tell(len(results), failed, language, as_json)
    ctx.exit(FAILED if failed else 0)


def _tell(
    count: int, failed: list[tuple[ProcedureCase, list[Failure]]], language: str, as_json: bool
) -> None:
    from doudi.cli.output import print_json

    if as_json:
        print_json({
            "passed": count - len(failed),
            "failed": len(failed),
            "failures": [
                {"file": case.file, "line": case.line, "zh": case.zh, "en": case.en, "source": case.source,
                 "what": failure.what, "expected": failure.wanted, "found": failure.found}
                for case, failures in failed for failure in failures
            ],
        })  # fmt: skip
    else:
        for case, failures in failed:
            click.echo(f"{case.file}:{case.line} {say(language, case.zh, case.en)}")
            for failure in failures:
                click.echo(say(
                    language, f"  {failure.what}：应为 {failure.wanted}，实为 {failure.found}",
                    f"  {failure.what}: wanted {failure.wanted}, found {failure.found}",
                ))  # fmt: skip
        click.echo(say(
            language, f"{count} 个案例，{count - len(failed)} 个通过，{len(failed)} 个不通过",
            f"{count} cases, {count - len(failed)} passed, {len(failed)} failed",
        ))  # fmt: skip
