"""What can go wrong when facts are built."""

from __future__ import annotations

from doudi.rules.errors import DoudiError


class EvidenceError(DoudiError):
    """A registry or the output of a build cannot be used."""
