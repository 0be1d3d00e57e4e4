"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from doudi.web.site.navigation import menu


def page(request: HttpRequest) -> dict[str, Any]:
    """The menu of whoever is signed in, and whether this is a demonstration."""
    return {"menu": menu(request), "demo": settings.DEMO}
