"""Keeping a worker alive: a process that does nothing but start another one, and start it again when it dies.

A worker that loses its database ends; the next one waits until it is there again.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from doudi.web.jobs.process import HOPELESS
from doudi.web.outliving import at_end_of_input

COMMAND = (sys.executable, "-m", "doudi.web.jobs.process", "--until-eof")
_PAUSES = (0.5, 1, 2, 5, 10, 30)
_WELL = 60.0
_PATIENCE = 20.0


class Keeper:
    """Starts a worker and keeps it, until ``stop``."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command = list(command)
        self.worker: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def keep(self) -> int:
        """Start the worker, and again whenever it dies; the exit code: 0 when stopped, 2 when no worker can start."""
        deaths = 0
        while not self._stopping.is_set():
            begun = time.monotonic()
            with subprocess.Popen(self.command, stdin=subprocess.PIPE) as self.worker:
                if self._stopping.is_set():
                    self.worker.terminate()
                code = self.worker.wait()
            if code == HOPELESS:
                return code
            deaths = 0 if time.monotonic() - begun > _WELL else deaths + 1
            self._stopping.wait(_PAUSES[min(deaths, len(_PAUSES) - 1)])
        return 0

    def stop(self, *_signal: int | FrameType | None) -> None:
        """Let the worker finish its present steps, and end."""
        self._stopping.set()
        if self.worker is not None and self.worker.poll() is None:
            with suppress(ProcessLookupError):
                self.worker.terminate()

    def stop_at_signals(self) -> None:
        """Stop at SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)


class Beside:
    """A worker beside the server of pages: started with it, stopped with it, and gone when the server is killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker and what keeps it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, start_new_session=True
        )

    def stop(self) -> None:
        """Let the worker end; one that does not is killed, and its jobs go on in the next."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def main() -> int:
    """Keep a worker until stopped, or until whoever started this process is gone."""
    keeper = Keeper()
    keeper.stop_at_signals()
    at_end_of_input(keeper.stop)
    return keeper.keep()


if __name__ == "__main__":
    sys.exit(main())
