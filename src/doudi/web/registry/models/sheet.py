"""What is known of one household or person: every value with its source, as one sealed sheet.

A sheet is never changed. When what is known changes, the next one supersedes it; both stay.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from doudi.web.registry.models.bulk import Bulk, reference
from doudi.web.registry.sensitive import open_sealed
from doudi.web.registry.squeezing import unsqueeze

PURPOSE = "sheet"


class Sheet(Bulk):
    """The facts (and, of a household, the items) known from ``known_from`` until ``superseded_on``.

    ``person`` is null on the sheet of the household itself. ``digest`` is a keyed hash of the content, so that the same
    content is known again without being opened.
    """

    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    number = models.CharField(max_length=40, db_collation="C")
    household = reference("registry.Household", null=True, related_name="sheets")
    person = reference("registry.Person", null=True, related_name="sheets")
    load = reference("registry.Load", indexed=True, related_name="+")
    known_from = models.DateField()
    superseded_on = models.DateField(null=True)
    digest = models.BinaryField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=("household", "known_from"), name="registry_sheet_household"),
            models.Index(fields=("person", "known_from"), name="registry_sheet_person"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.known_from}"

    def content(self) -> dict[str, list[dict[str, Any]]]:
        """``facts`` and ``items``, one mapping each; the columns of a fact are those of ``loading.sheets.FACT``.

        Raises:
            VaultError: the sheet cannot be opened.
        """
        opened = open_sealed(self.sealed, PURPOSE, f"{self.county}/{self.number}")
        told = json.loads(unsqueeze(opened))
        return {name: _rows(told.get(name) or {}) for name in ("facts", "items")}


def _rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Columns of equal length as one mapping for each place."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
