"""Which rows the database shows: to the staff those of their region. Opinions are only added to."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows


def protections() -> list[RunSQL]:
    """The steps of the migration that protects both tables."""
    added_only = RunSQL(
        "CREATE TRIGGER convergence_opinion_added_only BEFORE UPDATE OR DELETE OR TRUNCATE ON convergence_opinion"
        " FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse()",
        "DROP TRIGGER convergence_opinion_added_only ON convergence_opinion",
    )
    return [protect_rows("convergence_placement"), protect_rows("convergence_opinion"), added_only]
