"""The Django application ``means``."""

from __future__ import annotations

from django.apps import AppConfig


class MeansConfig(AppConfig):
    """Means checks of cases."""

    name = "doudi.web.means"
    label = "means"
    verbose_name = "核对"
