"""Processes that do not outlive whoever started them, killed or not: the other end of their input is closed then."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence


def at_end_of_input(stop: Callable[[], object]) -> None:
    """Call ``stop`` when whoever started this process is gone."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        stop()

    threading.Thread(target=wait, daemon=True).start()


def end_with_starter() -> None:
    """Let this process and those that it starts end with whoever started it by :func:`run`."""
    at_end_of_input(lambda: os.killpg(0, signal.SIGTERM))


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command that calls :func:`end_with_starter`, to its end and in silence; its exit code."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        return process.wait()
