"""Steps of the database schema of the audit trail."""
