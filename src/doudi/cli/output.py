"""Writing on the screen: JSON, and tables in which a Chinese character takes two columns."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from unicodedata import east_asian_width

import click

Item = TypeVar("Item")


def print_json(data: Any) -> None:
    """Write plain data as JSON to the standard output; half a character (a lone surrogate) is written as its escape."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace").decode())


@contextmanager
def watched(items: Iterable[Item], label: str, length: int) -> Iterator[Iterable[Item]]:
    """Items to go through, with a progress bar on the standard error when that is a terminal."""
    with click.progressbar(items, length, label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar


@contextmanager
def steps(label: Callable[[str], str]) -> Iterator[Callable[[str, int, int], None]]:
    """A function to be told of work (step, done, total): it shows a bar for each step when somebody is watching."""
    shown: dict[str, Any] = {}

    def tell(step: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if step not in shown:
            shown[step] = click.progressbar(length=total, label=label(step), file=sys.stderr)
        shown[step].update(done - shown[step].pos)
        if done >= total:
            shown[step].render_finish()

    yield tell


def width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text filled up with spaces."""
    spaces = " " * max(0, columns - width(text))
    return spaces + text if right else text + spaces


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """A table with a line under its heads; the columns ``numbers`` stand to the right."""
    body = [list(row) for row in rows]
    columns = [max(width(row[place]) for row in [list(heads), *body]) for place in range(len(heads))]
    right = set(numbers)

    def line(row: Sequence[str]) -> str:
        cells = (pad(cell, columns[place], place in right) for place, cell in enumerate(row))
        return "  ".join(cells).rstrip()

    return "\n".join([line(heads), "  ".join("─" * each for each in columns), *map(line, body)])


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> None:
    """Write a table to the standard output."""
    click.echo(table(heads, rows, numbers))
