"""What holds for all tests: code is compiled once, and the garbage collector leaves alone what stays until the end."""

from __future__ import annotations

import gc
import os
import sys

RARELY = (50_000, 20, 100)
"""Law, models and tests are a million objects that no test makes garbage of, so few looks at them are enough."""

if sys.dont_write_bytecode:
    # Else every worker, and every command that a test starts, would compile the whole of Doudi again.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Set aside what was imported and collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
