"""What can go wrong with warnings and visits.

WebError
└── NightError   a night cannot be taken in
"""

from __future__ import annotations

from doudi.web.errors import WebError


class NightError(WebError):
    """A night cannot be taken in: files are missing, or a later one has been taken in."""
