"""What is shown of names and numbers unless somebody has a reason to see more."""

from __future__ import annotations

SEPARATOR = "·"
_STAR = "*"
_SHOWN = 4


def masked_name(name: str) -> str:
    """The surname and a star for each further character; of a name with a separator its first part."""
    if not name:
        return ""
    first, dot, rest = name.partition(SEPARATOR)
    if dot:
        return first + dot + _STAR * min(len(rest), 3)
    return name[:1] + _STAR * min(max(len(name) - 1, 1), 3)


def masked_id(tail: str) -> str:
    """An id number of which only the last four characters are known."""
    return _STAR * 14 + tail if tail else ""


def masked_number(number: str) -> str:
    """The last four characters of a longer number; of a short one nothing."""
    return _STAR * 4 + number[-_SHOWN:] if len(number) > 2 * _SHOWN else _STAR * len(number)
