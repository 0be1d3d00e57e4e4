"""Which rows the database shows: to the staff those of their region, to an office what was sent to it, to a resident the own."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

OFFICE = "current_setting('doudi.role', true) IN ('department', 'organisation')"
RESIDENT = "current_setting('doudi.role', true) = 'resident'"
SENT_HERE = "office = current_setting('doudi.office', true) AND office <> ''"
WITHIN = (
    "region_id >= current_setting('doudi.low', true) AND region_id <= current_setting('doudi.high', true)"
)
FUNCTIONS = RunSQL(
    """
CREATE FUNCTION chain_cases_of_office() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT case_id FROM chain_referral
    WHERE office = current_setting('doudi.office', true) AND office <> ''
$$;
CREATE FUNCTION chain_own_chains() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT id FROM cases_case WHERE household_id = registry_own_household()
$$""",
    "DROP FUNCTION chain_cases_of_office(); DROP FUNCTION chain_own_chains()",
)
"""They read past the policies, which would otherwise ask each other without end."""
_CASES = {"cases_case": "id", "cases_step": "case_id", "cases_paper": "case_id"}
"""Tables of cases, and the column that leads to the case."""


def protections() -> list[RunSQL]:
    """The steps of the migration that protects the tables, and opens to an office the cases that were sent to it."""
    referral = (
        f"({OFFICE} AND {SENT_HERE} AND {WITHIN}) OR ({RESIDENT} AND chain_id IN (SELECT chain_own_chains()))"
    )
    grant = f"({OFFICE} OR {RESIDENT}) AND referral_id IN (SELECT id FROM chain_referral)"
    steps = [
        FUNCTIONS,
        protect_rows("chain_referral", also=referral),
        protect_rows("chain_grant", also=grant),
    ]
    for table, column in _CASES.items():
        sent = f"{OFFICE} AND {column} IN (SELECT chain_cases_of_office())"
        steps.append(
            RunSQL(
                f"CREATE POLICY sent_to_office ON {table} USING ({sent}) WITH CHECK ({sent})",
                f"DROP POLICY sent_to_office ON {table}",
            )
        )
    return steps
