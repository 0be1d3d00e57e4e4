"""The Django application ``chain``."""

from __future__ import annotations

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """One door for the programmes of all departments."""

    name = "doudi.web.chain"
    label = "chain"
    verbose_name = "融救助"
