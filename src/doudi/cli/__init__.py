"""The command ``doudi``: one module for each command, loaded only when it is called."""

from doudi.cli.command import main

__all__ = ["main"]
