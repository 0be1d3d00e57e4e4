"""Steps of the database schema of accounts."""
