"""What the database itself sees to: rolls of the own scope; a roll that was locked keeps its lines."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

LOCKED = RunSQL(
    """
CREATE FUNCTION paying_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM paying_roll WHERE id = coalesce(NEW.roll_id, OLD.roll_id) AND state <> 'draft') THEN
        RAISE EXCEPTION 'the roll is locked: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER paying_line_locked BEFORE INSERT OR UPDATE OR DELETE ON paying_line
    FOR EACH ROW EXECUTE FUNCTION paying_refuse()""",
    "DROP TRIGGER paying_line_locked ON paying_line; DROP FUNCTION paying_refuse()",
)


def protections() -> list[RunSQL]:
    """The steps of the migration that protects both tables."""
    return [protect_rows("paying_roll"), protect_rows("paying_line"), LOCKED]
