"""The files of cases that a command is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from doudi.cli.faults import CommandError, not_there
from doudi.cli.manner import say
from doudi.rules.errors import Problem, Problems

END = ".cases.yaml"


def need_cases(paths: tuple[Path, ...], language: str, as_json: bool) -> None:
    """Refuse paths that name no file of cases, and say which files of folders are not read as cases.

    Raises:
        CommandError: with every such path.
    """
    problems = Problems()
    for path in paths:
        if not path.exists():
            problems.extend(not_there(path).problems)
        elif path.is_dir() and not any(path.rglob(f"*{END}")):
            problems.add(Problem(
                "cases.none", "文件夹里没有案例文件", "the folder holds no file of cases",
                f"案例文件的名称以 {END} 结尾", f"the name of such a file ends with {END}", file=str(path),
            ))  # fmt: skip
    problems.raise_as(CommandError)
    others = [file for path in paths if path.is_dir() for file in _with_cases(path)]
    if others and not as_json:
        shown = ", ".join(map(str, others[:3]))
        click.echo(say(
            language, f"名称不以 {END} 结尾，没有读：{shown}（共 {len(others)} 个）",
            f"not read, since the name does not end with {END}: {shown} ({len(others)} in all)",
        ), err=True)  # fmt: skip


def _with_cases(folder: Path) -> Iterator[Path]:
    """YAML files that hold cases by their first words, under a name that is not read."""
    for path in sorted(folder.rglob("*.y*ml")):
        if not path.name.endswith(END) and path.is_file():
            text = path.read_text("utf-8", "replace")
            if any(line.startswith(("- case:", "cases:")) for line in text.splitlines()):
                yield path
