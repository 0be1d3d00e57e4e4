"""What can go wrong with the registry.

WebError
├── LoadError     a build of evidence cannot be loaded
└── ChangeError   a change of a household cannot be made
"""

from __future__ import annotations

from doudi.web.errors import WebError


class LoadError(WebError):
    """A build of evidence cannot be loaded."""


class ChangeError(WebError):
    """A change cannot be made: not as things stand now, or not by this person. ``text`` says why, for the screen."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
