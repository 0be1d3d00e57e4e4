"""What holds for all tests: code is compiled once, and the garbage collector leaves alone what stays until the end.

Papers in Chinese are set with fonts of the system: without one their tests are skipped with a loud line; where ``CI=true`` they fail.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import date

import pytest

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


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """What papers in Chinese can be set with."""
    from doudi.documents import Document, DocumentError, to_pdf

    try:
        to_pdf(
            Document(
                language="zh",
                title="一",
                issuer="一",
                number="一",
                made_on=date(2026, 8, 1),
                footer="",
                blocks=(),
            )
        )
    except DocumentError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(f"NO CHINESE FONT: THE PAPERS WERE NOT SET ({error.problems[0].remedy_en})")
