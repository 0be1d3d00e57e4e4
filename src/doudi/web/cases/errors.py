"""What can go wrong with a case.

WebError
└── CaseError   a step cannot be taken; ``problems`` give every reason and remedy
"""

from __future__ import annotations

from collections.abc import Sequence

from doudi.rules.errors import Problem
from doudi.web.errors import WebError


class CaseError(WebError):
    """A step cannot be taken: not by this person, not now, or not with what was filled in."""


class ChangedError(CaseError):
    """Somebody took a step meanwhile."""


def refused(code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "") -> list[Problem]:
    """One reason, as the exceptions take them."""
    return [Problem(code, zh, en, remedy_zh, remedy_en)]


def told(problems: Sequence[Problem], language: str) -> list[str]:
    """The problems as a person reads them: what, and what to do."""
    lines = []
    for each in problems:
        what, remedy = (each.zh, each.remedy_zh) if language == "zh" else (each.en, each.remedy_en)
        mark = "。" if language == "zh" else ". "
        lines.append(f"{what}{mark}{remedy}" if remedy else what)
    return lines
