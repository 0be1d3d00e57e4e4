"""Errors as people read them: all problems at once, each with its place, value and remedy."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from doudi.cli.lazy import CutOffError
from doudi.cli.manner import Manner
from doudi.rules.errors import DoudiError, Problem, Problems, nearest
from doudi.rules.files import FULL, of_disk

BAD_INPUT = 2
INTERRUPTED = 130
MOST_SHOWN = 50
_NO_ARGUMENTS: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
_UNWRITTEN = (*FULL, errno.EFBIG, errno.EIO)
"""What the system says of a file that takes no more; it then does not name the file."""


class CommandError(DoudiError):
    """The command line itself is at fault."""


@contextmanager
def gathering(problems: Problems) -> Iterator[None]:
    """Let a step fail and remember its problems, so that the other steps tell theirs as well."""
    try:
        yield
    except DoudiError as error:
        problems.extend(error.problems)
    except OSError as error:
        problems.add(of_file(error))


def report(error: Exception, manner: Manner) -> int:
    """Tell an error and return the exit code; an error that is no fault of input is raised again."""
    if isinstance(error, click.Abort):
        click.echo("已中断" if manner.language == "zh" else "interrupted", err=True)
        return INTERRUPTED
    if isinstance(error, (BrokenPipeError, CutOffError)):
        silence_output()
        return 0
    if isinstance(error, _NO_ARGUMENTS):
        error.show()
        return BAD_INPUT
    problems = _problems_of(error)
    if problems is None:
        raise error
    try:
        tell(problems, manner)
        sys.stdout.flush()
    except OSError:
        silence_output()
        tell(problems, Manner(manner.language, False))
    return BAD_INPUT


def silence_output() -> None:
    """Drop what is still to be written to a standard output that takes no more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(problems: Sequence[Problem], manner: Manner) -> None:
    """Write problems: as JSON to the standard output, or as sentences to the standard error."""
    if manner.as_json:
        from doudi.cli.output import print_json

        print_json({"problems": [problem.as_data() for problem in problems]})
        return
    if len(problems) > 1:
        count = len(problems)
        click.echo(f"有 {count} 处问题：" if manner.language == "zh" else f"{count} problems:", err=True)
    for problem in problems[:MOST_SHOWN]:
        click.echo(problem.sentence(manner.language), err=True)
    rest = len(problems) - MOST_SHOWN
    if rest > 0:
        click.echo(f"……另有 {rest} 处" if manner.language == "zh" else f"… and {rest} more", err=True)


def _problems_of(error: Exception) -> Sequence[Problem] | None:
    if isinstance(error, DoudiError):
        return error.problems
    if isinstance(error, click.ClickException):
        return [of_usage(error)]
    found = of_disk(error)
    if found is not None and (found.filename is not None or found.errno in _UNWRITTEN):
        return [of_file(found)]
    return None


def of_file(error: OSError) -> Problem:
    """The problem that a file cannot be read or written."""
    reasons = {
        errno.ENOENT: ("没有这个文件", "no such file", "核对路径", "check the path"),
        errno.EISDIR: ("这是文件夹，不是文件", "is a folder, not a file", "写文件的路径", "name a file"),
        errno.ENOTDIR: (
            "路径中有一段不是文件夹",
            "a part of the path is no folder",
            "换一个路径",
            "choose another path",
        ),
        errno.EEXIST: ("已有同名的文件", "a file of that name exists", "换一个路径", "choose another path"),
        errno.EACCES: ("没有权限", "permission denied", "核对文件权限", "check the permissions"),
        **dict.fromkeys(
            FULL,
            (
                "磁盘已满，没有写完",
                "the disk is full; not all was written",
                "腾出空间后再试",
                "make room and try again",
            ),
        ),
    }
    other = (
        "无法读写",
        f"cannot be read or written ({error.strerror})",
        "核对路径和权限",
        "check path and permissions",
    )
    words = reasons.get(error.errno or 0, other)
    file = None if error.filename is None else str(error.filename)
    return Problem("file.unusable", *words, file=file)


def of_usage(error: click.ClickException) -> Problem:
    """What click found wrong with a command line."""
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "doudi"
    help_zh, help_en = f"见 {command} --help", f"see {command} --help"
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        return Problem(
            "usage.option", "没有这个选项", "no such option",
            f"是否为 {near}" if near else help_zh, f"did you mean {near}" if near else help_en, value=error.option_name,
        )  # fmt: skip
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return Problem("usage.missing", f"缺少 {name}", f"{name} is missing", help_zh, help_en)
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return Problem(
            "usage.value",
            f"{name} 的值不对：{error.message}",
            f"bad value of {name}: {error.message}",
            help_zh,
            help_en,
        )
    return Problem("usage", f"命令写法不对：{message}", message, help_zh, help_en)


def unknown_command(name: str, known: Iterable[str]) -> CommandError:
    """The error that there is no such command."""
    names = list(known)
    near = nearest(name, names) or ", ".join(names)
    return CommandError(
        [
            Problem(
                "usage.command", "没有这个命令", "no such command", f"可用：{near}", f"use {near}", value=name
            )
        ]
    )


def fault(
    code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "", **place: Any
) -> CommandError:
    """One problem as an error."""
    return CommandError([Problem(code, zh, en, remedy_zh, remedy_en, **place)])


def named_twice(option: str, key: str) -> Problem:
    """The problem that an option that may be repeated names the same thing twice."""
    return Problem(
        "usage.twice",
        f"{option} 写了两次 {key}",
        f"{option} names {key} twice",
        "只写一次",
        "name it once",
        value=key,
    )


def refuse_same(out: Path | None, *read: Path | None) -> None:
    """Refuse to write a result over a file that is read.

    Raises:
        CommandError: ``out`` is one of them.
    """
    if out is not None and any(each is not None and each.resolve() == out.resolve() for each in read):
        raise fault(
            "usage.out", "结果会覆盖要读取的文件", "the result would be written over the file that is read",
            "换一个文件名", "name another file", file=str(out),
        )  # fmt: skip


def need_folder(*paths: Path) -> None:
    """Refuse paths that name no folder.

    Raises:
        CommandError: with each of them.
    """
    missing = [
        Problem(
            "file.no_folder", "没有这个文件夹", "no such folder", "核对路径", "check the path", file=str(path)
        )
        for path in paths
        if not path.is_dir()
    ]
    if missing:
        raise CommandError(missing)


def not_there(path: Path) -> CommandError:
    """The error that a path names nothing."""
    return CommandError([of_file(FileNotFoundError(errno.ENOENT, "", str(path)))])
