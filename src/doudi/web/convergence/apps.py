"""The Django application ``convergence``."""

from __future__ import annotations

from django.apps import AppConfig


class ConvergenceConfig(AppConfig):
    """Two registers made one, and their review."""

    name = "doudi.web.convergence"
    label = "convergence"
    verbose_name = "两项政策并轨"
