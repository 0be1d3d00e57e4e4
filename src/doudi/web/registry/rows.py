"""Which rows the database shows: those of the region in scope, and to a resident those of his own household."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

TABLES = {
    "load": "", "household": "id", "person": "household_id", "membership": "household_id", "sheet": "household_id",
    "benefit": "household_id", "tag": "household_id", "note": "", "change": "household_id",
}  # fmt: skip
"""Every table of the registry, and the column by which a resident's own rows are known; "" where he sees none."""

RESIDENT = "current_setting('doudi.role', true) = 'resident'"
# The account is compared as a number: as text, no index would find its person among a million.
OWN_HOUSEHOLD = RunSQL(
    """
CREATE OR REPLACE FUNCTION registry_own_household() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT p.household_id FROM registry_person p
    WHERE p.login_id = (SELECT CASE WHEN told ~ '^[0-9]{1,18}$' THEN told::bigint END
                        FROM current_setting('doudi.user', true) AS told)
        AND p.state = 'present'
$$""",
    "DROP FUNCTION registry_own_household()",
)


def protections() -> list[RunSQL]:
    """The steps of the migration that protects every table."""
    steps: list[RunSQL] = [OWN_HOUSEHOLD]
    for name, column in TABLES.items():
        steps.append(protect_rows(f"registry_{name}"))
        if column:
            steps.append(_own(f"registry_{name}", column))
    return steps


def _own(table: str, column: str) -> RunSQL:
    return RunSQL(
        f"CREATE POLICY own_household ON {table} FOR SELECT"
        f" USING ({RESIDENT} AND {column} = (SELECT registry_own_household()))",
        f"DROP POLICY own_household ON {table}",
    )


WHO_LOOKED = RunSQL(
    f"""
CREATE POLICY household_reads ON audit_entry FOR SELECT USING (
    {RESIDENT} AND target_kind = 'registry.household' AND target = (SELECT registry_own_household())::text)""",
    "DROP POLICY household_reads ON audit_entry",
)
"""A resident sees who looked at the file of his household."""
