"""The second factor of an account: a time-based one-time password (RFC 6238)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SecondFactor(models.Model):
    """A secret shared with the person's authenticator, kept sealed. It counts once a first code has proved it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="second_factor"
    )
    sealed_secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(
        default=0, help_text="The time step of the last code taken: none counts twice."
    )

    def __str__(self) -> str:
        return "confirmed" if self.confirmed_at else "not confirmed"
