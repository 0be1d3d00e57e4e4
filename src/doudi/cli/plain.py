"""Plain personal data on the command line: only for a reason, and never without a record."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from doudi.cli.faults import CommandError
from doudi.rules.errors import Problem, Problems

if TYPE_CHECKING:
    from doudi.verification import Checks

LEAST = 4
"""Characters of a reason."""


def permit(checks: Checks, number: str, by: str | None, reason: str | None) -> None:
    """Let ``by`` see report ``number`` in full: by the permissions and in the audit trail of the web application where there is
    a database, else by a line in the store of reports.

    Raises:
        CommandError: the reason or the account is missing.
        DoudiError: the account may not see it, or the record cannot be written.
    """
    account, why = (by or "").strip(), (reason or "").strip()
    problems = Problems()
    if not account:
        problems.add(
            Problem(
                "means.by",
                "查看明文要写明账号",
                "whoever sees a report in full is named",
                "加 --by",
                "add --by",
            )
        )
    if len(why) < LEAST:
        problems.add(Problem("means.reason", "查看明文要写明理由", "seeing a report in full needs a reason",
                             "加 --reason", "add --reason"))  # fmt: skip
    problems.raise_as(CommandError)
    if _database():
        from doudi.web.start import ready

        with ready():
            from doudi.web.registry.services.reports import see_in_full

            see_in_full(account, number, why)
    else:
        checks.record_look(number, account, why, datetime.now(UTC))


def _database() -> bool:
    """Whether the web application has a database here: one that is named, or a private one."""
    if os.environ.get("DATABASE_URL"):
        return True
    from doudi.web.home import home

    return (home() / "postgres").exists()
