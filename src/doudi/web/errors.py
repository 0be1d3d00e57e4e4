"""What can go wrong before a page is served.

DoudiError
└── WebError            the web application cannot do what was asked
    ├── DatabaseError   no PostgreSQL, or not one that can be used
    └── SettingsError   the environment does not say what is needed, or says something forbidden
"""

from __future__ import annotations

from doudi.rules.errors import DoudiError


class WebError(DoudiError):
    """The web application cannot do what was asked."""


class DatabaseError(WebError):
    """There is no PostgreSQL, or not one that can be used."""


class SettingsError(WebError):
    """The environment does not say what is needed, or says something that is forbidden."""
