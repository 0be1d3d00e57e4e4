"""Running numbers (文号): one row for each place, year and series, counted without gaps."""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """The last number that was given. It holds no personal data and belongs to no scope."""

    place = models.CharField(max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "year", "word"), name="one_series"),)

    def __str__(self) -> str:
        return f"{self.place}{self.word}{self.year}"
