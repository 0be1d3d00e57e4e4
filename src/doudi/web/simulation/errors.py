"""What can go wrong with a simulation.

WebError
└── AskError    it cannot be asked for, or not be taken back; ``problems`` give every reason and remedy
"""

from __future__ import annotations

from doudi.web.errors import WebError


class AskError(WebError):
    """A simulation cannot be asked for, or not be taken back."""
