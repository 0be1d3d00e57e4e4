"""What can go wrong with a convergence.

WebError
├── PairError     two registers cannot be taken or made one; ``problems`` give every reason and remedy
├── TakingError   a result cannot be taken in; ``problems`` give every reason and remedy
└── CaseError
    └── ReviewError   an opinion cannot be taken; ``problems`` give every reason and remedy
"""

from __future__ import annotations

from doudi.web.cases.errors import CaseError
from doudi.web.errors import WebError


class PairError(WebError):
    """Two registers cannot be taken, or not be made one now."""


class TakingError(WebError):
    """A result cannot be taken in: files are missing or at fault, or of another county."""


class ReviewError(CaseError):
    """An opinion cannot be taken: not by this person, not now, or not as it was filled in."""
