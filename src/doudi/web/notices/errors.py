"""What can go wrong with notices.

WebError
├── NoticeGoneError   the notice does not hang any more
└── PictureError      a file is no picture, or too large
"""

from __future__ import annotations

from doudi.web.errors import WebError


class NoticeGoneError(WebError):
    """The notice does not hang any more: its period has passed, or it was stopped."""


class PictureError(WebError):
    """A file that cannot be kept as a picture."""
