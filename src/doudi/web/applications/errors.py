"""What can go wrong when somebody applies.

WebError
└── ApplyError     what was asked cannot be done now; ``text`` tells it to whoever asked
    └── FileError  a file is not taken: too large, of another kind, damaged
"""

from __future__ import annotations

from doudi.web.errors import WebError


class ApplyError(WebError):
    """A deed that does not fit how the application stands."""

    def __init__(self, text: str) -> None:
        super().__init__(str(text))
        self.text = text


class FileError(ApplyError):
    """A file that is not taken."""
