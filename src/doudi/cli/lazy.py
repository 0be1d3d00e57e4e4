"""Groups whose commands are imported only when called, and the root that turns every error into sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from doudi.cli.manner import Manner


class LazyGroup(click.Group):
    """``lazy`` gives for each command where it stands (``module:attribute``) and its line in the list of commands."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were given."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.lazy.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with; an unknown one is a problem with the nearest names."""
        if args[0] not in self.lazy and not args[0].startswith("-"):
            from doudi.cli.faults import unknown_command

            raise unknown_command(args[0], self.lazy)
        return super().resolve_command(ctx, args)


class Root(LazyGroup):
    """The root group: errors become sentences (or JSON) and exit code 2; nobody ever sees a traceback for them."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **kwargs: Any) -> Any:
        """Run a command line; leaves by ``SystemExit`` with the exit code."""
        words = list(sys.argv[1:] if args is None else args)
        kwargs["standalone_mode"] = False
        try:
            code = super().main(words, *rest, **kwargs)
            sys.stdout.flush()
        except Exception as error:
            from doudi.cli.faults import report

            code = report(error, Manner.of(words))
        sys.exit(code if isinstance(code, int) else 0)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """The context of a command line; help that nobody reads to its end is told as :class:`CutOffError`."""
        with _cut_off():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; output that nobody reads to its end is told as :class:`CutOffError`."""
        with _cut_off():
            return super().invoke(ctx)


class CutOffError(Exception):
    """Whoever read the output has left, which click would take for a failure."""


@contextmanager
def _cut_off() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise CutOffError from error
