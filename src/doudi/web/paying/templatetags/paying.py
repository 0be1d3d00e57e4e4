"""Words of rolls for templates."""

from __future__ import annotations

from typing import Any

from django import template

from doudi.web.paying.models import Finding

register = template.Library()


@register.filter
def finding_word(code: str) -> Any:
    """What speaks against a line, in words."""
    return Finding(code).label
