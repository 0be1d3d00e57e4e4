"""Tables that are loaded by the million: their references are checked a statement at a time (``references``), not row by row."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


def reference(to: str, indexed: bool = False, **more: Any) -> Any:
    """A foreign key that ``references.protections`` holds in the database, instead of a constraint of its own."""
    return models.ForeignKey(to, on_delete=models.PROTECT, db_constraint=False, db_index=indexed, **more)


class Bulk(Scoped):
    """A row of a region, loaded among a million others."""

    region = reference("accounts.Region", related_name="+", verbose_name=_("区划"))

    class Meta:
        abstract = True
