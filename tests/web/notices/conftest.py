"""The small county of the registry's tests, with its people."""

from tests.web.registry.conftest import county, everything, loader, rows, stored

__all__ = ["county", "everything", "loader", "rows", "stored"]
