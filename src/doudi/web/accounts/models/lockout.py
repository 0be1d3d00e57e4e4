"""Failed attempts to log in, counted by name and by address."""

from __future__ import annotations

from django.db import models


class Lockout(models.Model):
    """The failures of one key: a keyed hash of an account name or of an address, so that neither stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.failures}"
