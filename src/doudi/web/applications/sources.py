"""The sources of the means check as a household sees them: which it allows to be asked, one by one."""

from __future__ import annotations

from collections.abc import Collection

from doudi.feeds import contracts
from doudi.verification.catalogue import checkable_feeds


def source_word(feed: str, language: str) -> str:
    """A source: what it holds, and who holds it."""
    told = contracts()[feed]
    return f"{told.zh}（{told.department_zh}）" if language == "zh" else f"{told.en} ({told.department_en})"


def choices(language: str) -> list[tuple[str, str]]:
    """Every source, in the order of the items of the check."""
    return [(feed, source_word(feed, language)) for feed in checkable_feeds()]


def left_out(allowed: Collection[str]) -> list[str]:
    """The sources that are not among those allowed."""
    return [feed for feed in checkable_feeds() if feed not in allowed]
