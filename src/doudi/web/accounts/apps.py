"""The Django application ``accounts``."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, regions and permissions."""

    name = "doudi.web.accounts"
    label = "accounts"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        """Let ``check`` compare the pages with the table of permissions."""
        from doudi.web.accounts import checks  # noqa: F401
