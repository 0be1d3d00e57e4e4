"""Which rows the database shows and takes: those of the region in scope, and of a resident those of the own household."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

RESIDENT = "current_setting('doudi.role', true) = 'resident'"
OWN = "(SELECT registry_own_household())"
MINE = {
    **dict.fromkeys(("draft", "attachment", "authorisation", "report", "card"), f"household_id = {OWN}"),
    "answer": f"draft_id IN (SELECT id FROM applications_draft WHERE household_id = {OWN})",
    "lead": "",
}
"""Every table with personal data, and which of its rows are a resident's own."""

CARD = RunSQL(
    """
CREATE FUNCTION applications_card(asked text) RETURNS TABLE (household bigint, region varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.household_id, h.region_id FROM applications_card c JOIN registry_household h ON h.id = c.household_id
    WHERE c.code = asked AND c.revoked_at IS NULL
$$""",
    "DROP FUNCTION applications_card(text)",
)
"""Whose card has a code, for whoever scans it and has no scope."""


def protections() -> list[RunSQL]:
    """The steps of the migration that protects every table."""
    steps = [
        protect_rows(f"applications_{name}", also=f"{RESIDENT} AND {own}" if own else "")
        for name, own in MINE.items()
    ]
    return [*steps, CARD]
