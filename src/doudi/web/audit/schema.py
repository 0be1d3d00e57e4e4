"""What the database itself does for the audit trail: refuse changes, and seal each entry when it is committed."""

from __future__ import annotations

from doudi.web.audit.canonical import SQL_FIELDS

TABLES = ("audit_entry", "audit_link")

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
    for table in TABLES
)

# The lock is taken at the very end of a transaction, so a writer waits only for commits, and no other lock can be
# waited for while it is held. Links written earlier are committed and therefore seen by the query after the lock.
SEAL = f"""
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    e audit_entry := NEW;
    last_number bigint;
    last_hash bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('doudi audit chain'));
    SELECT number, hash INTO last_number, last_hash FROM audit_link ORDER BY number DESC LIMIT 1;
    last_number := coalesce(last_number, 0) + 1;
    last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    INSERT INTO audit_link (number, entry_id, previous, hash) VALUES (
        last_number, e.id, last_hash,
        sha256(last_hash || convert_to(
            octet_length(last_number::text)::text || ':' || last_number::text || ',' || {SQL_FIELDS}, 'UTF8'))
    );
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_seal AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal();
"""

# Everyone may add entries; the auditor reads those of his region, and everyone those about what he did himself.
PROTECT = """
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_adds ON audit_entry FOR INSERT WITH CHECK (true);
CREATE POLICY auditor_reads ON audit_entry FOR SELECT USING (
    current_setting('doudi.role', true) = 'auditor'
    AND region >= current_setting('doudi.low', true) AND region <= current_setting('doudi.high', true));
CREATE POLICY own_deeds ON audit_entry FOR SELECT USING (
    actor <> '' AND actor = current_setting('doudi.user', true));
"""

FORWARD = (REFUSE, SEAL, PROTECT)


def withhold(application: str) -> tuple[str, ...]:
    """The statements after which ``application`` (a quoted role) can add entries, and can do nothing else to the trail."""
    return (
        f"REVOKE ALL ON audit_entry, audit_link FROM {application}",
        f"GRANT SELECT, INSERT ON audit_entry TO {application}",
        f"GRANT SELECT ON audit_link TO {application}",
    )
