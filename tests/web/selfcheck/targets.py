"""What a page of the self-check shows in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from tests.web.people import People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """The one part of its address."""
    return "place"
