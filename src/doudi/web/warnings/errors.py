"""What can go wrong with warnings and visits.

WebError
├── NightError     a night cannot be taken in
└── CaseError
    └── WarningError   what was asked cannot be done; ``problems`` give every reason and remedy
"""

from __future__ import annotations

from doudi.web.cases.errors import CaseError
from doudi.web.errors import WebError


class NightError(WebError):
    """A night cannot be taken in: files are missing, or a later one has been taken in."""


class WarningError(CaseError):
    """A visit, decision or lead cannot be taken as it was filled in."""
