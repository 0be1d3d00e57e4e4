"""Proofs (监测检验): what the nightly sweep found of all that is true of a synthetic county."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Proof(models.Model):
    """What ``doudi watch proof`` wrote. It tells of a county that does not exist, so that every county sees the same.

    ``content`` is the hash of its data, ``data`` what :func:`doudi.monitoring.proof.proving.prove` gave.
    """

    content = models.CharField(max_length=64, unique=True, db_collation="C")
    taken_in_at = models.DateTimeField(_("接收时间"), auto_now=True)
    data: Any = models.JSONField()

    def __str__(self) -> str:
        return self.content[:12]
