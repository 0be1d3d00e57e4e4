"""The Django application ``warnings``."""

from __future__ import annotations

from django.apps import AppConfig


class WarningsConfig(AppConfig):
    """Warnings of monitoring, visits, and what came of them."""

    name = "doudi.web.warnings"
    label = "warnings"
    verbose_name = "监测预警"
