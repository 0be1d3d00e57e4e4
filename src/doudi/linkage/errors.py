"""What can go wrong when rows are linked; no error holds an id number or a name."""

from __future__ import annotations

from doudi.rules.errors import DoudiError


class LinkageError(DoudiError):
    """A table, a configuration, a model or a file of decisions that cannot be used for linkage."""
