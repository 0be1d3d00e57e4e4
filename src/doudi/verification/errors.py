"""What can go wrong in a means check."""

from __future__ import annotations

from doudi.rules.errors import DoudiError, Problem


class MeansError(DoudiError):
    """A request, an authorisation, an objection or a store of reports that cannot be used."""


def fault(
    code: str,
    zh: str,
    en: str,
    remedy_zh: str = "",
    remedy_en: str = "",
    file: str = "",
    value: str | None = None,
) -> MeansError:
    """One problem as an error."""
    return MeansError([Problem(code, zh, en, remedy_zh, remedy_en, file=file or None, value=value)])
