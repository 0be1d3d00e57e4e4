"""What the database itself sees to: scope, a household's own cases, steps and documents that are only added, verification."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

OWN = {
    "case": "household_id = (SELECT registry_own_household())",
    **dict.fromkeys(
        ("step", "paper"),
        "case_id IN (SELECT id FROM cases_case WHERE household_id = (SELECT registry_own_household()))",
    ),
}
"""Which rows a resident sees and writes: those of the own household."""
RESIDENT = "current_setting('doudi.role', true) = 'resident'"
ADDED_ONLY = ("step", "paper", "frozen")

REFUSE = RunSQL(
    """
CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;"""
    + "".join(
        f"CREATE TRIGGER cases_{name}_added_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_{name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();"
        for name in ADDED_ONLY
    ),
    "".join(f"DROP TRIGGER cases_{name}_added_only ON cases_{name};" for name in ADDED_ONLY)
    + "DROP FUNCTION cases_refuse();",
)
VERIFY = RunSQL(
    """
CREATE FUNCTION cases_verified(asked text) RETURNS TABLE (kind varchar, number varchar, issued_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.kind, p.number, p.issued_at FROM cases_paper p WHERE p.code = asked
$$""",
    "DROP FUNCTION cases_verified(text)",
)


def protections() -> list[RunSQL]:
    """The steps of the migration that protects every table."""
    steps = [
        protect_rows(f"cases_{name}", also=f"{RESIDENT} AND {OWN[name]}" if name in OWN else "")
        for name in ("case", "step", "paper", "frozen", "kinship")
    ]
    return [*steps, REFUSE, VERIFY]


def desk_protections() -> list[RunSQL]:
    """The same for what the desks need beside cases."""
    own = f"{RESIDENT} AND household_id = (SELECT registry_own_household())"
    return [protect_rows("cases_entitlement", also=own), protect_rows("cases_escalation")]


def overpayment_protections() -> list[RunSQL]:
    """The same for what was paid too much."""
    own = f"{RESIDENT} AND household_id = (SELECT registry_own_household())"
    return [protect_rows("cases_overpayment", also=own)]
