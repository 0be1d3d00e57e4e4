"""What can go wrong with a roll.

WebError
└── PayingError   a roll cannot be made, changed, locked or paid; ``text`` is for the screen
"""

from __future__ import annotations

from doudi.web.errors import WebError


class PayingError(WebError):
    """A roll cannot be made, changed, locked or paid."""

    def __init__(self, text: str) -> None:
        super().__init__(str(text))
        self.text = text
