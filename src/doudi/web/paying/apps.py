"""The Django application ``paying``."""

from __future__ import annotations

from django.apps import AppConfig


class PayingConfig(AppConfig):
    """Monthly rolls."""

    name = "doudi.web.paying"
    label = "paying"
    verbose_name = "发放"
