"""What can go wrong with an import.

WebError
└── ImportRefusedError   not as things stand now, or not by this person
"""

from __future__ import annotations

from doudi.web.errors import WebError


class ImportRefusedError(WebError):
    """It cannot be done: not as things stand now, or not by this person. ``text`` says why, for the screen."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
