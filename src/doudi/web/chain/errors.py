"""What can go wrong with a chain.

CaseError
└── ChainError   an office cannot be asked, or its answer does not add up
"""

from __future__ import annotations

from doudi.web.cases.errors import CaseError


class ChainError(CaseError):
    """An office cannot be asked, or its answer does not add up; ``problems`` give reason and remedy."""
