"""The Django application ``site``."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What all pages share."""

    name = "doudi.web.site"
    label = "site"
    verbose_name = "公共"
