"""What holds for all tests: the garbage collector leaves alone what stays until the end."""

from __future__ import annotations

import gc

RARELY = (50_000, 20, 100)
"""Law, models and tests are a million objects that no test makes garbage of, so few looks at them are enough."""


def pytest_collection_finish() -> None:
    """Set aside what was imported and collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
