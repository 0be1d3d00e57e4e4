"""Locks between processes, released by the system when their holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A lock on a file: several may share it, or one has it alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def share(self) -> None:
        """Hold the lock together with others; waits while one has it alone."""
        self._take(fcntl.LOCK_SH)

    def take(self) -> None:
        """Hold the lock alone; waits until nobody else holds it."""
        self._take(fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Hold the lock alone if nobody else holds it."""
        try:
            self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let go of the lock; nothing happens when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock alone for the length of a block."""
        self.take()
        try:
            yield
        finally:
            self.release()

    def _take(self, how: int) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, how)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
