"""Words with labels, as columns of the database have them: Django's, with types that a checker understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enum import StrEnum

    class TextChoices(StrEnum):
        """A word stored in a column, and its label on the screen."""

        label: str
        values: list[str]
        labels: list[str]
        choices: list[tuple[str, str]]

        def __new__(cls, value: str, label: Any = "") -> TextChoices: ...
else:
    from django.db.models import TextChoices

__all__ = ["TextChoices"]
