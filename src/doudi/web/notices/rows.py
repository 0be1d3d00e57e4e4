"""What the database itself sees to: notices of the own scope; for everybody only what may be shown, only while it may."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

ZONE = "Asia/Shanghai"
SHOWN = f"""p.posted_at <= moment AND p.last >= (moment AT TIME ZONE '{ZONE}')::date
        AND p.stopped_at IS NULL AND p.ended_at IS NULL"""
COLUMNS = """(key varchar, kind varchar, name varchar, members smallint, amount bigint, is_once boolean,
    posted_at timestamptz, last date, region varchar)"""
SELECTED = "p.key, p.kind, p.name, p.members, p.amount, p.is_once, p.posted_at, p.last, p.region_id"
_HEAD = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"

PUBLIC = RunSQL(
    f"""
CREATE FUNCTION notices_places(moment timestamptz) RETURNS TABLE (region varchar) {_HEAD} AS $$
    SELECT DISTINCT p.region_id FROM notices_posting p WHERE {SHOWN}
$$;
CREATE FUNCTION notices_of_place(asked text, moment timestamptz) RETURNS TABLE {COLUMNS} {_HEAD} AS $$
    SELECT {SELECTED} FROM notices_posting p WHERE p.region_id = asked AND {SHOWN} ORDER BY p.posted_at, p.id
$$;
CREATE FUNCTION notices_by_key(asked text, moment timestamptz) RETURNS TABLE {COLUMNS} {_HEAD} AS $$
    SELECT {SELECTED} FROM notices_posting p WHERE p.key = asked AND {SHOWN}
$$""",
    "DROP FUNCTION notices_places(timestamptz), notices_of_place(text, timestamptz), notices_by_key(text, timestamptz)",
)
"""What whoever has no scope may read: of notices that hang now the permitted columns, by village or by key."""


def protections() -> list[RunSQL]:
    """The steps of the migration that protects every table."""
    return [*(protect_rows(f"notices_{name}") for name in ("posting", "objection", "photo")), PUBLIC]
