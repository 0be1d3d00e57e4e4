"""The Django application ``registry``."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Households and persons."""

    name = "doudi.web.registry"
    label = "registry"
    verbose_name = "登记"
