"""Tags and filters for templates, known in every template."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from doudi.programmes.catalogue import catalogue
from doudi.web.accounts.access import may_open
from doudi.web.accounts.roles import Role

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A small picture beside a word; readers of screens pass it over."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("site/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def may(context: Any, view: str) -> bool:
    """Whether whoever is signed in may open a page: ``{% may "accounts:user_add" as can_add %}``."""
    user = context["request"].user
    return user.is_authenticated and may_open(user.role, view)


@register.filter
def role_name(role: str) -> str:
    """What a role is called; empty for none."""
    return str(Role(role).label) if role in Role.values else ""


@register.filter
def office_name(office: str) -> str:
    """What a department or organisation is called; empty for none."""
    found = catalogue().organisations.get(office)
    chinese = (get_language() or "zh").startswith("zh")
    return (found.zh if chinese else found.en) if found else office


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The query of this address with some of its parts changed; None takes one away."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
