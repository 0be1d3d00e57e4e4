"""References between the tables that are loaded by the million, held by the database a whole statement at a time.

PostgreSQL checks a foreign key row by row when a transaction ends, which takes minutes for a county of a million persons. These
triggers find the same faults with one query for each statement: a row that names what does not exist, and the deletion of what
rows still name.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

REGION, HOUSEHOLD, PERSON, LOAD = "accounts_region", "registry_household", "registry_person", "registry_load"
KEYS = {REGION: "code", HOUSEHOLD: "id", PERSON: "id", LOAD: "id"}
REFERENCES = {
    "registry_household": {"region_id": REGION, "head_id": PERSON},
    "registry_person": {"region_id": REGION, "household_id": HOUSEHOLD},
    "registry_membership": {"region_id": REGION, "household_id": HOUSEHOLD, "person_id": PERSON},
    "registry_sheet": {"region_id": REGION, "household_id": HOUSEHOLD, "person_id": PERSON, "load_id": LOAD},
    "registry_benefit": {"region_id": REGION, "household_id": HOUSEHOLD, "person_id": PERSON},
    "registry_tag": {"region_id": REGION, "household_id": HOUSEHOLD},
}
"""Of each table its columns that name a row of another table."""


def protections() -> list[RunSQL]:
    """The steps of the migration that sets up the triggers."""
    steps = [_refers(table, columns) for table, columns in REFERENCES.items()]
    return steps + [_referred(parent) for parent in KEYS]


def _refers(table: str, columns: dict[str, str]) -> RunSQL:
    """New and changed rows name what exists."""
    checks = "".join(
        f"""
    IF EXISTS (SELECT FROM fresh f WHERE f.{column} IS NOT NULL
               AND NOT EXISTS (SELECT FROM {parent} p WHERE p.{KEYS[parent]} = f.{column})) THEN
        RAISE EXCEPTION 'a row of {table} names by {column} what {parent} does not have'
            USING ERRCODE = 'foreign_key_violation';
    END IF;"""
        for column, parent in columns.items()
    )
    return RunSQL(
        f"""{_function(f"{table}_refers", checks)}
CREATE TRIGGER added_rows_refer AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();
CREATE TRIGGER changed_rows_refer AFTER UPDATE ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();""",
        f"DROP FUNCTION {table}_refers() CASCADE",
    )


def _referred(parent: str) -> RunSQL:
    """Nothing is deleted that is named."""
    checks = "".join(
        f"""
    IF EXISTS (SELECT FROM gone g JOIN {table} t ON t.{column} = g.{KEYS[parent]}) THEN
        RAISE EXCEPTION 'a row of {parent} is still named by {table}.{column}'
            USING ERRCODE = 'foreign_key_violation';
    END IF;"""
        for table, columns in REFERENCES.items()
        for column, named in columns.items()
        if named == parent
    )
    return RunSQL(
        f"""{_function(f"{parent}_referred", checks)}
CREATE TRIGGER named_rows_stay AFTER DELETE ON {parent} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION {parent}_referred();""",
        f"DROP FUNCTION {parent}_referred() CASCADE",
    )


def _function(name: str, checks: str) -> str:
    """A trigger that sees every row, whatever the scope of who acts."""
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN{checks}
    RETURN NULL;
END $$;"""
