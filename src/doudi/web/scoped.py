"""Rows that belong to a region: seen only by those whose region it lies in.

Enforced twice: by the one manager here, and by row-level security in the database (``protect_rows`` in a migration).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.migrations import RunSQL
from django.db.models.expressions import RawSQL

from doudi.web.database.scope import NOBODY, current
from doudi.web.errors import WebError

RESIDENT = "resident"
OFFICES = ("department", "organisation")
"""Roles that see only what was sent to their office."""
OWN_HOUSEHOLD = "(SELECT registry_own_household())"


class OutOfScopeError(WebError):
    """Rows were asked for without saying for whom: wrap the work in ``acting_as``."""


class ScopedQuerySet(models.QuerySet):
    """Rows of regions; ``in_scope`` leaves those of the scope that holds now."""

    def in_scope(self) -> ScopedQuerySet:
        """The rows whose region lies in the scope.

        Raises:
            OutOfScopeError: no scope was set.
        """
        scope = current()
        if scope is NOBODY:
            raise OutOfScopeError(f"{self.model._meta.label} was asked for outside every scope")
        if scope.role in OFFICES:
            path = self.model.office_path
            return self.filter(**{path: scope.office}) if path and scope.office else self.none()
        if scope.role == RESIDENT and self.model.household_path:
            return self.filter(**{self.model.household_path: RawSQL(OWN_HOUSEHOLD, [])})
        return self.filter(region_id__gte=scope.low, region_id__lte=scope.high)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of every model whose rows belong to a region."""

    def get_queryset(self) -> Any:
        """All rows that may be seen."""
        return super().get_queryset().in_scope()


class Scoped(models.Model):
    """A row that belongs to a region (区划).

    ``household_path`` leads to the number of the household whose members see the row as residents, ``office_path`` to the
    department or organisation that sees it because it was sent there; "" where none does.
    """

    household_path: ClassVar[str] = ""
    office_path: ClassVar[str] = ""

    region = models.ForeignKey(
        "accounts.Region", on_delete=models.PROTECT, related_name="+", verbose_name="区划"
    )

    objects = ScopedManager()

    class Meta:
        abstract = True


WITHIN = (
    "{column} >= current_setting('doudi.low', true) AND {column} <= current_setting('doudi.high', true)"
    " AND coalesce(current_setting('doudi.role', true), '') NOT IN ('department', 'organisation')"
)


def protect_rows(table: str, column: str = "region_id", also: str = "") -> RunSQL:
    """A step of a migration: rows of ``table`` are seen and written only within the scope of the transaction, and by no office.

    ``also`` is a further condition in SQL under which a row may be seen and written, for example a resident's own.
    """
    condition = WITHIN.format(column=column) + (f" OR ({also})" if also else "")
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY within_scope ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
